package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// brokenRule is what demoBreak deletes: without it no pod reaches the database.
const brokenRule = "aws_vpc_security_group_ingress_rule.database_access_database-from-nodes"

// demoBreak deletes a security group rule of the local environment, and leaves Terraform's state as it is.
func demoBreak(ctx context.Context, o demoOptions) error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		return fmt.Errorf("no emulator is running; start the demo: %s demo up", program)
	}
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	state, err := folderOf(localEnvironment, env).Run(ctx, "show", "-json", "-no-color")
	if err != nil {
		return err
	}
	rule, err := findRule(state, brokenRule)
	if err != nil {
		return err
	}
	local, _, err := loadLocal()
	if err != nil {
		return err
	}
	if err := rule.revoke(ctx, session.URL, string(local.Region)); err != nil {
		return err
	}
	o.terminal.printf("deleted %s, a rule of %s: %s\nno pod reaches the database any more, and Terraform does not know\n",
		rule.ID, rule.Group, brokenRule)
	return nil
}

// securityGroupRule is an ingress rule as Terraform's state has it.
type securityGroupRule struct {
	ID    string `json:"security_group_rule_id"`
	Group string `json:"security_group_id"`
}

// findRule finds a rule in a state in Terraform's JSON form by its address without its hash.
func findRule(state []byte, address string) (securityGroupRule, error) {
	var shown struct {
		Values struct {
			Root struct {
				Resources []struct {
					Address string
					Values  json.RawMessage
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal(state, &shown); err != nil {
		return securityGroupRule{}, fmt.Errorf("reading the state of %s: %w", localEnvironment, err)
	}
	for _, resource := range shown.Values.Root.Resources {
		if terraform.WithoutHash(resource.Address) != address {
			continue
		}
		var rule securityGroupRule
		if err := json.Unmarshal(resource.Values, &rule); err != nil {
			return securityGroupRule{}, fmt.Errorf("reading %s in the state: %w", resource.Address, err)
		}
		return rule, nil
	}
	return securityGroupRule{}, fmt.Errorf("the state of %s has no %s; deploy it first: %s demo up",
		localEnvironment, address, program)
}

// revoke deletes the rule on the emulator, and reaches nothing else.
func (r securityGroupRule) revoke(ctx context.Context, url, region string) error {
	client := ec2.NewFromConfig(aws.Config{
		Region: region, BaseEndpoint: aws.String(url),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	_, err := client.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{
		GroupId: &r.Group, SecurityGroupRuleIds: []string{r.ID},
	})
	if err != nil {
		return fmt.Errorf("deleting security group rule %s: %w", r.ID, err)
	}
	return nil
}

// loadLocal is the local environment, and all that it is loaded with.
func loadLocal() (local environments.Environment, all []environments.Environment, err error) {
	if all, err = loadEnvironments(); err != nil {
		return local, nil, err
	}
	local, err = named(all, localEnvironment)
	return local, all, err
}
