package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/eks"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/clusters"
	"github.com/titan-platform/titan/internal/kubeconfig"
)

// clusterOptions are how commands come to an environment's cluster.
type clusterOptions struct {
	terminal     *terminal
	environments func() ([]environments.Environment, error)
	settings     func(context.Context) error
	describe     func(ctx context.Context, environment environments.Environment, role string) (clusters.Cluster, error)
	profile      string // AWS_PROFILE, which whoever asks for a token later is to have too
	inBuild      bool   // whether CodeBuild runs this

	environment string
}

func defaultClusterOptions(t *terminal) clusterOptions {
	return clusterOptions{
		terminal:     t,
		environments: loadEnvironments,
		settings:     checkSettings,
		describe:     describeCluster,
		profile:      os.Getenv("AWS_PROFILE"),
		inBuild:      os.Getenv("CODEBUILD_BUILD_ID") != "",
	}
}

func describeCluster(
	ctx context.Context, environment environments.Environment, role string,
) (clusters.Cluster, error) {
	caller := environment.Account
	caller.Role = role
	account, err := awsops.NewAccount(ctx, caller)
	if err != nil {
		return clusters.Cluster{}, err
	}
	return clusters.Describe(ctx, eks.NewFromConfig(account.In(environment.Region)), environment.ClusterName())
}

// role is the role that is assumed for an environment's cluster: the account's, as Terraform does. The deployer's builds
// act by their own.
func (o clusterOptions) role(environment environments.Environment) string {
	if o.inBuild && environment.HasDeployer() {
		return ""
	}
	return environment.Account.Role
}

// cluster asks for the environment's cluster.
func (o clusterOptions) cluster(ctx context.Context) (environments.Environment, clusters.Cluster, error) {
	all, err := o.environments()
	if err != nil {
		return environments.Environment{}, clusters.Cluster{}, err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return environments.Environment{}, clusters.Cluster{}, err
	}
	if err := o.settings(ctx); err != nil {
		return environments.Environment{}, clusters.Cluster{}, err
	}
	cluster, err := o.describe(ctx, environment, o.role(environment))
	return environment, cluster, err
}

// entry is the cluster in a kubeconfig.
func entry(environment environments.Environment, cluster clusters.Cluster) kubeconfig.Cluster {
	return kubeconfig.Cluster{
		ARN:      cluster.ARN,
		Name:     cluster.Name,
		Region:   string(environment.Region),
		Endpoint: cluster.Endpoint,
		CA:       cluster.CA,
	}
}

// connect is a connection to the environment's cluster: as Terraform's providers make it, by tokens of the AWS CLI.
func (o clusterOptions) connect(ctx context.Context) (*rest.Config, error) {
	environment, cluster, err := o.cluster(ctx)
	if err != nil {
		return nil, err
	}
	login := kubeconfig.Login{Role: o.role(environment)}
	config := kubeconfig.New(entry(environment, cluster), login, cluster.Name)
	connection, err := clientcmd.NewDefaultClientConfig(*config, nil).ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("connecting to %s: %w", cluster.Name, err)
	}
	return connection, nil
}
