package preflight

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// principals is what of IAM is used.
type principals interface {
	roles
	GetUser(context.Context, *iam.GetUserInput, ...func(*iam.Options)) (*iam.GetUserOutput, error)
}

type roles interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
}

// askPrincipals asks for the principals of access entries: EKS refuses one that does not exist (Amazon EKS User Guide,
// 'Create access entries').
func askPrincipals(ctx context.Context, client principals, account string, named []string) []Result {
	var results []Result
	for _, principal := range named {
		results = append(results, askPrincipal(ctx, client, account, principal))
	}
	return results
}

func askPrincipal(ctx context.Context, client principals, account, principal string) Result {
	remedy := "make it, or take it out of cluster.admins and cluster.readers"
	parsed, err := arn.Parse(principal)
	if err != nil {
		return bad(principal, remedy, "it is no ARN")
	}
	if parsed.AccountID != account {
		return unknown(principal, "ask in account "+parsed.AccountID, "it is in another account, which is not asked")
	}
	kind, path, _ := strings.Cut(parsed.Resource, "/")
	name := path[strings.LastIndex(path, "/")+1:]
	var found *string
	switch kind {
	case "role":
		var role *iam.GetRoleOutput
		if role, err = client.GetRole(ctx, &iam.GetRoleInput{RoleName: &name}); err == nil {
			found = role.Role.Arn
		}
	case "user":
		var user *iam.GetUserOutput
		if user, err = client.GetUser(ctx, &iam.GetUserInput{UserName: &name}); err == nil {
			found = user.User.Arn
		}
	default:
		return bad(principal, remedy,
			"it is neither an IAM role nor an IAM user, the only principals that an access entry takes")
	}
	var missing *types.NoSuchEntityException
	switch {
	case errors.As(err, &missing):
		return bad(principal, remedy, "the account has no such %s", kind)
	case err != nil:
		return unanswered(principal, err)
	case aws.ToString(found) != principal:
		return bad(principal, "write its whole ARN, with the path", "the %s of that name is %s", kind, aws.ToString(found))
	}
	return good(principal, "the %s exists", kind)
}
