package pathproof

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Target is something that IAM guards.
type Target struct {
	Name    string // db-credentials-prod, alias/titan-state, a bucket's name
	Node    *graph.Node
	ARNs    []string // patterns: of itself, of its replicas, of what is in it
	Account string

	policies []statement
	// closed is whether IAM's own policies count only where the resource's policy says so, as with a KMS key (KMS
	// Developer Guide, 'Key policies in AWS KMS').
	closed bool
	keys   keys // what is known of every request to it
}

// kinds are the resources that become targets: the argument that names them and the policies that speak of them, by
// the argument that refers to the resource.
var kinds = []struct {
	kind, name         string
	policy, refersFrom string // the type and argument of a policy of its own
	within             string // ends the ARN of what is in it
}{
	{
		kind:       "aws_secretsmanager_secret",
		name:       "name",
		policy:     "aws_secretsmanager_secret_policy",
		refersFrom: "secret_arn",
	},
	{kind: "aws_s3_bucket", name: "bucket", policy: "aws_s3_bucket_policy", refersFrom: "bucket", within: "/*"},
	{kind: "aws_kms_key", policy: "aws_kms_key_policy", refersFrom: "key_id"},
	{kind: "aws_backup_vault", name: "name", policy: "aws_backup_vault_policy", refersFrom: "backup_vault_name"},
	{kind: "aws_sns_topic", name: "name", policy: "aws_sns_topic_policy", refersFrom: "arn"},
	{kind: "aws_ecr_repository", name: "name", policy: "aws_ecr_repository_policy", refersFrom: "repository"},
	{kind: "aws_rds_cluster", name: "cluster_identifier"},
	{kind: "aws_eks_cluster", name: "name"},
}

// masterOf begins the name of the secret of a database's master.
const masterOf = "master of "

// readTargets makes a target of every resource of these kinds, with its policies.
func (f *Facts) readTargets() error {
	for _, k := range kinds {
		for _, node := range f.Graph.Resources(k.kind) {
			arn := f.arn(node)
			target := &Target{
				Name: f.argument(node, k.name, deepest), Node: node, ARNs: []string{arn},
				Account: f.places[node.Stack].account, closed: k.kind == "aws_kms_key",
			}
			target.keys = keys{"aws:resourceaccount": {target.Account}}
			if k.within != "" {
				target.ARNs = append(target.ARNs, arn+k.within)
			}
			if err := f.readOwnPolicies(target, k.policy, k.refersFrom); err != nil {
				return err
			}
			f.complete(target)
			f.targets = append(f.targets, target)
		}
	}
	return nil
}

// readOwnPolicies adds the policies that are a target's: in it, and of a resource that refers to it or names it. Of
// one that names something unknown, what it allows may be the target's.
func (f *Facts) readOwnPolicies(target *Target, kind, argument string) error {
	add := func(node *graph.Node, allowsOnly bool) error {
		if node.At("policy") == nil {
			return nil
		}
		statements, err := f.statements(node, node.At("policy"))
		for _, s := range statements {
			if !allowsOnly || !s.deny {
				target.policies = append(target.policies, s)
			}
		}
		return err
	}
	if err := add(target.Node, false); err != nil {
		return err
	}
	for _, node := range f.Graph.Resources(kind) {
		named := f.pattern(node, node.Text(argument))
		isIts := node.Refers(argument, target.Node) || named == target.Name || named == target.ARNs[0]
		if !isIts && !strings.ContainsRune(named, unknown) {
			continue
		}
		if err := add(node, !isIts); err != nil {
			return err
		}
	}
	return nil
}

// complete adds what a kind has of its own: a key's aliases, a secret's replicas, the secret of a database's master.
func (f *Facts) complete(target *Target) {
	switch target.Node.Type {
	case "aws_kms_key":
		target.Name = ""
		target.keys["kms:resourcealiases"] = nil
		for _, alias := range f.Graph.Resources("aws_kms_alias") {
			if alias.Refers("target_key_id", target.Node) {
				target.Name = f.argument(alias, "name", deepest)
				target.keys["kms:resourcealiases"] = append(target.keys["kms:resourcealiases"], target.Name)
			}
		}
	case "aws_secretsmanager_secret":
		// A replica keeps the name, the six characters and the policy (Secrets Manager User Guide, 'Replicate').
		for i := range target.Node.Len("replica") {
			region := target.Node.Text(fmt.Sprintf("replica.%d.region", i))
			target.ARNs = append(target.ARNs, strings.Replace(target.ARNs[0],
				":"+f.places[target.Node.Stack].region+":", ":"+region+":", 1))
		}
	case "aws_rds_cluster":
		if target.Node.At("manage_master_user_password") == true {
			f.targets = append(f.targets, &Target{
				Name: masterOf + target.Name, Node: target.Node, Account: target.Account,
				ARNs: []string{f.masterSecret(target.Node)}, keys: target.keys,
			})
		}
	}
}

// masterSecret is the ARN of the secret in which RDS keeps a master's password (RDS User Guide, 'Password management
// with Secrets Manager').
func (f *Facts) masterSecret(cluster *graph.Node) string {
	at := f.places[cluster.Stack]
	return fmt.Sprintf("arn:aws:secretsmanager:%s:%s:secret:rds!cluster-%s", at.region, at.account, f.tokens.of(cluster))
}

// Target is the target of a name in some stacks, nil where there is none.
func (f *Facts) Target(stacks []string, kind, name string) *Target {
	for _, target := range f.targetsIn(stacks, kind) {
		if target.Name == name {
			return target
		}
	}
	return nil
}

// targetsIn are the targets of a resource type in some stacks.
func (f *Facts) targetsIn(stacks []string, kind string) []*Target {
	nodes := f.resources(stacks, kind)
	var found []*Target
	for _, target := range f.targets {
		for _, node := range nodes {
			if target.Node == node {
				found = append(found, target)
			}
		}
	}
	return found
}
