package preflight

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/environments"
)

type fakeSTS struct {
	account string
	err     error
}

func (f fakeSTS) GetCallerIdentity(
	context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options),
) (*sts.GetCallerIdentityOutput, error) {
	return &sts.GetCallerIdentityOutput{Account: &f.account, Arn: aws.String(caller)}, f.err
}

func TestIdentity(t *testing.T) {
	const role = "arn:aws:iam::333333333333:role/deployer"
	for _, c := range []struct {
		client fakeSTS
		role   string
		want   string
	}{
		{client: fakeSTS{account: account}, want: "good credentials: account 333333333333, as " + caller},
		{client: fakeSTS{account: "111111111111"}, want: "bad credentials: " + caller +
			" is in account 111111111111, and the file says 333333333333 " +
			"-> log in to account 333333333333, for instance with AWS_PROFILE"},
		{client: fakeSTS{err: refusal("STS", "GetCallerIdentity", "ExpiredToken", "it has expired")},
			want: "bad credentials: STS GetCallerIdentity: ExpiredToken it has expired " +
				"-> log in to account 333333333333, for instance with AWS_PROFILE"},
		{client: fakeSTS{err: deniedCall("STS", "AssumeRole")}, role: role,
			want: "bad credentials: the caller may not call STS AssumeRole " +
				"-> log in as somebody who may assume " + role + ", for instance with AWS_PROFILE"},
		{client: fakeSTS{err: status(503)},
			want: "unknown credentials: nothing answered the call -> check the way to the region, and run it again"},
	} {
		_, got := identify(t.Context(), c.client, environments.Account{ID: account, Role: c.role})
		expect(t, []Result{got}, c.want)
	}
}
