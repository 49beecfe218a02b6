// Package servicelinkedroles makes the service-linked roles that a service wants to find at the very first call of an
// account, and that Terraform does not wait for.
package servicelinkedroles

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// Role is a service-linked role.
type Role struct {
	Name    string // AWSServiceRoleForRDS
	Service string // rds.amazonaws.com
}

// Wanted are the roles of the services that make theirs at the first call, and refuse that call until it is there
// (Amazon RDS and ElastiCache User Guides, 'Using service-linked roles'; docs/firstapply.md).
var Wanted = []Role{
	{Name: "AWSServiceRoleForRDS", Service: "rds.amazonaws.com"},
	{Name: "AWSServiceRoleForElastiCache", Service: "elasticache.amazonaws.com"},
}

// IAM is what of IAM is used.
type IAM interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
	CreateServiceLinkedRole(
		context.Context, *iam.CreateServiceLinkedRoleInput, ...func(*iam.Options),
	) (*iam.CreateServiceLinkedRoleOutput, error)
}

// Roles are the service-linked roles of an account.
type Roles struct{ IAM IAM }

// Of are the service-linked roles of an account. IAM is controlled from us-east-1.
func Of(account *awsops.Account) Roles {
	return Roles{IAM: iam.NewFromConfig(account.In(environments.GlobalRegion))}
}

// Make makes those of some roles that are not there, and returns their names. A role that somebody else makes meanwhile
// is one that is there: IAM answers InvalidInput then (IAM API Reference, CreateServiceLinkedRole).
func (r Roles) Make(ctx context.Context, roles ...Role) (made []string, err error) {
	for _, role := range roles {
		_, err := r.IAM.GetRole(ctx, &iam.GetRoleInput{RoleName: &role.Name})
		if err == nil {
			continue
		}
		if !awsops.HasCode(err, "NoSuchEntity") {
			return made, fmt.Errorf("asking for role %s: %w", role.Name, err)
		}
		_, err = r.IAM.CreateServiceLinkedRole(ctx, &iam.CreateServiceLinkedRoleInput{
			AWSServiceName: aws.String(role.Service),
		})
		if err != nil && !awsops.HasCode(err, "InvalidInput") {
			return made, fmt.Errorf("making role %s: %w", role.Name, err)
		}
		made = append(made, role.Name)
	}
	return made, nil
}
