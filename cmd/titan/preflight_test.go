package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight"
)

// fakeAWS is an account, of that number, without an organization, in which a bucket's name is free or taken.
type fakeAWS struct {
	account string
	bucket  int // what HeadBucket answers
}

// Do implements aws.HTTPClient. The service stands in the signature.
func (f fakeAWS) Do(request *http.Request) (*http.Response, error) {
	code, body, header := http.StatusOK, "", http.Header{}
	switch service := strings.Split(request.Header.Get("Authorization"), "/")[3]; {
	case service == "sts":
		body = fmt.Sprintf(`<R><GetCallerIdentityResult><Arn>arn:aws:iam::%[1]s:root</Arn><Account>%[1]s</Account>`+
			`</GetCallerIdentityResult></R>`, f.account)
	case service == "organizations":
		code, body = http.StatusBadRequest, `{"__type": "AWSOrganizationsNotInUseException"}`
	case service == "ec2":
		body = `<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo>` +
			`</DescribeRegionsResponse>`
	case request.Method == http.MethodHead:
		code = f.bucket
	case service == "s3":
		body = `<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>`
	default: // Service Quotas
		code, header = http.StatusBadRequest, http.Header{"X-Amzn-Errortype": {"AccessDeniedException"}}
		body = `{}`
	}
	return &http.Response{
		StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: request,
	}, nil
}

// preflight runs `titan preflight` on the fixture, whose stacks have a bucket in us-east-1 and nothing else.
func (b *bench) preflight(t *testing.T, account fakeAWS, environment string) int {
	t.Helper()
	o := preflightOptions{run: b.options, environment: environment}
	o.run.synthesized = func(stack string) ([]byte, error) {
		resources := ""
		if strings.HasSuffix(stack, ".global") {
			resources = `, "resource": {"aws_s3_bucket": {"logs": {"bucket": "logs"}}}`
		}
		return []byte(`{"provider": {"aws": [{"region": "us-east-1"}]}` + resources + `}`), nil
	}
	o.run.account = func(context.Context, environments.Account) (func(environments.Region) aws.Config, error) {
		return func(region environments.Region) aws.Config {
			return aws.Config{Region: string(region), HTTPClient: account,
				Credentials: credentials.NewStaticCredentialsProvider("key", "secret", ""),
				Retryer:     func() aws.Retryer { return aws.NopRetryer{} }}
		}, nil
	}
	o.resolver = func() preflight.Resolver {
		t.Error("a resolver was looked for, and nobody asks DNS for an emulator's zones")
		return nil
	}
	command, _, err := newRoot(b.terminal).Find([]string{"preflight"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runPreflight(t.Context(), o), b.terminal, command)
}

const preflightBegins = `AWS is what answers at http://127.0.0.1:4566 (AWS_ENDPOINT_URL)
synthesized prod, prod-dr in 0 s
`

func TestPreflightOfAnUnknownLineIsNoFailure(t *testing.T) {
	b := newBench("")
	b.options.endpoint = "http://127.0.0.1:4566"
	if code := b.preflight(t, fakeAWS{"333333333333", http.StatusNotFound}, "prod"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "screen", b.out.String(), preflightBegins+
		`good     credentials: account 333333333333, as arn:aws:iam::333333333333:root
good     organization: the account is in none, so none forbids anything
good     region us-east-1: enabled
unknown  permissions of the caller in us-east-1: IAM simulates roles and users, and the caller is root
unknown  buckets in the account: needs 1; the quota is unknown: the caller may not call Service Quotas GetServiceQuota
         -> run it as a caller who may
good     bucket logs: free
4 good, 0 bad, 2 unknown
`)
}

func TestPreflightFailsByABadLine(t *testing.T) {
	b := newBench("")
	b.options.endpoint = "http://127.0.0.1:4566"
	if code := b.preflight(t, fakeAWS{"333333333333", http.StatusForbidden}, "prod"); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	end := `bad      bucket logs: taken by another account
         -> choose another project or environment name, of which the bucket's is made
3 good, 1 bad, 2 unknown
`
	if !strings.HasSuffix(b.out.String(), end) {
		t.Errorf("the screen does not end with\n%s\nbut\n%s", end, b.out.String())
	}
	expect(t, "standard error", b.err.String(), "a first apply of prod would fail; mend the bad lines, and run it again\n")
}

func TestPreflightOfAnotherAccountAsksNothingElse(t *testing.T) {
	b := newBench("")
	b.options.endpoint = "http://127.0.0.1:4566"
	if code := b.preflight(t, fakeAWS{"111111111111", http.StatusNotFound}, "prod"); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	expect(t, "screen", b.out.String(), preflightBegins+
		`bad      credentials: arn:aws:iam::111111111111:root is in account 111111111111, and the file says 333333333333
         -> log in to account 333333333333, for instance with AWS_PROFILE
0 good, 1 bad, 0 unknown
`)
}

// What a zone that waits for its delegation leaves out is not asked for, and said to be unknown.
func TestPreflightSaysWhatIsLeftOut(t *testing.T) {
	b := newBench("")
	b.options.endpoint = "http://127.0.0.1:4566"
	if code := b.preflight(t, fakeAWS{"444444444444", http.StatusNotFound}, "new"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	end := `unknown  the stacks of new: left out while the zone waits for its delegation, and so is what they need
         -> delegate it, remove dns.delegated: false, and run it again
3 good, 0 bad, 1 unknown
`
	if !strings.HasSuffix(b.out.String(), end) {
		t.Errorf("the screen does not end with\n%s\nbut\n%s", end, b.out.String())
	}
}

func TestPreflightRefusesWhatIsNoEnvironment(t *testing.T) {
	b := newBench("")
	if code := b.preflight(t, fakeAWS{}, "prdo"); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	expect(t, "standard error", b.err.String(), `no environment is called "prdo"; did you mean "prod"?
there are local, new, prod, prod-dr

usage: titan preflight ENVIRONMENT
help:  titan preflight --help
`)
	if b.synthesized != nil {
		t.Error("it synthesized before it looked whether there is one")
	}
}
