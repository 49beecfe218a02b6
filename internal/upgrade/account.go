package upgrade

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"github.com/titan-platform/titan/internal/preflight"
)

// AWS is what is asked of EKS.
type AWS interface {
	eks.DescribeClusterAPIClient
	eks.DescribeNodegroupAPIClient
	eks.DescribeAddonAPIClient
	eks.ListNodegroupsAPIClient
	eks.ListAddonsAPIClient
	eks.ListInsightsAPIClient
	eks.DescribeAddonVersionsAPIClient
}

// skew is by how many minor versions nodes may be older than the control plane (Kubernetes, 'Version Skew Policy').
const skew = 3

// account asks the account. The first question that gets no answer ends its part.
func (u Upgrade) account(ctx context.Context, say func(preflight.Result)) {
	for _, part := range []struct {
		subject string
		ask     func(context.Context, func(preflight.Result)) error
	}{
		{"the control plane", u.controlPlane},
		{"node groups", u.nodeGroups},
		{"insights", u.insights},
		{"add-ons", u.addons},
	} {
		if err := part.ask(ctx, say); err != nil {
			say(preflight.Unanswered(part.subject+" of "+u.cluster(), err))
		}
	}
}

func (u Upgrade) cluster() string { return u.Environment.ClusterName() }

func (u Upgrade) controlPlane(ctx context.Context, say func(preflight.Result)) error {
	answer, err := u.AWS.DescribeCluster(ctx, &eks.DescribeClusterInput{Name: aws.String(u.cluster())})
	if err != nil {
		return err
	}
	running, subject := aws.ToString(answer.Cluster.Version), "the control plane of "+u.cluster()
	switch {
	case answer.Cluster.Status != types.ClusterStatusActive:
		say(bad(subject, "wait until it is "+string(types.ClusterStatusActive), "it is %s", answer.Cluster.Status))
	case running != u.Environment.Cluster.Version:
		say(bad(subject, "deploy "+u.Environment.Name+" as its file is, or let the file follow",
			"it runs %s, and the file says %s", running, u.Environment.Cluster.Version))
	default:
		say(good(subject, "runs %s, as the file says", running))
	}
	return nil
}

// nodeGroups are whether nodes are new enough for the control plane to go on, and well enough to be rolled.
func (u Upgrade) nodeGroups(ctx context.Context, say func(preflight.Result)) error {
	list := eks.NewListNodegroupsPaginator(u.AWS, &eks.ListNodegroupsInput{ClusterName: aws.String(u.cluster())})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, name := range page.Nodegroups {
			answer, err := u.AWS.DescribeNodegroup(ctx, &eks.DescribeNodegroupInput{
				ClusterName: aws.String(u.cluster()), NodegroupName: aws.String(name),
			})
			if err != nil {
				return err
			}
			say(u.nodeGroup(answer.Nodegroup))
		}
	}
	return nil
}

func (u Upgrade) nodeGroup(group *types.Nodegroup) preflight.Result {
	subject, version := "node group "+aws.ToString(group.NodegroupName), aws.ToString(group.Version)
	if group.Health != nil && len(group.Health.Issues) > 0 {
		issue := group.Health.Issues[0]
		return bad(subject, "mend it first (docs/upgrades.md): a group that is not well is not rolled", "%s: %s",
			issue.Code, aws.ToString(issue.Message))
	}
	behind := minor(u.To) - minor(version)
	switch {
	case group.Status != types.NodegroupStatusActive:
		return bad(subject, "wait until it is "+string(types.NodegroupStatusActive), "it is %s", group.Status)
	case behind > skew:
		return bad(subject, "upgrade the group to "+u.Environment.Cluster.Version+" first",
			"it runs %s, and nodes may be %d minor versions behind the control plane at most", version, skew)
	}
	return good(subject, "runs %s, %d behind %s", version, behind, u.To)
}

// insights are what EKS found in the cluster's own audit log: who still calls an API that goes, and what else is in the
// way (EKS User Guide, 'View cluster insights'). They are a day old at most.
func (u Upgrade) insights(ctx context.Context, say func(preflight.Result)) error {
	list := eks.NewListInsightsPaginator(u.AWS, &eks.ListInsightsInput{
		ClusterName: aws.String(u.cluster()),
		Filter: &types.InsightsFilter{
			Categories: []types.Category{types.CategoryUpgradeReadiness}, KubernetesVersions: []string{u.To},
		},
	})
	found := 0
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, insight := range page.Insights {
			found++
			say(u.insight(insight))
		}
	}
	if found == 0 {
		say(unknown("insights of "+u.cluster(), "ask again tomorrow: EKS looks once a day", "EKS has none for %s", u.To))
	}
	return nil
}

func (u Upgrade) insight(insight types.InsightSummary) preflight.Result {
	subject, status := "insight: "+aws.ToString(insight.Name), types.InsightStatusValueUnknown
	reason := ""
	if insight.InsightStatus != nil {
		status, reason = insight.InsightStatus.Status, aws.ToString(insight.InsightStatus.Reason)
	}
	remedy := fmt.Sprintf("aws eks describe-insight --cluster-name %s --id %s", u.cluster(), aws.ToString(insight.Id))
	switch status {
	case types.InsightStatusValuePassing:
		return good(subject, "%s", reason)
	case types.InsightStatusValueError:
		return bad(subject, remedy, "%s", reason)
	}
	return unknown(subject, remedy, "%s: %s", strings.ToLower(string(status)), reason)
}

// addons are which versions the cluster's add-ons would move to: those that are the default for the new version, as the
// plan would choose them.
func (u Upgrade) addons(ctx context.Context, say func(preflight.Result)) error {
	list := eks.NewListAddonsPaginator(u.AWS, &eks.ListAddonsInput{ClusterName: aws.String(u.cluster())})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, name := range page.Addons {
			result, err := u.addon(ctx, name)
			if err != nil {
				return err
			}
			say(result)
		}
	}
	return nil
}

func (u Upgrade) addon(ctx context.Context, name string) (preflight.Result, error) {
	subject := "add-on " + name
	running, err := u.AWS.DescribeAddon(ctx, &eks.DescribeAddonInput{
		ClusterName: aws.String(u.cluster()), AddonName: aws.String(name),
	})
	if err != nil {
		return preflight.Result{}, err
	}
	versions, err := u.AWS.DescribeAddonVersions(ctx, &eks.DescribeAddonVersionsInput{
		AddonName: aws.String(name), KubernetesVersion: aws.String(u.To),
	})
	if err != nil {
		return preflight.Result{}, err
	}
	now := aws.ToString(running.Addon.AddonVersion)
	for _, addon := range versions.Addons {
		for _, version := range addon.AddonVersions {
			for _, fits := range version.Compatibilities {
				if next := aws.ToString(version.AddonVersion); fits.DefaultVersion && next == now {
					return good(subject, "stays at %s", now), nil
				} else if fits.DefaultVersion {
					return good(subject, "%s, and with %s it would be %s", now, u.To, next), nil
				}
			}
		}
	}
	return bad(subject, "wait until AWS has one, or leave the add-on out", "it has no default version for %s", u.To), nil
}
