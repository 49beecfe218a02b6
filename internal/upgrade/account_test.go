package upgrade

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight"
)

// fakeEKS is an account with one cluster.
type fakeEKS struct {
	AWS // what is not asked of it panics

	cluster  types.Cluster
	groups   map[string]types.Nodegroup
	addons   map[string]string // versions
	next     string            // the default version of every add-on
	insights []types.InsightSummary
	denied   error // of insights
}

func (f fakeEKS) DescribeCluster(
	context.Context, *eks.DescribeClusterInput, ...func(*eks.Options),
) (*eks.DescribeClusterOutput, error) {
	return &eks.DescribeClusterOutput{Cluster: &f.cluster}, nil
}

func (f fakeEKS) ListNodegroups(
	context.Context, *eks.ListNodegroupsInput, ...func(*eks.Options),
) (*eks.ListNodegroupsOutput, error) {
	var names []string
	for name := range f.groups {
		names = append(names, name)
	}
	slices.Sort(names)
	return &eks.ListNodegroupsOutput{Nodegroups: names}, nil
}

func (f fakeEKS) DescribeNodegroup(
	_ context.Context, in *eks.DescribeNodegroupInput, _ ...func(*eks.Options),
) (*eks.DescribeNodegroupOutput, error) {
	group := f.groups[*in.NodegroupName]
	group.NodegroupName = in.NodegroupName
	return &eks.DescribeNodegroupOutput{Nodegroup: &group}, nil
}

func (f fakeEKS) ListAddons(
	context.Context, *eks.ListAddonsInput, ...func(*eks.Options),
) (*eks.ListAddonsOutput, error) {
	var names []string
	for name := range f.addons {
		names = append(names, name)
	}
	return &eks.ListAddonsOutput{Addons: names}, nil
}

func (f fakeEKS) DescribeAddon(
	_ context.Context, in *eks.DescribeAddonInput, _ ...func(*eks.Options),
) (*eks.DescribeAddonOutput, error) {
	return &eks.DescribeAddonOutput{Addon: &types.Addon{AddonVersion: aws.String(f.addons[*in.AddonName])}}, nil
}

func (f fakeEKS) DescribeAddonVersions(
	context.Context, *eks.DescribeAddonVersionsInput, ...func(*eks.Options),
) (*eks.DescribeAddonVersionsOutput, error) {
	if f.next == "" {
		return &eks.DescribeAddonVersionsOutput{}, nil
	}
	return &eks.DescribeAddonVersionsOutput{Addons: []types.AddonInfo{{AddonVersions: []types.AddonVersionInfo{
		{AddonVersion: aws.String("v9"), Compatibilities: []types.Compatibility{{}}},
		{AddonVersion: aws.String(f.next), Compatibilities: []types.Compatibility{{DefaultVersion: true}}},
	}}}}, nil
}

func (f fakeEKS) ListInsights(
	_ context.Context, in *eks.ListInsightsInput, _ ...func(*eks.Options),
) (*eks.ListInsightsOutput, error) {
	if !slices.Equal(in.Filter.KubernetesVersions, []string{"1.35"}) {
		return nil, errors.New("another version's")
	}
	return &eks.ListInsightsOutput{Insights: f.insights}, f.denied
}

func insight(name string, status types.InsightStatusValue) types.InsightSummary {
	return types.InsightSummary{Name: aws.String(name), Id: aws.String("id-" + name),
		InsightStatus: &types.InsightStatus{Status: status, Reason: aws.String("because")}}
}

func TestTheAccountSaysWhatRuns(t *testing.T) {
	account := fakeEKS{
		cluster: types.Cluster{Version: aws.String("1.33"), Status: types.ClusterStatusActive},
		groups: map[string]types.Nodegroup{
			"fine": {Version: aws.String("1.34"), Status: types.NodegroupStatusActive},
			"old":  {Version: aws.String("1.31"), Status: types.NodegroupStatusActive},
			"sick": {
				Version: aws.String("1.34"),
				Status:  types.NodegroupStatusDegraded,
				Health: &types.NodegroupHealth{Issues: []types.Issue{
					{Code: types.NodegroupIssueCodeAsgInstanceLaunchFailures, Message: aws.String("no capacity")}}},
			},
		},
		addons: map[string]string{"coredns": "v1"},
		next:   "v2",
		insights: []types.InsightSummary{
			insight("apis", types.InsightStatusValueError),
			insight("skew", types.InsightStatusValueWarning),
		},
	}
	u := upgrade("1.35", at("dev", "1.34", environments.Development))
	u.AWS = account
	want := []string{
		"the control plane of -dev-cluster: it runs 1.33, and the file says 1.34",
		"node group old: it runs 1.31, and nodes may be 3 minor versions behind the control plane at most",
		"node group sick: AsgInstanceLaunchFailures: no capacity",
		"insight: apis: because",
	}
	if got := lines(t, u, preflight.Bad); !slices.Equal(got, want) {
		t.Errorf("bad are\n%q, want\n%q", got, want)
	}
	if got := lines(t, u, preflight.Unknown); !slices.Equal(got, []string{"insight: skew: warning: because"}) {
		t.Errorf("unknown are %q", got)
	}
	good := lines(t, u, preflight.Good)
	if !slices.Contains(good, "node group fine: runs 1.34, 1 behind 1.35") ||
		!slices.Contains(good, "add-on coredns: v1, and with 1.35 it would be v2") {
		t.Errorf("good are %q", good)
	}
}

func TestWhatIsNotAnsweredIsUnknown(t *testing.T) {
	u := upgrade("1.35", at("dev", "1.34", environments.Development))
	u.AWS = fakeEKS{
		cluster: types.Cluster{Version: aws.String("1.34"), Status: types.ClusterStatusActive},
		denied:  errors.New("denied"),
	}
	if got := lines(t, u, preflight.Unknown); !slices.Equal(got, []string{"insights of -dev-cluster: denied"}) {
		t.Errorf("%q", got)
	}
	u.AWS = fakeEKS{
		cluster: types.Cluster{Version: aws.String("1.34"), Status: types.ClusterStatusActive},
		addons:  map[string]string{"old": "v1"},
	}
	if got := lines(t, u, preflight.Bad); !slices.Equal(got, []string{"add-on old: it has no default version for 1.35"}) {
		t.Errorf("%q", got)
	}
}
