package tests

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// theCluster is a stack's EKS cluster.
func theCluster(t *testing.T, stack Stack) Block {
	t.Helper()
	return stack.Resource(t, "aws_eks_cluster", "cluster/eks")
}

// The document's cluster has one subnet, no version, no logs, no encryption, no access
// configuration, and a public endpoint.
func TestClusterIsPrivateEncryptedAndLogged(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster := theCluster(t, stack)
		cluster.WantValue(t, "name", environment.ClusterName())
		cluster.WantValue(t, "version", environment.Cluster.Version)
		cluster.WantValue(t, "vpc_config.endpoint_private_access", true)
		cluster.WantValue(t, "vpc_config.endpoint_public_access", len(environment.Cluster.PublicCIDRs) > 0)
		if subnets, _ := cluster.At("vpc_config.subnet_ids").([]any); len(subnets) != 3 {
			t.Errorf("%d subnets, want one in each of three zones", len(subnets))
		}
		cluster.WantValue(t, "access_config.authentication_mode", "API")
		cluster.WantValue(t, "access_config.bootstrap_cluster_creator_admin_permissions", false)
		cluster.WantValue(t, "bootstrap_self_managed_addons", false)
		cluster.WantValue(t, "upgrade_policy.support_type", "STANDARD")
		cluster.WantValue(t, "encryption_config.resources", []string{"secrets"})
		cluster.WantReference(t, "encryption_config.provider.key_arn",
			stack.Resource(t, "aws_kms_key", "encryption/secrets_kms"))
		if logs, _ := cluster.At("enabled_cluster_log_types").([]any); len(logs) != 5 {
			t.Errorf("logs %v, want all five", logs)
		}
		if environment.Protected() {
			cluster.WantValue(t, "lifecycle.prevent_destroy", true)
		} else {
			cluster.WantAbsent(t, "lifecycle.prevent_destroy")
		}
	})
}

// EKS writes to /aws/eks/<cluster>/cluster, not to the document's /aws/eks/<cluster>, and makes the group
// itself where it is missing.
func TestClusterLogGroupIsMadeBeforeItsWriter(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_cloudwatch_log_group", "cluster/eks_logs")
		group.WantValue(t, "name", fmt.Sprintf("/aws/eks/%s/cluster", environment.ClusterName()))
		group.WantValue(t, "retention_in_days", environment.Observability.LogDays)
		if depends, _ := theCluster(t, stack).At("depends_on").([]any); !contains(depends, group.Address) {
			t.Errorf("the cluster does not wait for %s; it depends on %v", group.Address, depends)
		}
	})
}

func TestNodesAreReplacedWithoutAGap(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		groups := stack.Resources("aws_eks_node_group")
		want := 0
		for _, group := range environment.Cluster.NodeGroups {
			want++
			if group.PerZone {
				want += 2
			}
		}
		if len(groups) != want {
			t.Errorf("%d node groups, want %d", len(groups), want)
		}
		for _, group := range groups {
			group.WantValue(t, "lifecycle.create_before_destroy", true)
			group.WantAbsent(t, "node_group_name") // with a fixed name the new group could not stand beside the old one
			if ignored := fmt.Sprint(group.At("lifecycle.ignore_changes")); !strings.Contains(ignored, "desired_size") {
				t.Errorf("%s: the autoscaler and Terraform would undo each other: %s", group.Address, ignored)
			}
		}
	})
}

func TestNodesKeepTheirCredentialsFromPods(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, template := range stack.Resources("aws_launch_template") {
			template.WantValue(t, "metadata_options.http_tokens", "required")
			template.WantValue(t, "metadata_options.http_put_response_hop_limit", 1)
			template.WantValue(t, "block_device_mappings.0.ebs.encrypted", "true")
			template.WantValue(t, "block_device_mappings.0.ebs.volume_type", "gp3")
		}
	})
}

// The document's X-Ray role trusts eks.amazonaws.com, the control plane, so that no pod could use it.
func TestServiceAccountRolesTrustOneServiceAccount(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		found := 0
		for _, role := range stack.Resources("aws_iam_role") {
			for _, statement := range policyIn(t, role, "assume_role_policy").Statements {
				if !contains(synth.List(statement.At("Action")), "sts:AssumeRoleWithWebIdentity") {
					continue
				}
				found++
				claims, _ := statement.At("Condition.StringEquals").(map[string]any)
				if len(claims) != 2 {
					t.Errorf("%s demands %v, want sub and aud", role.Address, claims)
				}
			}
		}
		if found < 3 {
			t.Errorf("%d roles for service accounts", found)
		}
	})
}

// The named exceptions to 'nobody speaks to the internet' are HTTPS through NAT, from the nodes and from
// the builds inside the VPC.
func TestOnlyNodesAndBuildsSpeakToTheInternetAndNobodyListens(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, rule := range stack.Resources("aws_vpc_security_group_ingress_rule") {
			if rule.At("cidr_ipv4") == "0.0.0.0/0" {
				t.Errorf("%s listens to the internet", rule.Address)
			}
		}
		var open []string
		for _, rule := range stack.Resources("aws_vpc_security_group_egress_rule") {
			if rule.At("cidr_ipv4") == "0.0.0.0/0" {
				open = append(open,
					strings.TrimPrefix(regexp.MustCompile(`_[0-9A-F]{8}$`).ReplaceAllString(rule.Address, ""),
						"aws_vpc_security_group_egress_rule."))
				rule.WantValue(t, "from_port", 443)
				rule.WantValue(t, "to_port", 443)
				rule.WantValue(t, "ip_protocol", "tcp")
			}
		}
		var want []string
		if environment.Cluster.CloudShell {
			want = append(want, "cluster_cloudshell-to-internet")
		}
		want = append(want, "birthday-app_deploy_network_builds-to-internet", "cluster_nodes-to-internet")
		if environment.Cluster.Deployer == environments.DeployerCodeBuild {
			want = append(want, "deployer_network_builds-to-internet")
		}
		if !slices.Equal(open, want) {
			t.Errorf("rules to the internet: %v, want %v", open, want)
		}
	})
}
