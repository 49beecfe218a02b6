package preflight

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/titan-platform/titan/environments"
)

// denying is an AWS that knows the caller, and denies every other call. In one region it does not answer at all.
type denying struct{ lost environments.Region }

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>` + caller + `</Arn><Account>` + account +
	`</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

// Do implements aws.HTTPClient. The service and region of a call stand in its signature.
func (d denying) Do(request *http.Request) (*http.Response, error) {
	scope := strings.Split(request.Header.Get("Authorization"), "/")
	region, service := scope[2], scope[3]
	if region == string(d.lost) {
		<-request.Context().Done()
		return nil, request.Context().Err()
	}
	answer := func(code int, body string) (*http.Response, error) {
		header := http.Header{"X-Amzn-Errortype": {"AccessDeniedException"}}
		return &http.Response{
			StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: request,
		}, nil
	}
	switch service {
	case "sts":
		return answer(http.StatusOK, identity)
	case "ec2":
		return answer(http.StatusForbidden,
			`<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>`)
	case "iam", "rds", "elasticache", "elasticloadbalancing", "s3", "route53", "cloudfront":
		return answer(http.StatusForbidden, `<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>`)
	}
	return answer(http.StatusForbidden, `{}`)
}

func (d denying) in(region environments.Region) aws.Config {
	return aws.Config{
		Region: string(region), HTTPClient: d, Credentials: credentials.NewStaticCredentialsProvider("key", "secret", ""),
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}
}

func (d denying) preflight(t *testing.T) Preflight {
	return Preflight{
		Account: environments.Account{ID: account}, Needs: production(t), In: d.in, Time: time.Second,
	}
}

// TestADeniedQuestionIsNeverGood asks everything of an account that answers nothing. Dry runs are denied for certain.
func TestADeniedQuestionIsNeverGood(t *testing.T) {
	var told []Result
	tally := denying{}.preflight(t).Run(t.Context(), func(r Result) { told = append(told, r) })
	expect(t, told[:1], "good credentials: account 333333333333, as "+caller)
	for _, result := range told[1:] {
		switch {
		case result.Severity == Bad && strings.HasPrefix(result.Subject, "ec2:"):
		case result.Severity != Unknown:
			t.Errorf("nobody could be asked, and yet: %s", line(result))
		case !strings.Contains(result.Detail, "the caller may not call") && !strings.Contains(result.Detail, "emulator"):
			t.Errorf("it does not say why: %s", line(result))
		}
	}
	if tally[Good] != 1 || tally[Bad] != len(dryRuns) || tally[Unknown] != len(told)-1-len(dryRuns) {
		t.Errorf("counted %v of %d", tally, len(told))
	}
}

// TestALostRegionLeavesTheOthers has the home region answer nothing. Its lines say so, but for what IAM says of it,
// which is asked elsewhere; the others are as ever.
func TestALostRegionLeavesTheOthers(t *testing.T) {
	late, others := 0, 0
	denying{lost: home}.preflight(t).Run(t.Context(), func(r Result) {
		isLate := strings.Contains(r.Detail, "was not answered in time")
		inHome := strings.Contains(r.Subject, string(home)) && !strings.HasPrefix(r.Subject, "permissions")
		switch {
		case isLate != inHome || isLate && r.Severity != Unknown:
			t.Errorf("got %s", line(r))
		case isLate:
			late++
		default:
			others++
		}
	})
	if late == 0 || others == 0 {
		t.Errorf("%d lines came late, %d did not", late, others)
	}
}

// TestBadCredentialsEndIt looks for another account, and asks nothing else.
func TestBadCredentialsEndIt(t *testing.T) {
	p := denying{}.preflight(t)
	p.Account.ID = "111111111111"
	var told []Result
	if tally := p.Run(t.Context(), func(r Result) { told = append(told, r) }); tally[Bad] != 1 || len(told) != 1 {
		t.Errorf("told %v", lines(told))
	}
}
