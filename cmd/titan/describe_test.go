package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/pathproof"
)

// describedStacks are small stacks of the fixture's prod: a database that nodes and their load balancer lead to, and a
// secret that one service account reads.
var describedStacks = map[string]string{
	"prod": `{
		"provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["333333333333"]}]},
		"output": {"url": {"description": "what users call", "value": "https://prod.example.com"},
			"vpc_id": {"description": "the VPC", "value": "${aws_security_group.data.vpc_id}"}},
		"data": {"aws_ec2_managed_prefix_list": {"cdn": {"name": "com.amazonaws.global.cloudfront.origin-facing"}}},
		"resource": {
			"aws_security_group": {"balancer": {}, "nodes": {}, "data": {}},
			"aws_lb": {"alb": {"security_groups": ["${aws_security_group.balancer.id}"]}},
			"aws_launch_template": {"nodes": {"vpc_security_group_ids": ["${aws_security_group.nodes.id}"],
				"metadata_options": {"http_tokens": "required", "http_put_response_hop_limit": 1}}},
			"aws_rds_cluster": {"aurora": {"cluster_identifier": "birthday-db-prod",
				"vpc_security_group_ids": ["${aws_security_group.data.id}"]}},
			"aws_vpc_security_group_ingress_rule": {
				"cdn": {"security_group_id": "${aws_security_group.balancer.id}", "ip_protocol": "tcp", "from_port": 443,
					"to_port": 443, "prefix_list_id": "${data.aws_ec2_managed_prefix_list.cdn.id}"},
				"traffic": {"security_group_id": "${aws_security_group.nodes.id}", "ip_protocol": "tcp", "from_port": 8000,
					"to_port": 8000, "referenced_security_group_id": "${aws_security_group.balancer.id}"},
				"sql": {"security_group_id": "${aws_security_group.data.id}", "ip_protocol": "tcp", "from_port": 5432,
					"to_port": 5432, "referenced_security_group_id": "${aws_security_group.nodes.id}"}},
			"aws_vpc_security_group_egress_rule": {
				"balancer": {"security_group_id": "${aws_security_group.balancer.id}", "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"},
				"nodes": {"security_group_id": "${aws_security_group.nodes.id}", "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}},
			"aws_secretsmanager_secret": {"db": {"name": "db-credentials-prod"}},
			"aws_secretsmanager_secret_policy": {"db": {"secret_arn": "${aws_secretsmanager_secret.db.arn}",
				"policy": "{\"Statement\":[{\"Sid\":\"OnlyReaders\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\",\"Condition\":{\"ArnNotEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::333333333333:role/titan-prod-external-secrets\"}}}]}"}},
			"aws_eks_cluster": {"eks": {"name": "c", "vpc_config": {"endpoint_public_access": false}}},
			"aws_iam_openid_connect_provider": {"oidc": {"url": "${aws_eks_cluster.eks.identity[0].oidc[0].issuer}"}},
			"aws_iam_role": {"reader": {"name": "titan-prod-external-secrets",
				"assume_role_policy": "{\"Statement\":{\"Sid\":\"Pod\",\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"${aws_iam_openid_connect_provider.oidc.arn}\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":{\"x:aud\":\"sts.amazonaws.com\",\"x:sub\":\"system:serviceaccount:external-secrets:external-secrets\"}}}}"}},
			"aws_iam_role_policy": {"reader": {"role": "${aws_iam_role.reader.name}",
				"policy": "{\"Statement\":[{\"Sid\":\"Read\",\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-*\"}]}"}}
		}}`,
}

// describe runs `titan describe` on the fixture, with a text replaced in its stacks by another.
func (b *bench) describe(t *testing.T, environment string, reach, read []string, old, new string) int {
	t.Helper()
	o := describeOptions{run: b.options, environment: environment, reach: reach, read: read}
	load := o.run.environments
	o.run.environments = func() ([]environments.Environment, error) {
		all, err := load()
		for i := range all {
			all[i].Tier, all[i].Edge.Enabled = environments.Production, true
		}
		return all, err
	}
	o.synthesized = func(stack string) ([]byte, error) {
		text, ok := describedStacks[stack]
		if !ok {
			text = `{"provider": {"aws": [{"region": "us-east-1", "allowed_account_ids": ["333333333333"]}]}}`
		}
		return []byte(strings.Replace(text, old, new, 1)), nil
	}
	command, _, err := newRoot(b.terminal).Find([]string{"describe"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runDescribe(t.Context(), o), b.terminal, command)
}

func TestDescribe(t *testing.T) {
	b := newBench("")
	if code := b.describe(t, "prod", nil, nil, "", ""); code != exitDone {
		t.Fatalf("exit code %d\n%s%s", code, b.out.String(), b.err.String())
	}
	facts, invariants, _ := strings.Cut(b.out.String(), "\ninvariants\n")
	expect(t, "the facts", facts, `synthesized prod, prod-dr in 0 s

prod: production in account production (333333333333), eu-west-1

stacks
  bootstrap.production.eu-west-1       eu-west-1        0 resources
  bootstrap.production.eu-central-1    eu-central-1     0 resources
  account.production.eu-west-1         eu-west-1        0 resources
  account.production.eu-central-1      eu-central-1     0 resources
  prod.zone                            us-east-1        0 resources
  prod.second                          eu-central-1     0 resources
  prod                                 eu-west-1       17 resources
  prod.global                          us-east-1        0 resources
  prod.platform                        eu-west-1        0 resources

resources by module
  alb                                     1
  aurora                                  1
  balancer                                2
  cdn                                     1
  data                                    1
  db                                      2
  eks                                     1
  nodes                                   3
  oidc                                    1
  reader                                  2
  sql                                     1
  traffic                                 1

names and endpoints
  url                                  https://prod.example.com
  vpc_id                               (the VPC)

cost: about 73 USD a month at list prices, without what has none (titan cost prod)
  eks                                        73
  db                                       0.40

roles, and who becomes them
  titan-prod-external-secrets                  external-secrets/external-secrets

to ask about
  --reach  database, loadbalancer, nodes
  --read   db-credentials-prod
`)
	lines := strings.Split(strings.TrimSpace(invariants), "\n")
	if len(lines) != len(pathproof.Invariants)+1 {
		t.Fatalf("%d lines of invariants, want one each and a last one:\n%s", len(lines), invariants)
	}
	expect(t, "the first", strings.TrimSpace(lines[0]), "✓ Aurora answers the nodes: nodes on tcp 5432")
	expect(t, "the second", lines[1], "  ✓ Redis answers the nodes alone: it has none of that")
	expect(t, "the last", lines[len(lines)-1], fmt.Sprintf("all %d hold", len(pathproof.Invariants)))
}

func TestDescribeFailsWhereAnInvariantIsBroken(t *testing.T) {
	b := newBench("")
	code := b.describe(t, "prod", nil, nil, `"sql": {`, `"planted": {"security_group_id": "${aws_security_group.data.id}",
		"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"}, "sql": {`)
	if code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	_, broken, _ := strings.Cut(b.out.String(), "✗")
	broken, _, _ = strings.Cut(broken, "  ✓")
	expect(t, "the broken one", broken, ` Aurora answers the nodes: 10.0.0.0/8 on all ports, nodes on tcp 5432
    10.0.0.0/8 on all ports is not expected
      10.0.0.0/8 → database all ports
        by prod: aws_vpc_security_group_ingress_rule.planted
`)
	expect(t, "the error", b.err.String(), fmt.Sprintf(
		"prod breaks 1 of %d invariants; docs/security.md says what they are for\n", len(pathproof.Invariants)))
}

func TestDescribeSaysTheChains(t *testing.T) {
	b := newBench("")
	if code := b.describe(t, "prod", []string{"database"}, []string{"db-credentials"}, "", ""); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	expect(t, "the chains", b.out.String(), `synthesized prod, prod-dr in 0 s

who reaches database in prod
    nodes on tcp 5432
      CloudFront → loadbalancer tcp 443
        by prod: aws_vpc_security_group_ingress_rule.cdn
      loadbalancer → nodes tcp 8000
        by prod: aws_vpc_security_group_ingress_rule.traffic and prod: aws_vpc_security_group_egress_rule.balancer
      nodes → database tcp 5432
        by prod: aws_vpc_security_group_ingress_rule.sql and prod: aws_vpc_security_group_egress_rule.nodes

who reads db-credentials-prod in prod
    titan-prod-external-secrets
      external-secrets/external-secrets → titan-prod-external-secrets
        by prod: aws_iam_role.reader, statement Pod
      titan-prod-external-secrets → secretsmanager:GetSecretValue db-credentials-prod
        by prod: aws_iam_role_policy.reader, statement Read
`)
}

func TestDescribeRefusesUnknownNames(t *testing.T) {
	const usage = "\n\nusage: titan describe ENVIRONMENT [flags]\nhelp:  titan describe --help\n"
	for name, c := range map[string]struct {
		environment string
		reach, read []string
		want        string
	}{
		"an environment": {"prd", nil, nil, "no environment is called \"prd\"; did you mean \"prod\"?\nthere are local, new, prod, prod-dr"},
		"what is reached": {"prod", []string{"databse"}, nil,
			"--reach: prod has no \"databse\"; did you mean \"database\"?\nthere are database, loadbalancer, nodes"},
		"what is read": {"prod", nil, []string{"x"}, "--read: prod has no \"x\"\nthere are db-credentials-prod"},
	} {
		b := newBench("")
		if code := b.describe(t, c.environment, c.reach, c.read, "", ""); code != exitUsage {
			t.Errorf("%s: exit code %d, want %d", name, code, exitUsage)
		}
		expect(t, name, b.err.String(), c.want+usage)
	}
}
