package awsops

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/environments"
)

// answering is an AWS that answers each region as it is told, and keeps which regions were called for what.
func answering(t *testing.T, answer func(region string) (status int, body string)) *[]string {
	t.Helper()
	var calls []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scope := strings.Split(r.Header.Get("Authorization"), "/")
		if err := r.ParseForm(); err != nil || len(scope) < 5 {
			t.Errorf("a call that is not signed: %v, %v", r.Header, err)
			return
		}
		calls = append(calls, scope[2]+" "+r.Form.Get("Action"))
		status, body := answer(scope[2])
		if status == 0 {
			panic(http.ErrAbortHandler) // the connection is dropped
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // a client that is gone is no concern of the server's
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_PROFILE": "", "AWS_SESSION_TOKEN": "", "AWS_ENDPOINT_URL_STS": "",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
	} {
		t.Setenv(name, value)
	}
	return &calls
}

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>` +
	`</GetCallerIdentityResponse>`

const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId>` +
	`<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>` +
	`</Credentials></AssumeRoleResult></AssumeRoleResponse>`

func TestARegionAnswersOrDoesNot(t *testing.T) {
	answering(t, func(region string) (int, string) {
		switch region {
		case "eu-west-1":
			return 0, ""
		case "eu-west-2":
			return http.StatusServiceUnavailable, ""
		case "eu-west-3":
			return http.StatusForbidden, `<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>`
		}
		return http.StatusOK, identity
	})
	account, err := NewAccount(t.Context(), environments.Account{})
	if err != nil {
		t.Fatal(err)
	}
	for region, want := range map[environments.Region]bool{"eu-central-1": true, "eu-west-1": false, "eu-west-2": false} {
		if got, err := account.Answers(t.Context(), region); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", region, got, err, want)
		}
	}
	if _, err := account.Answers(t.Context(), "eu-west-3"); !HasCode(err, "AccessDenied") || IsUnreachable(err) {
		t.Errorf("a region that refuses the caller: %v", err)
	}
}

func TestALostRegionIsNotCalled(t *testing.T) {
	calls := answering(t, func(string) (int, string) { return http.StatusOK, identity })
	account, err := NewAccount(t.Context(), environments.Account{Role: "arn:aws:iam::1:role/r"})
	if err != nil {
		t.Fatal(err)
	}
	account.Lose("eu-west-1")
	_, err = sts.NewFromConfig(account.In("eu-west-1")).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	var lost *LostError
	if !errors.As(err, &lost) || lost.Region != "eu-west-1" || !IsUnreachable(err) {
		t.Errorf("got %v", err)
	}
	if len(*calls) > 0 {
		t.Errorf("it was called: %v", *calls)
	}
}

func TestARoleIsAssumedInTheRegionOfTheCall(t *testing.T) {
	action := 0
	calls := answering(t, func(string) (int, string) {
		action++
		return http.StatusOK, []string{assumed, identity}[(action-1)%2]
	})
	account, err := NewAccount(t.Context(), environments.Account{Role: "arn:aws:iam::1:role/r"})
	if err != nil {
		t.Fatal(err)
	}
	for _, region := range []environments.Region{"eu-west-1", "us-east-1"} {
		if _, err := account.Answers(t.Context(), region); err != nil {
			t.Error(err)
		}
	}
	want := "eu-west-1 AssumeRole, eu-west-1 GetCallerIdentity, us-east-1 AssumeRole, us-east-1 GetCallerIdentity"
	if got := strings.Join(*calls, ", "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestACallerThatGaveUpHasNotLostARegion(t *testing.T) {
	answering(t, func(string) (int, string) { return http.StatusOK, identity })
	account, err := NewAccount(t.Context(), environments.Account{})
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := account.Answers(gone, "eu-west-1"); err == nil || IsUnreachable(err) {
		t.Errorf("got %v", err)
	}
}
