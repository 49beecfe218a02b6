package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const lookingUp = `{"provider":{"aws":[{"region":"eu-west-1",
"assume_role":[{"role_arn":"arn:aws:iam::111111111111:role/deployment/titan"}]}]},"data":{
"aws_route53_zone":{"zone":{"name":"example.com"},"again":{"name":"example.com"},"shared":{"zone_id":"Z0123456789ABCDEFGHIJ"}},
"aws_secretsmanager_secret":{"login":{"name":"ecr-pullthroughcache/github"},
"again":{"name":"titan-prod-origin-a"},"own":{"arn":"${aws_secretsmanager_secret.own.arn}"}},
"aws_secretsmanager_secret_version":{"a":{"secret_id":"titan-prod-origin-a"},
"own":{"secret_id":"${aws_secretsmanager_secret.own.id}"}},
"aws_ssm_parameter":{"image":{"name":"/titan-prod/app/image"},"ami":{"name":"/aws/service/eks/ami"}}}}`

// token is what the SDK makes up for each call, so that AWS takes a repeated one once.
var token = regexp.MustCompile(`"ClientRequestToken":"[^"]+",`)

// answers are as much of what services answer as the SDK asks for.
var answers = map[string]string{
	"iam":            "<CreateRoleResponse><CreateRoleResult/></CreateRoleResponse>",
	"route53":        "<CreateHostedZoneResponse><HostedZone><Id>/hostedzone/ZEMULATED</Id></HostedZone></CreateHostedZoneResponse>",
	"secretsmanager": "{}",
	"ssm":            "{}",
}

func TestWhatIsLookedUpIsMadeOnce(t *testing.T) {
	var calls []string
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		scope := strings.Split(r.Header.Get("Authorization"), "/")
		body = token.ReplaceAll(body, nil)
		call := []string{scope[3], scope[2], r.URL.Path, r.Header.Get("X-Amz-Target"), string(body)}
		calls = append(calls, strings.Join(call, " "))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answers[scope[3]]) // else the caller says so
	}))
	defer server.Close()
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1") // which a user's shell may have
	l := newLookups(server.URL)
	for range 2 {
		found, err := l.make(t.Context(), []byte(lookingUp))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(string(found), "ZEMULATED", "Z0123456789ABCDEFGHIJ"); got != lookingUp || got == string(found) {
			t.Errorf("the stack that finds what was made is\n%s", found)
		}
	}
	want := []string{
		`iam us-east-1 /  Action=CreateRole&AssumeRolePolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D` +
			`&Path=%2Fdeployment%2F&RoleName=titan&Version=2010-05-08`,
		`route53 us-east-1 /2013-04-01/hostedzone  <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">` +
			`<CallerReference>looked-up-</CallerReference><Name>example.com</Name></CreateHostedZoneRequest>`,
		`route53 us-east-1 /2013-04-01/hostedzone  <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">` +
			`<CallerReference>looked-up-Z0123456789ABCDEFGHIJ</CallerReference><Name>looked-up.example.com</Name></CreateHostedZoneRequest>`,
		`secretsmanager eu-west-1 / secretsmanager.CreateSecret {"Name":"ecr-pullthroughcache/github","SecretString":"looked-up"}`,
		`secretsmanager eu-west-1 / secretsmanager.CreateSecret {"Name":"titan-prod-origin-a","SecretString":"looked-up"}`,
		`ssm eu-west-1 / AmazonSSM.PutParameter {"Name":"/titan-prod/app/image","Type":"String",` +
			`"Value":"looked-up.example.com/image@sha256:` + strings.Repeat("0", 64) + `"}`,
	}
	slices.Sort(calls)
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Error(diff)
	}
	status = http.StatusForbidden
	_, err := newLookups(server.URL).make(t.Context(), []byte(lookingUp))
	if err == nil || !strings.Contains(err.Error(), `making role "arn:aws:iam::111111111111:role/deployment/titan" on the emulator: operation error IAM`) {
		t.Errorf("got %v", err)
	}
}
