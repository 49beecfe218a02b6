package scan

import (
	"fmt"
	"strings"
	"testing"
)

const synthesized = `{
	"resource": {
		"aws_iam_role_policy": {"one": {"policy": "{\"Statement\":[{\"Resource\":\"${aws_kms_key.data_1.arn}\"}]}", "name": "no document"}},
		"aws_sqs_queue": {"two": {"nested": [{"policy": " {\"Statement\":[{\"Resource\":\"arn:aws:s3:::${aws_s3_bucket.logs_1.bucket}/*\"}]}"}]}}
	},
	"data": {"aws_iam_policy_document": {"three": {"json": "{\"Statement\":[{\"Principal\":\"${local.issuer}\"}]}"}}}
}`

func TestDocumentsAreFoundWhereverTheyStand(t *testing.T) {
	documents, err := Documents([]byte(synthesized))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`aws_iam_role_policy.one policy {"Statement":[{"Resource":"arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-1111-1111-111111111111"}]}`,
		`aws_sqs_queue.two nested.0.policy  {"Statement":[{"Resource":"arn:aws:s3:::sample/*"}]}`,
		`data.aws_iam_policy_document.three json {"Statement":[{"Principal":"sample"}]}`,
	}
	if len(documents) != len(want) {
		t.Fatalf("%d documents, want %d: %v", len(documents), len(want), documents)
	}
	for i, d := range documents {
		if got := fmt.Sprintf("%s %s %s", d.Resource, d.Attribute, d.Document); got != want[i] {
			t.Errorf("got  %s\nwant %s", got, want[i])
		}
	}
}

// What has no sample would be judged as something else.
func TestReferenceWithoutASampleIsAnError(t *testing.T) {
	_, err := Documents([]byte(strings.Replace(synthesized, "aws_kms_key.data_1.arn", "aws_new_thing.x.arn", 1)))
	if err == nil || !strings.Contains(err.Error(), "add aws_new_thing to samples in internal/scan/iam.go") {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsLintedWithoutALinter(t *testing.T) {
	findings, err := LintIAM(t.Context(), t.TempDir(), "dev", nil) // a stack that holds a zone alone
	if findings != nil || err != nil {
		t.Errorf("got %v, %v", findings, err)
	}
}
