package preflight

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// askVersion asks whether EKS makes clusters of a version. Without extended support it makes none of a version that is
// past its standard support (Amazon EKS User Guide, 'View current cluster support policy').
func askVersion(ctx context.Context, client eks.DescribeClusterVersionsAPIClient, cluster needs.Cluster) Result {
	subject := "EKS " + cluster.Version + " in " + string(cluster.Region)
	var offered []string
	var found *types.ClusterVersionInformation
	list := eks.NewDescribeClusterVersionsPaginator(client, &eks.DescribeClusterVersionsInput{})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return unanswered(subject, err)
		}
		for _, version := range page.ClusterVersions {
			if version.VersionStatus == types.VersionStatusStandardSupport {
				offered = append(offered, aws.ToString(version.ClusterVersion))
			}
			if aws.ToString(version.ClusterVersion) == cluster.Version {
				found = &version
			}
		}
	}
	remedy := "set cluster.version to one of " + strings.Join(offered, ", ")
	switch {
	case found == nil, found.VersionStatus == types.VersionStatusUnsupported:
		return bad(subject, remedy, "EKS does not offer it")
	case found.VersionStatus == types.VersionStatusStandardSupport:
		if found.EndOfStandardSupportDate == nil {
			return good(subject, "in standard support")
		}
		return good(subject, "in standard support until %s", found.EndOfStandardSupportDate.Format("2006-01-02"))
	case cluster.Extended:
		return good(subject, "in extended support, which costs more")
	}
	return bad(subject, remedy, "in extended support alone, which the cluster does not take")
}
