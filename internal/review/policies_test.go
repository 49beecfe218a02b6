package review

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// quoted is a text as JSON has it.
func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(encoded)
}

const (
	readOne = `{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow",` +
		`"Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::a"}]}`
	// readOneToo says the same in another way.
	readOneToo = `{"Statement":{"Effect":"Allow","Resource":["arn:aws:s3:::a"],` +
		`"Action":["s3:ListBucket","s3:GetObject"]},"Version":"2012-10-17"}`
	readAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	overTLS = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",` +
		`"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
	everybody = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",` +
		`"Resource":"*"}}`
)

func policy(text string) string { return `{"policy":` + quoted(text) + `,"bucket":"a","role":"r"}` }

func TestPolicies(t *testing.T) {
	for name, c := range map[string]struct {
		resource resource
		want     string
	}{
		"another one": {planned("aws_iam_role_policy", Update, policy(readOne), policy(readAll)),
			"policy newly allows"},
		"the same": {planned("aws_iam_role_policy", Update, policy(readOne), policy(readOneToo)), ""},
		"one more": {planned("aws_iam_role_policy", Create, "", policy(readOne)), "policy newly allows"},
		"a trust": {planned("aws_iam_role", Update, `{"assume_role_policy":`+quoted(readOne)+`}`,
			`{"assume_role_policy":`+quoted(readAll)+`}`), "assume_role_policy newly allows"},
		"known later": {planned("aws_kms_key", Update, policy(readOne), `{}`).unknown(`{"policy":true}`),
			"policy is known only after the apply, and can't be compared"},
		"not JSON": {planned("aws_sns_topic", Update, policy(readOne), policy("{")), "policy can't be compared"},
		"a denial that ends": {planned("aws_s3_bucket_policy", Delete, policy(overTLS), ""),
			"policy denies less than before"},
		"everybody, at once": {planned("aws_s3_bucket", Create, "", policy(everybody)),
			"policy lets everybody in, without a condition"},
		"nobody yet":           {planned("aws_sns_topic", Create, "", policy(readOne)), ""},
		"permissions that end": {planned("aws_s3_bucket_policy", Delete, policy(readOne), ""), ""},
		"a role's own block": {planned("aws_iam_role", Update,
			`{"inline_policy":[{"name":"a","policy":`+quoted(readOne)+`}]}`,
			`{"inline_policy":[{"name":"a","policy":`+quoted(readAll)+`}]}`), "inline_policy[a].policy newly allows"},
	} {
		var got []string
		for _, f := range Of(reviewed(t, c.resource).Failures(), Exposure) {
			got = append(got, f.Summary)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestTheComparisonIsTheCallers hands the review a comparison, and looks at what it is asked.
func TestTheComparisonIsTheCallers(t *testing.T) {
	change := planned("aws_s3_bucket_policy", Update, policy(overTLS), policy(readOne))
	var asked []string
	compare := func(before, after []byte) ([]string, error) {
		asked = append(asked, string(before)+" → "+string(after))
		if strings.Contains(string(after), "SecureTransport") {
			return []string{"everybody: s3:* on * without TLS"}, nil
		}
		return nil, nil
	}
	report := Review([]Plan{planOf(t, "prod", change)}, Rules{Policies: compare})
	if len(asked) != 3 || !strings.HasSuffix(asked[0], readOne) {
		t.Errorf("asked %q", asked)
	}
	if f := report.Failures(); len(f) != 1 || f[0].Summary != "policy denies less than before" ||
		f[0].Detail != "everybody: s3:* on * without TLS" {
		t.Errorf("got %+v", f)
	}
	failing := func([]byte, []byte) ([]string, error) { return nil, errors.New("it has 5 kinds of condition") }
	report = Review([]Plan{planOf(t, "prod", change)}, Rules{Policies: failing})
	if f := report.Failures(); len(f) != 1 || f[0].Summary != "policy can't be compared" {
		t.Errorf("an error: %+v", f)
	}
}

// What the provider computes is AWS's to say, and no finding; what the configuration refers to is one.
func TestWhatTheConfigurationDoesNotHave(t *testing.T) {
	for name, want := range map[string]int{"display_name": 0, "policy": 1} {
		changed := planned("aws_sns_topic", Update, policy(readOne), `{}`).unknown(`{"policy":true}`)
		text := planText(t, map[string]any{"configuration": map[string]any{"root_module": map[string]any{"resources": []any{
			map[string]any{"address": "aws_sns_topic.x", "mode": "managed", "type": "aws_sns_topic", "name": "x",
				"expressions": map[string]any{name: map[string]any{"references": []string{"aws_kms_key.x"}}}}}}}}, changed)
		plan, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if report := Review([]Plan{plan}, Rules{}); len(report.Findings) != want {
			t.Errorf("with %s in the configuration: %s", name, told(report))
		}
	}
}
