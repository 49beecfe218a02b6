package needs_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/preflight/needs"
	"github.com/titan-platform/titan/internal/preflight/needs/golden"
)

const (
	ireland   = environments.Region("eu-west-1")
	frankfurt = environments.Region("eu-central-1")
	account   = "333333333333"
)

// production are the needs of prod, of the golden files: what is synthesized for all of its stacks.
func production(t *testing.T) *needs.Needs {
	t.Helper()
	return golden.Needs(t, filepath.Join("..", "..", ".."), "prod")
}

// TestProductionNeeds compares with what was counted by hand, from prod.yaml and the defaults.
func TestProductionNeeds(t *testing.T) {
	n := production(t)
	zones := []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"}
	spot := func(zone int) needs.NodeGroup { // one a zone, too
		return needs.NodeGroup{
			Region:        ireland,
			Name:          "spot-" + string(rune('a'+zone)) + "-",
			Spot:          true,
			Max:           7,
			Zones:         zones[zone : zone+1],
			InstanceTypes: []string{"m7i.xlarge", "m6i.xlarge", "m5.xlarge", "m6a.xlarge"},
		}
	}
	system := func(letter string) needs.NodeGroup { // on-demand, so one a zone, of at most four nodes each
		return needs.NodeGroup{Region: ireland, Name: "system-" + letter + "-", InstanceTypes: []string{"m7i.xlarge"}, Max: 4,
			Zones: []string{"eu-west-1" + letter}}
	}
	gateway := func(zone string) needs.Gateway { // production has a NAT gateway a zone
		return needs.Gateway{Region: ireland, Name: "titan-prod-nat-" + zone, Zone: zone}
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"clusters", n.Clusters, []needs.Cluster{{Region: ireland, Name: "titan-prod-cluster", Version: "1.35"}}},
		{"node groups", n.NodeGroups, []needs.NodeGroup{
			spot(0), spot(1), spot(2),
			system("a"), system("b"), system("c"),
		}},
		{"gateways", n.Gateways, []needs.Gateway{gateway(zones[0]), gateway(zones[1]), gateway(zones[2])}},
		{"databases", n.Databases, []needs.Database{{
			Region: ireland, Name: "birthday-db-prod", Engine: "aurora-postgresql", Version: "17.9", Class: "db.r8g.large",
			Zones: zones, Instances: []string{"birthday-db-prod-0", "birthday-db-prod-1", "birthday-db-prod-2"},
			Most: 5, // a writer and two readers, to which autoscaling may add two
		}}},
		{"caches", n.Caches, []needs.Cache{{Region: ireland, Name: "titan-cache-prod", Engine: "redis", Version: "7.1",
			NodeType: "cache.r7g.large", Nodes: 3}}}, // a primary and two replicas
		{"zones", n.Zones, []needs.HostedZone{{Name: "titan.example.com", Stack: "prod.zone"}}},
		{"certificates", n.Certificates, []string{"origin.titan.example.com", "api.titan.example.com"}},
		{"principals", n.Principals, []string{
			"arn:aws:iam::" + account + ":role/platform-admin", "arn:aws:iam::" + account + ":role/developer",
		}},
		{"connections", n.Connections, []needs.Connection{
			{Region: ireland, Name: "titan", Stack: "account.production.eu-west-1"}, // made there, and named by the account's file:
			{
				Region: ireland,
				ARN:    "arn:aws:codeconnections:eu-west-1:" + account + ":connection/00000000-0000-0000-0000-000000000000",
				Stack:  "prod",
			},
		}},
		{"builds", n.Builds, []needs.Build{
			{Region: ireland, Type: "LINUX_CONTAINER", Compute: "BUILD_GENERAL1_MEDIUM"},
			{Region: ireland, Type: "LINUX_CONTAINER", Compute: "BUILD_GENERAL1_SMALL"},
		}},
		{"Availability Zones", n.AvailabilityZones(ireland), zones},
		{"regions", n.AllRegions(), []environments.Region{frankfurt, ireland, environments.GlobalRegion}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s:\n%s", c.what, diff)
		}
	}
}

// TestProductionCounts counts by type, over all stacks: those of the account and of us-east-1 among them.
func TestProductionCounts(t *testing.T) {
	n := production(t)
	for kind, want := range map[string]int{
		"aws_vpc":                     1,
		"aws_internet_gateway":        1,
		"aws_eip":                     3, // one a NAT gateway
		"aws_lb":                      1,
		"aws_cloudfront_distribution": 1,
		"aws_cloudfront_cache_policy": 2, // of the API and of static assets
		// Three of the account in each of two regions and its trail, four at home, four in the second region, two global.
		"aws_s3_bucket": 17,
	} {
		if names := n.Names("", kind); len(names) != want || slices.Contains(names, "") {
			t.Errorf("%s: %d, want %d, each with a name: %q", kind, len(names), want, names)
		}
	}
	buckets := n.BucketsIn(frankfurt)
	if len(buckets) != 3+4 {
		t.Errorf("%d buckets in %s, want 3 of the account and 4 of prod.second", len(buckets), frankfurt)
	}
	if got := n.Names(frankfurt, "aws_vpc"); len(got) != 0 {
		t.Errorf("a VPC in the second region: %q", got)
	}
}

const provider = `"provider": {"aws": [{"region": "eu-west-1"}]}`

func read(t *testing.T, blocks string) *needs.Needs {
	t.Helper()
	n, err := needs.Read(graph.Stack{Name: "dev", JSON: []byte("{" + provider + "," + blocks + "}")})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A connection that the account has already is named by its ARN, and its region stands there.
func TestAConnectionByARN(t *testing.T) {
	const arn = "arn:aws:codeconnections:us-east-1:333333333333:connection/x"
	source := `{"action": [{"configuration": {"ConnectionArn": "` + arn + `"}}]}`
	n := read(t, `"resource": {"aws_codepipeline": {"p": {"stage": [`+source+","+source+`]}}}`)
	want := []needs.Connection{{Region: "us-east-1", ARN: arn, Stack: "dev"}}
	if diff := cmp.Diff(want, n.Connections); diff != "" {
		t.Error(diff)
	}
}

func TestZonesThatAreLookedUp(t *testing.T) {
	n := read(t, `"data": {"aws_route53_zone": {"a": {"name": "a.example.com."}, "b": {"zone_id": "Z1"},
		"c": {"name": "a.example.com"}}}`)
	want := []needs.HostedZone{{Name: "a.example.com"}, {ID: "Z1"}}
	if diff := cmp.Diff(want, n.Zones); diff != "" {
		t.Error(diff)
	}
}

func TestASingleCacheNode(t *testing.T) {
	n := read(t, `"resource": {"aws_elasticache_cluster": {"c": {"cluster_id": "cache", "node_type": "cache.t4g.small",
		"engine": "redis", "engine_version": "7.1", "num_cache_nodes": 1}}}`)
	want := []needs.Cache{
		{Region: ireland, Name: "cache", Engine: "redis", Version: "7.1", NodeType: "cache.t4g.small", Nodes: 1},
	}
	if diff := cmp.Diff(want, n.Caches); diff != "" {
		t.Error(diff)
	}
}

func TestAStackWithoutARegionIsRefused(t *testing.T) {
	_, err := needs.Read(graph.Stack{Name: "dev", JSON: []byte(`{"resource": {}}`)})
	if err == nil || !strings.Contains(err.Error(), `stack "dev": no provider says its region`) {
		t.Errorf("got %v", err)
	}
}
