package preflight

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// callerIdentity is what of STS is used.
type callerIdentity interface {
	GetCallerIdentity(
		context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options),
	) (*sts.GetCallerIdentityOutput, error)
}

// identify says who is calling, and whether in the account that the file names. Where it is bad, every other answer
// would be about another account, or none.
func identify(ctx context.Context, client callerIdentity, account environments.Account) (caller string, result Result) {
	const subject = "credentials"
	identity, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	switch {
	case err == nil:
	case ctx.Err() != nil, awsops.IsUnreachable(err):
		return "", unanswered(subject, err)
	default:
		reason, _ := reasonOf(err)
		return "", bad(subject, loginRemedy(account), "%s", reason)
	}
	caller = aws.ToString(identity.Arn)
	if found := aws.ToString(identity.Account); found != account.ID {
		return caller, bad(subject, loginRemedy(account),
			"%s is in account %s, and the file says %s", caller, found, account.ID)
	}
	return caller, good(subject, "account %s, as %s", account.ID, caller)
}

func loginRemedy(account environments.Account) string {
	if account.Role != "" {
		return "log in as somebody who may assume " + account.Role + ", for instance with AWS_PROFILE"
	}
	return "log in to account " + account.ID + ", for instance with AWS_PROFILE"
}
