package pathproof

import (
	"slices"
	"strings"
	"testing"
)

// plant is a mistake that exactly one invariant has to find.
type plant struct {
	env  string // dev where it is empty
	make func(s stacks)
	want string // of the invariant's message: who, and the chain
}

// everyone is every address.
const everyone = "0.0.0.0/0"

// rule is a security group's rule on TCP.
func (s stacks) rule(group, peer, from string, port float64) map[string]any {
	return map[string]any{
		"security_group_id": s.ref("aws_security_group", group, "id"), peer: from,
		"ip_protocol": "tcp", "from_port": port, "to_port": port,
	}
}

const (
	ingress = "aws_vpc_security_group_ingress_rule"
	egress  = "aws_vpc_security_group_egress_rule"
	policy  = "kubernetes_network_policy_v1"
)

// between plants both rules of a connection.
func (s stacks) between(from, to string, port float64) {
	s.plant("dev", ingress, s.rule(to, "referenced_security_group_id", s.ref("aws_security_group", from, "id"), port))
	s.plant("dev", egress, s.rule(from, "referenced_security_group_id", s.ref("aws_security_group", to, "id"), port))
}

// letsOut is a network policy that lets the pods of Prometheus' namespace out to the data subnets.
func letsOut(port string) map[string]any {
	return map[string]any{
		"metadata": map[string]any{"namespace": "monitoring"},
		"spec": map[string]any{
			"policy_types": []any{"Egress"},
			"pod_selector": map[string]any{},
			"egress": []any{map[string]any{
				"ports": []any{map[string]any{"port": port, "protocol": "TCP"}},
				"to":    []any{map[string]any{"ip_block": map[string]any{"cidr": "10.0.0.0/8"}}},
			}},
		},
	}
}

// grafana is a role whose policy reads metrics, and whose pod many may log in to.
const grafana = "grafana-role_policy"

var plants = map[string]plant{
	"Aurora answers the nodes": {
		make: func(s stacks) {
			s.plant("dev", ingress, s.rule("database_", "cidr_ipv4", everyone, 5432))
		},
		want: "0.0.0.0/0 on tcp 5432 is not expected: 0.0.0.0/0 → database tcp 5432, by dev: " + ingress + ".planted",
	},
	"Redis answers the nodes alone": {
		make: func(s stacks) { s.between("birthday-app_deploy", "cache_", 6379) },
		want: "builds → cache tcp 6379, by dev: " + ingress + ".planted and dev: " + egress + ".planted",
	},
	"The load balancer answers its callers alone": {
		make: func(s stacks) {
			rule := s.get("dev", ingress, "loadbalancer_https")
			delete(rule, "prefix_list_id")
			rule["cidr_ipv6"] = "::/0"
		},
		want: "::/0 → loadbalancer tcp 443, by dev: " + ingress + ".loadbalancer_https",
	},
	"What the load balancer forwards": {
		make: func(s stacks) {
			s.plant("dev", "aws_lb_listener_rule", map[string]any{
				"listener_arn": s.ref("aws_lb_listener", "loadbalancer_https", "arn"), "priority": 40,
				"action":    []any{map[string]any{"type": "forward", "target_group_arn": s.ref("aws_lb_target_group", "", "arn")}},
				"condition": []any{map[string]any{"host_header": map[string]any{"values": []any{"grafana.dev.titan.example.com"}}}},
			})
		},
		want: "grafana.dev.titan.example.com from whoever may connect → the ingress controller, by dev: " +
			"aws_lb_listener_rule.planted",
	},
	"Nodes answer what has to call them": {
		make: func(s stacks) { s.plant("dev", ingress, s.rule("cluster_nodes", "cidr_ipv4", "10.0.0.0/8", 22)) },
		want: "10.0.0.0/8 → nodes tcp 22",
	},
	"The cluster's API answers nodes and builds": {
		make: func(s stacks) { s.between("loadbalancer_", "cluster_control-plane", 443) },
		want: "loadbalancer → api tcp 443",
	},
	"The API's public endpoint answers the file's blocks": {
		make: func(s stacks) {
			config, _ := s.get("dev", "aws_eks_cluster", "cluster_")["vpc_config"].(map[string]any)
			delete(config, "public_access_cidrs")
		},
		want: "0.0.0.0/0 → the API's public endpoint, by dev: aws_eks_cluster.cluster_eks",
	},
	"Endpoints answer private subnets": {
		env: "prod",
		make: func(s stacks) {
			s.get("prod", ingress, "network_endpoints-from-private-a")["cidr_ipv4"] = "10.30.208.0/22"
		},
		want: "data subnets → endpoints tcp 443",
	},
	"Builds answer nobody": {
		make: func(s stacks) { s.between("cluster_nodes", "birthday-app_deploy", 443) },
		want: "nodes → builds tcp 443",
	},
	"Data subnets have no route out": {
		make: func(s stacks) {
			s.plant("dev", "aws_route", map[string]any{
				"destination_cidr_block": everyone, "nat_gateway_id": s.ref("aws_nat_gateway", "", "id"),
				"route_table_id": s.ref("aws_route_table", "network_data", "id"),
			})
		},
		want: "0.0.0.0/0 by nat gateway, by dev: aws_route.planted",
	},
	"Private subnets leave by NAT alone": {
		make: func(s stacks) {
			route := s.get("dev", "aws_route", "network_private-a")
			delete(route, "nat_gateway_id")
			route["gateway_id"] = s.ref("aws_internet_gateway", "", "id")
		},
		want: "0.0.0.0/0 by internet gateway, by dev: aws_route.network_private-a",
	},
	"Nothing but load balancer and NAT has a public address": {
		make: func(s stacks) { s.get("dev", "aws_rds_cluster_instance", "")["publicly_accessible"] = true },
		want: "publicly_accessible",
	},
	"Pods don't reach the nodes' credentials": {
		make: func(s stacks) {
			options, _ := s.get("dev", "aws_launch_template", "")["metadata_options"].(map[string]any)
			options["http_put_response_hop_limit"] = 2
		},
		want: "pods within 2 hops",
	},
	"Pods that may call Aurora": {
		make: func(s stacks) { s.plant("dev.platform", policy, letsOut("5432")) },
		want: "pods of monitoring → database tcp 5432, by dev.platform: " + policy + ".planted",
	},
	"Pods that may call Redis": {
		make: func(s stacks) { s.plant("dev.platform", policy, letsOut("6379")) },
		want: "pods of monitoring → cache tcp 6379",
	},
	"Admins of the cluster": {
		make: func(s stacks) {
			s.replace("dev", "aws_eks_access_policy_association", "birthday-app_deploy", "policy_arn", "EKSEditPolicy",
				"EKSClusterAdminPolicy")
		},
		want: "titan-dev-deploy → birthday of the cluster, by dev: aws_eks_access_policy_association.birthday-app_deploy",
	},
	"Who may read the cluster's Secrets": {
		make: func(s stacks) {
			s.plant("dev.platform", "kubernetes_cluster_role_binding_v1", map[string]any{
				"metadata": map[string]any{"name": "planted"}, "role_ref": map[string]any{"kind": "ClusterRole", "name": "edit"},
				"subject": []any{map[string]any{"kind": "Group", "name": "developers"}},
			})
		},
		want: "group developers → every namespace of the cluster, by dev.platform: " +
			"kubernetes_cluster_role_binding_v1.planted",
	},
	"Who reads the database's login": {
		make: func(s stacks) {
			s.replace("dev", "aws_secretsmanager_secret_policy", "birthday-app_db_secret", "policy", `role/platform-admin"`,
				`role/platform-admin","arn:aws:iam::111111111111:role/developer"`)
		},
		want: "developer → secretsmanager:GetSecretValue db-credentials-dev",
	},
	"Who reads Grafana's login": {
		make: func(s stacks) {
			delete(s.of("dev", "aws_secretsmanager_secret_policy"),
				s.id("dev", "aws_secretsmanager_secret_policy", "secrets_grafana"))
		},
		want: "account → secretsmanager:GetSecretValue titan-dev-grafana",
	},
	"Who reads the origin's header": {
		make: func(s stacks) {
			s.allow("dev", grafana, "secretsmanager:Get*", "arn:aws:secretsmanager:*:*:secret:titan-dev-o*")
		},
		want: "monitoring/grafana → titan-dev-grafana, by dev: aws_iam_role.grafana-role",
	},
	"Who reads the database master's login": {
		make: func(s stacks) {
			s.allow("dev", grafana, "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:rds!*")
		},
		want: "titan-dev-grafana → secretsmanager:GetSecretValue master of birthday-db-dev",
	},
	"Who changes a secret": {
		make: func(s stacks) { s.allow("dev", grafana, "secretsmanager:PutSecretValue", "*") },
		want: "secretsmanager:PutSecretValue",
	},
	"Who decrypts with the key of secrets": {
		make: func(s stacks) {
			s.allow("dev", grafana, "kms:*", s.ref("aws_kms_key", "encryption_secrets", "arn"))
			s.replace("dev", "aws_iam_role_policy", grafana, "policy", `"kms:*"`, `"kms:Dec*"`)
		},
		want: "titan-dev-grafana → kms:Decrypt alias/titan-dev-secrets, by dev: aws_iam_role_policy.grafana-role_policy",
	},
	"Who reads state": {
		make: func(s stacks) { s.allow("dev", grafana, "s3:GetObject", "arn:aws:s3:::titan-state-*") },
		want: "titan-dev-grafana → s3:GetObject titan-state-111111111111-eu-west-1",
	},
	"Who writes state": {
		make: func(s stacks) { s.allow("dev", grafana, "s3:PutObject", "arn:aws:s3:::*/*") },
		want: "titan-dev-grafana → s3:PutObject titan-state-111111111111-eu-west-1",
	},
	"No bucket answers without TLS": {
		make: func(s stacks) {
			s.replace("bootstrap.development.eu-west-1", "aws_s3_bucket_policy", "state_", "policy", `"s3:*"`, `"s3:Get*"`)
		},
		want: "account → s3:PutObject titan-state-111111111111-eu-west-1",
	},
	"No topic takes a message without TLS": {
		make: func(s stacks) {
			s.replace("dev", "aws_sns_topic_policy", "", "policy", `{"aws:SecureTransport":"false"}`,
				`{"aws:SecureTransport":"true"}`)
		},
		want: "sns:Publish titan-dev-operations",
	},
	"Nobody outside the account is let in": {
		make: func(s stacks) {
			s.replace("dev", "aws_s3_bucket_policy", "backup_logs", "policy", `"Statement":[`,
				`"Statement":[{"Sid":"Planted","Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"s3:GetObject",`+
					`"Resource":"*"},`)
		},
		want: "root of 999999999999 → s3:* titan-dev-logs-111111111111-eu-west-1, by dev: " +
			"aws_s3_bucket_policy.backup_logs_policy",
	},
	"Services that are let in for anybody": {
		make: func(s stacks) {
			s.replace("dev", "aws_sns_topic_policy", "", "policy", `"aws:SourceAccount":"111111111111"`,
				`"aws:SourceAccount":"222222222222"`)
			s.replace("dev", "aws_sns_topic_policy", "", "policy", `"aws:SourceArn":"arn:aws:cloudwatch:eu-west-1:111111111111:`,
				`"aws:SourceArn":"arn:aws:cloudwatch:eu-west-1:*:`)
		},
		want: "cloudwatch.amazonaws.com → titan-dev-operations",
	},
	"Tokens that become a role": {
		make: func(s stacks) {
			s.replace("dev", "aws_iam_role", "grafana-role", "assume_role_policy", `"StringEquals"`, `"StringLike"`)
		},
		want: "any token of the cluster → titan-dev-grafana, by dev: aws_iam_role.grafana-role",
	},
	"Principals that become a role": {
		make: func(s stacks) {
			s.replace("dev", "aws_iam_role", "grafana-role", "assume_role_policy", `"Statement":[`,
				`"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:*"},`)
		},
		want: "root of 999999999999 → sts:AssumeRole titan-dev-grafana, by dev: aws_iam_role.grafana-role",
	},
	"Services that become a role for anybody": {
		make: func(s stacks) {
			s.replace("dev", "aws_iam_role", "database_monitoring", "assume_role_policy", `"Condition"`, `"Planted"`)
		},
		want: "monitoring.rds.amazonaws.com for anybody → titan-dev-database-monitoring",
	},
	"Who passes roles": {
		make: func(s stacks) { s.allow("dev", grafana, "iam:PassRole", "arn:aws:iam::111111111111:role/titan-dev-n*") },
		want: "titan-dev-grafana → iam:PassRole titan-dev-node",
	},
	"Who changes roles": {
		make: func(s stacks) { s.allow("dev", grafana, "iam:Put*", "*") },
		want: "titan-dev-grafana → iam:PutRolePolicy",
	},
	"Who gives access to the cluster": {
		make: func(s stacks) {
			s.replace("dev", "aws_iam_role_policy", "backup_role-withheld", "policy", `"eks:*"`, `"eks:Delete*"`)
		},
		want: "titan-dev-backup → eks:CreateAccessEntry titan-dev-cluster, by dev: " +
			"aws_iam_role_policy_attachment.backup_role-policy",
	},
	"Who stops what watches": {
		make: func(s stacks) {
			delete(s.get("dev", "aws_iam_role", "grafana-role"), "permissions_boundary")
			s.allow("dev", grafana, "cloudtrail:*", "*")
		},
		want: "titan-dev-grafana → cloudtrail:StopLogging in the account",
	},
	"Who deletes a key, or whose it is": {
		make: func(s stacks) { s.allow("dev", grafana, "kms:ScheduleKeyDeletion", "*") },
		want: "titan-dev-grafana → kms:ScheduleKeyDeletion alias/",
	},
	"Who deletes recovery points": {
		env: "staging",
		make: func(s stacks) {
			s.replace("staging", "aws_backup_vault_policy", "", "policy", `"Resource":"*"`,
				`"Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"platform"}}`)
		},
		want: "account → backup:DeleteRecoveryPoint titan-staging",
	},
	"Who deletes versions of objects": {
		make: func(s stacks) { s.allow("dev", grafana, "s3:DeleteObjectVersion", "arn:aws:s3:::titan-dev-logs-*") },
		want: "titan-dev-grafana → s3:DeleteObjectVersion titan-dev-logs-111111111111-eu-west-1",
	},
	"Who deletes or changes the database": {
		make: func(s stacks) { s.allow("dev", grafana, "rds:*", "arn:aws:rds:*:*:cluster:birthday-*") },
		want: "titan-dev-grafana → rds:DeleteDBCluster birthday-db-dev",
	},
	"Who pushes images and charts": {
		make: func(s stacks) { s.allow("dev", grafana, "ecr:PutImage", "*") },
		want: "titan-dev-grafana → ecr:PutImage",
	},
	"What the pipeline may change": {
		make: func(s stacks) { s.allow("dev", "birthday-app_delivery_policy", "codebuild:UpdateProject", "*") },
		want: "codepipeline.amazonaws.com → titan-dev-pipeline",
	},
	"What the release may change": {
		make: func(s stacks) { s.allow("dev", "birthday-app_deploy_project", "ssm:PutParameter", "*") },
		want: "titan-dev-deploy → ssm:PutParameter on *",
	},
	"What the deployer's plan may change": {
		env: "staging",
		make: func(s stacks) {
			s.allow("staging", "deployer_plan", "s3:PutObject", "arn:aws:s3:::titan-state-222222222222-eu-west-1/staging/*")
		},
		want: "titan-staging-deployer-plan → s3:PutObject on titan-state-222222222222-eu-west-1/staging/*",
	},
	"What the deployer's apply may change": {
		env:  "staging",
		make: func(s stacks) { s.allow("staging", "deployer_apply", "route53:*", "*") },
		want: "route53:* on *",
	},
	"What a plan on a pull request may change": {
		env: "staging",
		make: func(s stacks) {
			s.allow("account.staging.eu-west-1", "github-roles_plan", "s3:PutObject",
				"arn:aws:s3:::titan-state-222222222222-eu-west-1/staging/*")
		},
		want: "titan-github-plan → s3:PutObject on titan-state-222222222222-eu-west-1/staging/*",
	},
	"Nothing gives access past this proof": {
		make: func(s stacks) { s.plant("dev", "aws_kms_grant", map[string]any{"operations": []any{"Decrypt"}}) },
		want: "aws_kms_grant → access, by dev: aws_kms_grant.planted",
	},
}

func TestEveryInvariantFindsItsBreachAndNoOtherDoes(t *testing.T) {
	for _, invariant := range Invariants {
		planted, ok := plants[invariant.Title]
		if !ok {
			t.Errorf("%s: nothing is planted for it", invariant.Title)
			continue
		}
		t.Run(invariant.Title, func(t *testing.T) {
			if planted.env == "" {
				planted.env = "dev"
			}
			e := environment(t, planted.env)
			s := stacksOf(t, e.Account)
			planted.make(s)
			found := slices.DeleteFunc(s.check(t, e), Result.Holds)
			if len(found) != 1 || found[0].Title != invariant.Title {
				t.Fatalf("found\n%v\nwant %q alone", found, invariant.Title)
			}
			if !strings.Contains(found[0].String(), planted.want) {
				t.Errorf("says\n%s\nwant\n%s", found[0], planted.want)
			}
		})
	}
	if len(plants) != len(Invariants) {
		t.Errorf("%d plants for %d invariants", len(plants), len(Invariants))
	}
}
