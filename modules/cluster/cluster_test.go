package cluster

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

const (
	admin  = "arn:aws:iam::333333333333:role/platform-admin"
	reader = "arn:aws:iam::333333333333:user/team/ana"
)

func config() Config {
	return Config{
		Target: target.Target{
			Name:        "titan-prod",
			Environment: "prod",
			Partition:   "aws",
			AccountID:   "333333333333",
			Region:      "eu-west-1",
		},
		ClusterName: "titan-prod-cluster",
		Settings: environments.Cluster{
			Version: "1.35", Admins: []string{admin}, Readers: []string{reader},
			NodeGroups: []environments.NodeGroup{
				{Name: "system", Capacity: environments.OnDemand, PerZone: true, Min: 1, Max: 4},
				{Name: "spot", Capacity: environments.Spot, Max: 20},
			},
		},
		Zones:     []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"},
		SubnetIDs: []string{"subnet-a", "subnet-b", "subnet-c"},
	}
}

func TestOnDemandGroupAZoneAndSpotAcrossAll(t *testing.T) {
	var got []string
	for _, g := range config().groups() {
		got = append(got, fmt.Sprintf("%s %s %v tainted=%v", g.id, g.prefix, g.subnets, g.tainted))
	}
	want := []string{
		"nodes-system-a system-a- [subnet-a] tainted=false",
		"nodes-system-b system-b- [subnet-b] tainted=false",
		"nodes-system-c system-c- [subnet-c] tainted=false",
		"nodes-spot spot- [subnet-a subnet-b subnet-c] tainted=true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A cluster of Spot nodes alone, with its nodes tainted, would run nothing.
func TestSpotAloneIsNotTainted(t *testing.T) {
	c := config()
	c.Settings.NodeGroups = c.Settings.NodeGroups[1:]
	for _, g := range c.groups() {
		if g.tainted {
			t.Errorf("%s is tainted", g.id)
		}
	}
}

// EKS adds a suffix of 26 characters to a prefix, and takes 63.
func TestLongestNodeGroupNameFits(t *testing.T) {
	c := config()
	c.Settings.NodeGroups[0].Name = strings.Repeat("n", 20) // the schema's limit
	for _, g := range c.groups() {
		if len(g.prefix) > 37 {
			t.Errorf("prefix %q has %d characters, at most 37", g.prefix, len(g.prefix))
		}
	}
}

func TestGrants(t *testing.T) {
	for name, test := range map[string]struct {
		deployer string
		want     []grant
	}{
		"an admin deploys": {admin,
			[]grant{{"admin-role-platform-admin", admin, ClusterAdmin}, {"reader-user-team-ana", reader, View}}},
		"nobody by name": {"",
			[]grant{{"admin-role-platform-admin", admin, ClusterAdmin}, {"reader-user-team-ana", reader, View}}},
		"a role of its own": {"arn:aws:iam::333333333333:role/terraform", []grant{
			{"admin-role-platform-admin", admin, ClusterAdmin}, {"reader-user-team-ana", reader, View},
			{"deployer", "arn:aws:iam::333333333333:role/terraform", ClusterAdmin},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Deployer = test.deployer
			if got := c.grants(); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestPrincipalOfAnotherAccountHasAnotherID(t *testing.T) {
	got := config().principalID("admin", "arn:aws:iam::999999999999:role/platform-admin")
	if got != "admin-role-platform-admin-999999999999" {
		t.Errorf("got %q", got)
	}
}

func TestClusterRole(t *testing.T) {
	trust := `{"Version":"2012-10-17","Statement":[{"Sid":"EKS","Effect":"Allow",` +
		`"Principal":{"Service":"eks.amazonaws.com"},"Action":"sts:AssumeRole",` +
		`"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},` +
		`"StringEquals":{"aws:SourceAccount":"333333333333"}}}]}`
	if got := config().clusterTrust(); got != trust {
		t.Errorf("got\n%s\nwant\n%s", got, trust)
	}
}

// Without it a NetworkPolicy is accepted and does nothing.
func TestNetworkPoliciesWork(t *testing.T) {
	var configuration struct{ EnableNetworkPolicy string }
	if err := json.Unmarshal([]byte(target.JSON(config().vpcCNI())), &configuration); err != nil ||
		configuration.EnableNetworkPolicy != "true" {
		t.Errorf("enableNetworkPolicy is %q, %v; the add-on's schema wants the text true",
			configuration.EnableNetworkPolicy, err)
	}
}

func TestNoApplicationSignals(t *testing.T) {
	if text := target.JSON(cloudWatch()); strings.Contains(text, "application_signals") ||
		!strings.Contains(text, `"enhanced_container_insights":true`) {
		t.Errorf("got %s", text)
	}
}

// What is let through is not logged: that would be every connection of every pod.
func TestNetworkPolicyDenialsAreLogged(t *testing.T) {
	c := config()
	if text := target.JSON(c.vpcCNI()); strings.Contains(text, "nodeAgent") || len(c.networkPlugIn().Statements) != 7 {
		t.Errorf("costs a CPU core of each node although nobody asked: %s", text)
	}
	c.Settings.PolicyLogs = true
	const agent = `"nodeAgent":{"enableCloudWatchLogs":"true","enablePolicyEventLogs":"true","logLevel":"info"}`
	if text := target.JSON(c.vpcCNI()); !strings.Contains(text, agent) {
		t.Errorf("got %s", text)
	}
	statements := c.networkPlugIn().Statements
	last := statements[len(statements)-1]
	want := "arn:aws:logs:eu-west-1:333333333333:log-group:/aws/eks/titan-prod-cluster/cluster:*"
	if !slices.Equal(last.Resource, []string{want}) {
		t.Errorf("writes to %v, want %s", last.Resource, want)
	}
}

// The device of an image is not a matter of taste: a volume under another name is an additional one, and the image's
// own stays small and without our key.
func TestNodesHaveTheVolumesOfTheirImage(t *testing.T) {
	for ami, want := range map[environments.AMI]string{
		environments.AmazonLinux: "/dev/xvda 80", environments.Bottlerocket: "/dev/xvda 0, /dev/xvdb 80",
	} {
		var got []string
		for _, device := range config().blockDevices(environments.NodeGroup{AMI: ami, DiskGiB: 80}) {
			size := 0.0
			if device.Ebs.VolumeSize != nil {
				size = *device.Ebs.VolumeSize
			}
			got = append(got, fmt.Sprintf("%s %v", *device.DeviceName, size))
			if *device.Ebs.Encrypted != "true" {
				t.Errorf("%s: %s is not encrypted", ami, *device.DeviceName)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %v, want %s", ami, got, want)
		}
		for _, architecture := range []environments.Architecture{environments.AMD64, environments.ARM64} {
			if amiTypes[ami][architecture] == "" {
				t.Errorf("%s has no image for %s", ami, architecture)
			}
		}
	}
}
