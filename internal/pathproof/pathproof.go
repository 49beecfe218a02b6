// Package pathproof answers, from the Terraform JSON of an account's stacks, who can reach what over the network and
// who may do what by IAM, each with the chain of resources that makes it so. The invariants that an environment must
// hold stand in table.go.
//
// An answer errs on one side only: it may name somebody who can't, and never leaves out somebody who can. A wildcard
// matches, a condition that can't be decided holds in an Allow and fails in a Deny, and a principal whose policies
// are not in the JSON may do anything.
package pathproof

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/titan-platform/titan/internal/graph"
)

// Facts are what the stacks of one account say about access.
type Facts struct {
	Graph *graph.Graph

	stacks     []string
	places     map[string]place // by stack
	tokens     tokens
	principals []*Principal
	targets    []*Target
	carriers   []*carrier
	rules      []rule
	foreign    []graph.Edge // arguments that name a security group that no stack makes
}

// place is where a stack's AWS provider acts; empty in a stack without one.
type place struct{ account, region string }

// Read makes the facts of stacks. All stacks of an account belong together: what one makes, another may read. It is
// an error where a policy is no literal JSON, since a policy that can't be read proves nothing.
func Read(stacks ...graph.Stack) (*Facts, error) {
	g, err := graph.Read(stacks...)
	if err != nil {
		return nil, err
	}
	f := &Facts{Graph: g, places: map[string]place{}, tokens: tokens{}}
	for _, stack := range stacks {
		f.stacks = append(f.stacks, stack.Name)
	}
	for _, node := range g.Nodes() {
		if node.Section == graph.Provider && node.Type == "aws" && node.Address == "provider.aws" {
			account, _ := node.At("allowed_account_ids.0").(string)
			f.places[node.Stack] = place{account, node.Text("region")}
		}
	}
	for _, read := range []func() error{f.readRoles, f.readTargets, f.readNamed, f.readRules} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	f.readCarriers()
	return f, nil
}

// giving are the resource types that give access to something, by their names.
var giving = regexp.MustCompile(`^(aws|kubernetes)_.*(_policy|_policies|_grant|_permission|_attachment|_access_entry|` +
	`_association|_user|_group_membership|_share|_acl|_binding|_binding_v1|_peering_connection)$`)

// notAccess are types whose names look so and that give nobody access to anything that the proof is about.
var notAccess = []string{
	"aws_appautoscaling_policy", "aws_autoscaling_policy", "aws_cloudfront_cache_policy",
	"aws_cloudfront_origin_request_policy", "aws_cloudfront_response_headers_policy", "aws_ecr_lifecycle_policy",
	"aws_iam_account_password_policy", "aws_elasticache_user", "aws_wafv2_web_acl",
	"aws_wafv2_web_acl_association", "kubernetes_network_policy",
}

// known are the types that give access and that the proof reads.
var known = []string{
	"aws_backup_vault_policy", "aws_ec2_transit_gateway_vpc_attachment", "aws_ecr_repository_policy",
	"aws_eks_access_entry", "aws_eks_access_policy_association", "aws_iam_policy", "aws_iam_role_policy",
	"aws_iam_role_policy_attachment", "aws_kms_key_policy", "aws_route_table_association", "aws_s3_bucket_policy",
	"aws_secretsmanager_secret_policy", "aws_sns_topic_policy", "kubernetes_cluster_role_binding_v1",
	"kubernetes_role_binding_v1",
}

// unreadHere are the resources that give access in a way that the proof does not know.
func (f *Facts) unreadHere(stacks []string) []Reach {
	var found []Reach
	for _, node := range f.Graph.Nodes() {
		if node.Section != graph.Resource || !slices.Contains(stacks, node.Stack) || !giving.MatchString(node.Type) ||
			slices.Contains(notAccess, node.Type) || slices.Contains(known, node.Type) {
			continue
		}
		found = append(found, Reach{node.Type, Chain{{node.Type, "access", node.String()}}})
	}
	for _, edge := range f.foreign {
		if slices.Contains(stacks, edge.From.Stack) {
			who := edge.Argument + " of " + edge.From.Address
			found = append(found, Reach{who, Chain{{who, "a security group that no stack makes", edge.From.String()}}})
		}
	}
	return found
}

// resources are the resources of a type in some stacks.
func (f *Facts) resources(stacks []string, kinds ...string) []*graph.Node {
	var found []*graph.Node
	for _, kind := range kinds {
		for _, node := range f.Graph.Resources(kind) {
			if slices.Contains(stacks, node.Stack) {
				found = append(found, node)
			}
		}
	}
	return found
}

// list is a value that stands as one or as a list.
func list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// texts are the strings of a value that stands as one or as a list, anything else written out.
func texts(value any) []string {
	var found []string
	for _, item := range list(value) {
		found = append(found, fmt.Sprint(item))
	}
	return found
}
