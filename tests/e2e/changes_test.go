//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// spotGroups are development's node groups, one a zone.
var spotGroups = []string{
	"aws_eks_node_group.cluster_nodes-spot-a", "aws_eks_node_group.cluster_nodes-spot-b", "aws_eks_node_group.cluster_nodes-spot-c",
}

// changes are changes of an environment file and what a plan makes of each: what is done to which resource, all else being left alone.
var changes = []struct {
	name, old, new string
	zone           string                             // a zone that has to be there to be looked up; empty is none
	actions        map[order.Kind]map[string][]string // by stack; "create delete" is new before old
	warning        string                             // what the plan says beside; empty is nothing
}{
	{
		name: "other instance types make a new node group before the old one goes",
		old:  "[m7i.large, m6i.large, m5.large, m6a.large]", new: "[m7i.xlarge, m6i.xlarge, m5.xlarge]",
		actions: map[order.Kind]map[string][]string{order.Environment: {"create delete": spotGroups}},
	},
	{
		name: "a node group's size is changed in place",
		old:  "max: 2", new: "max: 3",
		actions: map[order.Kind]map[string][]string{order.Environment: {"update": {
			// The alarm and the graph that know how many nodes there may be.
			"aws_cloudwatch_dashboard.observability_dashboard", "aws_cloudwatch_metric_alarm.observability_nodes-most",
			spotGroups[0], spotGroups[1], spotGroups[2],
		}}},
	},
	{
		name: "a minimum above the nodes that run is warned of",
		old:  "max: 2", new: "max: 4\n      min: 3",
		actions: map[order.Kind]map[string][]string{order.Environment: {"update": {
			"aws_cloudwatch_dashboard.observability_dashboard", "aws_cloudwatch_metric_alarm.observability_nodes-most",
			spotGroups[0], spotGroups[1], spotGroups[2],
		}}},
		warning: `Node group nodes-spot-a runs 1 nodes, and its minimum is 3: EKS refuses that. Raise the number first: aws eks update-nodegroup-config`,
	},
	{
		name: "another zone of the region moves subnets and what is in a zone, and nothing that holds data",
		old:  "network: {cidr: 10.10.0.0/16}", new: "network: {cidr: 10.10.0.0/16, availability_zones: [eu-west-1b, eu-west-1c, eu-west-1d]}",
		actions: map[order.Kind]map[string][]string{order.Environment: zonesMoved},
	},
	{
		name: "another domain replaces its names and certificates, and nothing that holds data but the zone",
		old:  "zone: dev.titan.example.com", new: "zone: dev.titan.example.net", zone: "dev.titan.example.net",
		actions: map[order.Kind]map[string][]string{
			order.Zone: {"delete create": {"aws_route53_zone.dns_zone"}},
			order.Environment: {
				"create delete": {"aws_acm_certificate.certificate_regional-certificate"},
				"delete create": {
					"aws_acm_certificate_validation.certificate_regional-validation",
					"aws_route53_record.certificate_validation-origin", "aws_route53_record.certificate_validation-public", "aws_route53_record.origin_record",
				},
				"update": {
					// They watch the certificate.
					"aws_cloudwatch_dashboard.observability_dashboard", "aws_cloudwatch_metric_alarm.observability_certificate-regional",
					"aws_lb_listener.loadbalancer_https",
				},
			},
			order.Global: {
				"create delete": {"aws_acm_certificate.certificate_edge-certificate"},
				"delete create": {
					"aws_acm_certificate_validation.certificate_edge-validation",
					"aws_route53_record.origin_record", "aws_route53_record.public-name_dns", "aws_route53_record.public-name_dns-ipv6",
				},
				"update": {
					"aws_cloudfront_distribution.edge_cdn",
					"aws_cloudwatch_dashboard.observability_dashboard", "aws_cloudwatch_metric_alarm.observability_certificate-edge",
				},
			},
		},
	},
}

// zonesMoved is what another zone in the first one's place does: the subnets of the zones that stay are as they were, and so is what holds data.
var zonesMoved = map[string][]string{
	"create": {
		"aws_eip.network_nat-address-b", "aws_eks_node_group.cluster_nodes-spot-d", "aws_nat_gateway.network_nat-b", "aws_route.network_private-d-nat",
		"aws_route_table.network_private-d-routes", "aws_route_table_association.network_data-d-association",
		"aws_route_table_association.network_private-d-association", "aws_route_table_association.network_public-d-association",
		"aws_subnet.network_data-d", "aws_subnet.network_private-d", "aws_subnet.network_public-d",
	},
	"delete": {
		"aws_eip.network_nat-address-a", "aws_eks_node_group.cluster_nodes-spot-a", "aws_nat_gateway.network_nat-a", "aws_route.network_private-a-nat",
		"aws_route_table.network_private-a-routes", "aws_route_table_association.network_data-a-association",
		"aws_route_table_association.network_private-a-association", "aws_route_table_association.network_public-a-association",
		"aws_subnet.network_data-a", "aws_subnet.network_private-a", "aws_subnet.network_public-a",
	},
	"update": {
		"aws_cloudwatch_dashboard.observability_dashboard", "aws_cloudwatch_metric_alarm.observability_nat-ports-1",
		"aws_codebuild_project.birthday-app_deploy_project", "aws_db_subnet_group.database_subnets", "aws_eks_cluster.cluster_eks",
		"aws_elasticache_subnet_group.cache_subnets", "aws_iam_role_policy.birthday-app_deploy_project_policy", "aws_lb.loadbalancer_alb",
		"aws_route.network_private-b-nat", "aws_route.network_private-c-nat", "aws_vpc_endpoint.network_s3",
	},
}

// changesPlanAsTheyShould plans each change against what is deployed.
func (d *deployment) changesPlanAsTheyShould(t *testing.T) {
	deployed := d.texts(t)
	for _, change := range changes {
		d.edit(t, change.old, change.new)
		remove := func() {}
		if change.zone != "" {
			_, remove = d.makeZone(t, change.zone)
		}
		for kind, actions := range d.planEdited(t, deployed) {
			if want := change.actions[kind]; !maps.EqualFunc(actions, want, slices.Equal) {
				t.Errorf("%s: the plan of %s would %v, want %v", change.name, order.Name(d.Environment, kind), actions, want)
			}
		}
		remove()
		if change.warning != "" {
			d.planWarned(t, change.name, change.warning)
		}
	}
	d.edit(t, "", "")
}

// changeLog is what a plan of a change said, in its stack's folder.
const changeLog = "change.txt"

// planWarned fails where the last plan of a change did not say a warning, which Terraform breaks into framed lines.
func (d *deployment) planWarned(t *testing.T, name, warning string) {
	t.Helper()
	said, err := os.ReadFile(filepath.Join(d.stack.Dir, changeLog))
	must(t, err)
	text := strings.Join(strings.Fields(strings.ReplaceAll(string(said), "│", " ")), " ")
	if !strings.Contains(text, warning) {
		t.Errorf("%s: the plan does not say %q:\n%s", name, warning, said)
	}
}

// own are the environment's own stacks in AWS, in their order.
func (d *deployment) own() []order.Stack {
	return order.Part(order.Of(d.Environment), func(one order.Stack) bool {
		return !one.Shared() && one.Kind != order.Platform
	})
}

// texts are the own stacks as they are synthesized, by name.
func (d *deployment) texts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, one := range d.own() {
		text, err := os.ReadFile(filepath.Join(d.workspaces[one.Name].Dir, "cdk.tf.json"))
		must(t, err)
		texts[one.Name] = string(text)
	}
	return texts
}

// planEdited is what plans of the own stacks would do after an edit, by kind. A stack whose text is as deployed is not
// planned: that a second plan of it is empty, TestEnvironments shows. For the same reason no state is refreshed.
func (d *deployment) planEdited(t *testing.T, deployed map[string]string) map[order.Kind]map[string][]string {
	t.Helper()
	edited := d.texts(t)
	table := order.Part(d.own(), func(one order.Stack) bool { return edited[one.Name] != deployed[one.Name] })
	must(t, inOrder(t.Context(), atOnce(table), func(ctx context.Context, one order.Stack) error {
		workspace := d.workspaces[one.Name]
		log, err := os.Create(filepath.Join(workspace.Dir, changeLog))
		if err != nil {
			return err
		}
		defer func() { _ = log.Close() }() // a plan that warns and is not found here fails the test
		workspace.Log = log
		_, err = workspace.Plan(ctx, "change.tfplan", "-refresh=false")
		return err
	}))
	actions := map[order.Kind]map[string][]string{}
	for _, one := range d.own() {
		actions[one.Kind] = nil
	}
	for _, one := range table {
		actions[one.Kind] = planned(t, d.workspaces[one.Name], "change.tfplan")
	}
	return actions
}

// zoneID is in the answer to the call that makes a zone.
var zoneID = regexp.MustCompile(`<Id>/hostedzone/([A-Z0-9]+)</Id>`)

// makeZone makes a zone by hand, to be looked up, and returns its id and what removes it.
func (d *deployment) makeZone(t *testing.T, name string) (id string, remove func()) {
	t.Helper()
	c := d.client(t)
	c.region = "us-east-1"
	status, answer := c.do(apiCall{service: "route53", method: http.MethodPost, path: "/2013-04-01/hostedzone",
		text: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>` + name +
			`</Name><CallerReference>` + name + time.Now().Format(time.RFC3339Nano) + `</CallerReference></CreateHostedZoneRequest>`})
	made := zoneID.FindStringSubmatch(answer)
	if status != http.StatusCreated || made == nil {
		t.Fatalf("making zone %s: %d %s", name, status, answer)
	}
	return made[1], func() {
		t.Helper()
		c.mustPass(apiCall{service: "route53", method: http.MethodDelete, path: "/2013-04-01/hostedzone/" + made[1]})
	}
}

// hash is what CDKTF adds to an address.
var hash = regexp.MustCompile(`_[0-9A-F]{8}$`)

// planned is what a plan would do: the addresses, without their hashes, by action.
func planned(t *testing.T, workspace terraform.Workspace, file string) map[string][]string {
	t.Helper()
	shown, err := workspace.ShowPlan(t.Context(), file)
	must(t, err)
	var plan struct {
		ResourceChanges []struct {
			Address, Mode string
			Change        struct{ Actions []string }
		} `json:"resource_changes"`
	}
	must(t, json.Unmarshal(shown, &plan))
	actions := map[string][]string{}
	for _, change := range plan.ResourceChanges {
		if action := strings.Join(change.Change.Actions, " "); action != "no-op" && change.Mode == "managed" {
			actions[action] = append(actions[action], hash.ReplaceAllString(change.Address, ""))
		}
	}
	for kind := range actions {
		slices.Sort(actions[kind])
	}
	return actions
}

// edit synthesizes the environment anew, with a piece of its file changed; nothing for nothing is the file as it is.
func (d *deployment) edit(t *testing.T, old, text string) {
	t.Helper()
	files := copied(t, d.files)
	file := filepath.Join(files, d.Name+".yaml")
	content, err := os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(content), old) {
		t.Fatalf("no %q in %s.yaml", old, d.Name)
	}
	must(t, os.WriteFile(file, []byte(strings.Replace(string(content), old, text, 1)), 0o600))
	synthesizeFrom(t, files, d.outdir, d.Environment)
}

// stateResource is a resource in a state.
type stateResource struct {
	Mode, Type, Name string
	Instances        []struct{ Attributes json.RawMessage }
}

func pulled(t *testing.T, workspace terraform.Workspace) []stateResource {
	t.Helper()
	text, err := workspace.Run(t.Context(), "state", "pull")
	must(t, err)
	var state struct{ Resources []stateResource }
	must(t, json.Unmarshal(text, &state))
	return state.Resources
}
