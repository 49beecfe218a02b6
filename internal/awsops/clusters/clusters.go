// Package clusters asks EKS about a cluster: how it is reached, what of it is how old, and what it says of an upgrade.
package clusters

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"
)

// Cluster is what EKS says of a cluster.
type Cluster struct {
	ARN, Name, Version string
	Endpoint           string // https://…
	CA                 []byte // PEM
	PublicCIDRs        []string
	Public             bool // whether its API has a public endpoint, for PublicCIDRs
}

// Describe asks about a cluster that is there. One that is still being made has no endpoint, which is an error.
func Describe(ctx context.Context, client eks.DescribeClusterAPIClient, name string) (Cluster, error) {
	answer, err := client.DescribeCluster(ctx, &eks.DescribeClusterInput{Name: aws.String(name)})
	if err != nil {
		return Cluster{}, fmt.Errorf("asking EKS for the cluster %q: %w", name, err)
	}
	c := answer.Cluster
	if c.Endpoint == nil || c.CertificateAuthority == nil {
		return Cluster{}, fmt.Errorf("the cluster %q is %s and has no API yet; wait until it is %s",
			name, c.Status, types.ClusterStatusActive)
	}
	authority, err := base64.StdEncoding.DecodeString(aws.ToString(c.CertificateAuthority.Data))
	if err != nil {
		return Cluster{}, fmt.Errorf("reading the certificate authority of the cluster %q: %w", name, err)
	}
	described := Cluster{
		ARN:      aws.ToString(c.Arn),
		Name:     name,
		Version:  aws.ToString(c.Version),
		Endpoint: aws.ToString(c.Endpoint),
		CA:       authority,
	}
	if c.ResourcesVpcConfig != nil {
		described.Public = c.ResourcesVpcConfig.EndpointPublicAccess
		described.PublicCIDRs = c.ResourcesVpcConfig.PublicAccessCidrs
	}
	return described, nil
}
