package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const lookingUp = `{"provider":{"aws":[{"region":"eu-west-1"}]},"data":{
"aws_route53_zone":{"zone":{"name":"example.com"},"again":{"name":"example.com"}},
"aws_secretsmanager_secret_version":{"a":{"secret_id":"titan-prod-origin-a"},
"own":{"secret_id":"${aws_secretsmanager_secret.own.id}"}},
"aws_ssm_parameter":{"image":{"name":"/titan-prod/app/image"},"ami":{"name":"/aws/service/eks/ami"}}}}`

// token is what the SDK makes up for each call, so that AWS takes a repeated one once.
var token = regexp.MustCompile(`"ClientRequestToken":"[^"]+",`)

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
	}))
	defer server.Close()
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1") // which a user's shell may have
	l := lookups{url: server.URL, made: map[string]bool{}}
	for range 2 {
		if err := l.make(t.Context(), []byte(lookingUp)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`route53 us-east-1 /2013-04-01/hostedzone  <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">` +
			`<CallerReference>looked-up</CallerReference><Name>example.com</Name></CreateHostedZoneRequest>`,
		`secretsmanager eu-west-1 / secretsmanager.CreateSecret {"Name":"titan-prod-origin-a","SecretString":"looked-up"}`,
		`ssm eu-west-1 / AmazonSSM.PutParameter {"Name":"/titan-prod/app/image","Type":"String",` +
			`"Value":"looked-up.example.com/image@sha256:` + strings.Repeat("0", 64) + `"}`,
	}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Error(diff)
	}
	status = http.StatusForbidden
	l.made = map[string]bool{}
	err := l.make(t.Context(), []byte(lookingUp))
	if err == nil || !strings.Contains(err.Error(), `making zone "example.com" on the emulator: operation error Route 53`) {
		t.Errorf("got %v", err)
	}
}
