//go:build e2e && guarded

package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments/edit"
	"github.com/titan-platform/titan/internal/synth"
)

// reviewedChange is a change of production, and what of it refuses the plans.
type reviewedChange struct {
	name  string
	files map[string][]setting                              // by the file's name
	code  func(t *testing.T, stacks map[string]synth.Stack) // of what is synthesized, as a change of the modules makes it
	want  []string                                          // the verdicts and addresses without their hashes, as patterns; none is harmless
}

// setting changes an environment file.
type setting func(*edit.File) error

func set(path string, value any) setting {
	return func(file *edit.File) error { return file.Set(path, value) }
}

func add(path, item string) setting {
	return func(file *edit.File) error { return file.Append(path, item) }
}

func drop(path string) setting {
	return func(file *edit.File) error { return file.Remove(path) }
}

// inProd are changes of production's own file.
func inProd(settings ...setting) map[string][]setting {
	return map[string][]setting{"prod.yaml": settings}
}

// inBoth are changes of its file and its secondary's, which have to agree.
func inBoth(settings ...setting) map[string][]setting {
	return map[string][]setting{"prod.yaml": settings, "prod-dr.yaml": settings}
}

// gone takes blocks out of a stack: those of any type at a construct's path, and what refers to none of them stays. What
// else refers to them goes, too, as it does when a module is no longer called.
func gone(stack string, paths ...string) func(*testing.T, map[string]synth.Stack) {
	return func(t *testing.T, stacks map[string]synth.Stack) {
		t.Helper()
		for _, path := range paths {
			kind, prefix, _ := strings.Cut(path, ".")
			found := stacks[stack].Find(kind, prefix)
			if len(found.Body) == 0 {
				t.Fatalf("no %s in %s", path, stack)
			}
			withoutReferrers(stacks[stack], "resource", found.Address)
		}
	}
}

// withoutReferrers takes a block out of a stack, and whatever refers to it.
func withoutReferrers(stack synth.Stack, section, address string) {
	without(stack, section, address)
	name := address
	if section != "resource" {
		name = section + "." + address
	}
	for _, section := range []string{"resource", "data", "ephemeral"} {
		for _, kind := range slices.Sorted(maps.Keys(synth.Object(stack.Root, section))) {
			for _, block := range stack.Blocks(section, kind) {
				if strings.Contains(block.String(), name) {
					withoutReferrers(stack, section, block.Address)
				}
			}
		}
	}
	for _, section := range []string{"output", "check"} {
		for id, value := range synth.Object(stack.Root, section) {
			if strings.Contains(synth.Text(value), name) {
				delete(synth.Object(stack.Root, section), id)
			}
		}
	}
}

// without takes a block out of a section, and its type with the last one: Terraform refuses a type that has none.
func without(stack synth.Stack, section, address string) {
	kind, id, _ := strings.Cut(address, ".")
	blocks := synth.Object(stack.Root, section, kind)
	if delete(blocks, id); len(blocks) == 0 {
		delete(synth.Object(stack.Root, section), kind)
	}
}

// put changes an attribute of a resource.
func put(stack, path, attribute string, value any) func(*testing.T, map[string]synth.Stack) {
	return func(t *testing.T, stacks map[string]synth.Stack) {
		t.Helper()
		kind, prefix, _ := strings.Cut(path, ".")
		stacks[stack].Find(kind, prefix).Put(t, attribute, value)
	}
}

// rewritten changes a text in an attribute of a resource of production.
func rewritten(path, attribute, old, text string) func(*testing.T, map[string]synth.Stack) {
	return func(t *testing.T, stacks map[string]synth.Stack) {
		t.Helper()
		kind, prefix, _ := strings.Cut(path, ".")
		block := stacks["prod"].Find(kind, prefix)
		value, _ := block.At(attribute).(string)
		if !strings.Contains(value, old) {
			t.Fatalf("no %q in %s of %s: %s", old, attribute, block.Address, value)
		}
		block.Put(t, attribute, strings.Replace(value, old, text, 1))
	}
}

// planted adds a resource.
func planted(stack, kind string, body map[string]any) func(*testing.T, map[string]synth.Stack) {
	return func(_ *testing.T, stacks map[string]synth.Stack) { stacks[stack].Plant(kind, body) }
}

// renamed gives a resource another address, and a moved block that says so.
func renamed(stack, path, id string) func(*testing.T, map[string]synth.Stack) {
	return func(t *testing.T, stacks map[string]synth.Stack) {
		t.Helper()
		kind, prefix, _ := strings.Cut(path, ".")
		root := stacks[stack].Root
		_, old, _ := strings.Cut(stacks[stack].Find(kind, prefix).Address, ".")
		renameAll(root, kind+"."+old, kind+"."+id)
		resources := synth.Object(root, "resource", kind)
		resources[id] = resources[old]
		delete(resources, old)
		root["moved"] = append(synth.List(root["moved"]), map[string]any{"from": kind + "." + old, "to": kind + "." + id})
	}
}

// renameAll replaces a text in all texts below a value.
func renameAll(value any, old, text string) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, old, text)
	case []any:
		for i := range v {
			v[i] = renameAll(v[i], old, text)
		}
	case map[string]any:
		for key := range v {
			v[key] = renameAll(v[key], old, text)
		}
	}
	return value
}

// reviewed are changes as people make them: in the file, or in the modules. Half of them do no harm.
var reviewed = []reviewedChange{
	// Harmless.
	{name: "`cluster.node_groups.1.max: 30`: more Spot nodes", files: inProd(set("cluster.node_groups.1.max", 30))},
	{name: "`observability.webhooks` lost one", files: inProd(drop("observability.webhooks.0"))},
	{name: "`observability.budget_usd: 7000`", files: inProd(set("observability.budget_usd", 7000))},
	{name: "`observability.thresholds.cpu_percent: 70`", files: inProd(set("observability.thresholds.cpu_percent", 70))},
	{name: "`observability.log_days: 731`: logs live longer", files: inProd(set("observability.log_days", 731))},
	{name: "`backup.retention_days: 60`: backups live longer", files: inProd(set("backup.retention_days", 60))},
	{name: "`edge.rate_limit: 3000`: fewer requests", files: inProd(set("edge.rate_limit", 3000))},
	{name: "`edge.price_class: PriceClass_100`: fewer edge locations", files: inProd(set("edge.price_class", "PriceClass_100"))},
	{name: "`database.max_readers: 6`", files: inProd(set("database.max_readers", 6))},
	{name: "`database.snapshots` has one more", files: inProd(add("database.snapshots", "before-release"))},
	{name: "`cluster.readers` lost one", files: inProd(drop("cluster.readers.0"))},
	{name: "`secrets.database: 2`: another password", files: inProd(set("secrets.database", 2))},
	{name: "`load_balancer.deregistration_delay: 60`", files: inProd(set("load_balancer.deregistration_delay", 60))},
	{name: "`tracing.sampling_percent: 1`", files: inProd(set("tracing.sampling_percent", 1))},
	{name: "`delivery.branch: release`", files: inProd(set("delivery.branch", "release"))},
	{name: "`network.flow_log_days: 731`", files: inProd(set("network.flow_log_days", 731))},
	{
		name: "a policy's statement is split into two that mean the same",
		code: rewritten("aws_iam_role_policy.backup_export", "policy",
			`"Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":"arn:aws:s3:::titan-prod-backups-333333333333-eu-west-1"}`,
			`"Action":"s3:ListBucket","Resource":"arn:aws:s3:::titan-prod-backups-333333333333-eu-west-1"},{"Sid":"Locate","Effect":"Allow",`+
				`"Action":"s3:GetBucketLocation","Resource":"arn:aws:s3:::titan-prod-backups-333333333333-eu-west-1"}`),
	},
	{
		name: "a bucket's policy denies one thing more",
		code: rewritten("aws_s3_bucket_policy.backup_backups", "policy", `"Statement":[`,
			`"Statement":[{"Sid":"KeepsVersions","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:DeleteObjectVersion",`+
				`"Resource":"${aws_s3_bucket.backup_backups_bucket_87ECD85E.arn}/*"},`),
	},
	{name: "a construct is renamed, with a `moved` block: the bucket of backups", code: renamed("prod", "aws_s3_bucket.backup_backups", "kept")},
	{name: "the load balancer's TLS policy is raised to 1.3 alone",
		code: put("prod", "aws_lb_listener.loadbalancer_https", "ssl_policy", "ELBSecurityPolicy-TLS13-1-3-2021-06")},

	// Harmful, in the file.
	{
		name: "`database.snapshots` is gone", files: inProd(drop("database.snapshots")),
		want: []string{"data-loss prod:aws_db_cluster_snapshot.backup_snapshot-standby"},
	},
	{
		name: "`database.retention_days: 7`", files: inProd(set("database.retention_days", 7)),
		want: []string{"data-loss prod:aws_rds_cluster.database_aurora"},
	},
	{
		name: "`observability.log_days: 30`", files: inProd(set("observability.log_days", 30)),
		want: []string{"data-loss prod*:aws_cloudwatch_log_group.*", "data-loss prod.global:aws_s3_bucket_lifecycle_configuration.access-logs_*"},
	},
	{
		name: "`backup.retention_days: 7`", files: inProd(set("backup.retention_days", 7)),
		want: []string{"data-loss prod:aws_backup_plan.backup_*", "data-loss prod*:aws_backup_vault_lock_configuration.backup_vault-lock"},
	},
	{
		name: "`backup.expire_days: 365`", files: inProd(set("backup.expire_days", 365)),
		want: []string{"data-loss prod*:aws_s3_bucket_lifecycle_configuration.backup_*"},
	},
	{
		name: "`cluster.admins` has one more", files: inProd(add("cluster.admins", "arn:aws:iam::333333333333:role/contractor")),
		want: []string{"exposure prod:aws_eks_access_*.cluster_admin-role-contractor*", "exposure prod:aws_secretsmanager_secret_policy.*-readers"},
	},
	{
		name: "`cluster.public_cidrs: [8.8.8.0/24]`", files: inProd(add("cluster.public_cidrs", "8.8.8.0/24")),
		want: []string{"exposure prod:aws_eks_cluster.cluster_eks"},
	},
	{
		name: "`dns.name: www.titan.example.com`", files: inBoth(set("dns.name", "www.titan.example.com")),
		want: []string{"outage prod.global:aws_route53_record.public-name_*", "outage prod*:aws_acm_certificate_validation.*",
			"outage prod.global:aws_cloudfront_distribution.edge_cdn", "outage prod:aws_route53_record.certificate_validation-*"},
	},
	{
		name: "`delivery` is gone", files: inBoth(drop("delivery")),
		want: []string{"data-loss prod*:aws_s3_bucket*.birthday-app_*artifacts_*", "data-loss prod:aws_cloudwatch_log_group.birthday-app_*",
			"exposure prod*:aws_s3_bucket*.birthday-app_*artifacts_*"},
	},
	{
		name: "`cluster.node_groups.0.name: base`", files: inProd(set("cluster.node_groups.0.name", "base")),
		want: []string{"outage prod:aws_eks_node_group.cluster_nodes-system-*"},
	},

	// Harmful: the block is gone, with it what would have prevented the destruction.
	{
		name: "the database's block is gone", code: gone("prod", "aws_rds_cluster.database_aurora"),
		want: []string{"data-loss prod:aws_rds_cluster.database_aurora", "outage prod:aws_rds_cluster*.database_*",
			"data-loss prod:aws_db_cluster_snapshot.backup_snapshot-standby", "data-loss prod:aws_backup_selection.backup_daily-selection",
			"data-loss prod:aws_secretsmanager_secret_version.birthday-app_db_secret-value"},
	},
	{
		name: "the block of the bucket of backups is gone", code: gone("prod", "aws_s3_bucket.backup_backups"),
		want: []string{"data-loss prod:aws_s3_bucket.backup_backups_bucket", "data-loss prod:aws_s3_bucket_*.backup_backups*",
			"data-loss prod:aws_backup_selection.backup_continuous-selection", "exposure prod:aws_s3_bucket_*.backup_backups_*"},
	},
	{
		name: "the block of the key of backups is gone from the second region", code: gone("prod.second", "aws_kms_key.encryption_backups"),
		want: []string{"data-loss prod.second:aws_kms_key.encryption_backups_kms", "data-loss prod.second:aws_backup_vault*.backup_vault*",
			"exposure prod.second:aws_backup_vault_policy.backup_vault-policy", "exposure prod.second:aws_s3_bucket*.backup_backups_*"},
	},
	{
		name: "the block of a bucket's replication is gone", code: gone("prod", "aws_s3_bucket_replication_configuration.backup_backups"),
		want: []string{"data-loss prod:aws_s3_bucket_replication_configuration.backup_backups-replication_configuration"},
	},
	{
		name: "the block of Grafana's login is gone", code: gone("prod", "aws_secretsmanager_secret.secrets_grafana"),
		want: []string{"data-loss prod:aws_secretsmanager_secret*.secrets_grafana*",
			"exposure prod:aws_secretsmanager_secret_policy.secrets_grafana-readers"},
	},

	// Harmful, in the modules.
	{
		name: "a bucket's policy no longer asks for TLS",
		code: rewritten("aws_s3_bucket_policy.backup_backups", "policy", `"Action":"s3:*"`, `"Action":"s3:PutObject"`),
		want: []string{"exposure prod:aws_s3_bucket_policy.backup_backups_policy"},
	},
	{
		name: "the database's group lets the whole VPC in",
		code: planted("prod", "aws_vpc_security_group_ingress_rule", map[string]any{
			"security_group_id": "${aws_security_group.database_access_group_4B5D5AD2.id}", "cidr_ipv4": "10.30.0.0/16",
			"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432,
		}),
		want: []string{"exposure prod:aws_vpc_security_group_ingress_rule.planted"},
	},
	{
		name: "a role's policy allows every object of every bucket",
		code: rewritten("aws_iam_role_policy.backup_export", "policy",
			`"Resource":"arn:aws:s3:::titan-prod-backups-333333333333-eu-west-1/exports/*"`, `"Resource":"arn:aws:s3:::*/*"`),
		want: []string{"exposure prod:aws_iam_role_policy.backup_export-policy"},
	},
	{
		name: "a role can be assumed by CodeBuild for any project",
		code: rewritten("aws_iam_role.birthday-app_deploy_project", "assume_role_policy",
			`"ArnEquals":{"aws:SourceArn":"arn:aws:codebuild:eu-west-1:333333333333:project/titan-prod-deploy"},`, ``),
		want: []string{"exposure prod:aws_iam_role.birthday-app_deploy_project_role"},
	},
	{
		name: "versioning of the bucket of backups is suspended",
		code: put("prod", "aws_s3_bucket_versioning.backup_backups", "versioning_configuration.status", "Suspended"),
		want: []string{"data-loss prod:aws_s3_bucket_versioning.backup_backups_versioning"},
	},
}
