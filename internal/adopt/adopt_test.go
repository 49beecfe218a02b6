package adopt

import (
	"strings"
	"testing"
)

func TestImports(t *testing.T) {
	got, err := Imports([]byte(`{"resource": {
		"aws_s3_bucket": {"state": {"bucket": "titan-dev-state"}},
		"aws_s3_bucket_versioning": {"versioning": {"bucket": "${aws_s3_bucket.state.id}"}},
		"aws_kms_key": {"key": {}},
		"aws_kms_alias": {"alias": {"name": "alias/titan-dev-state", "target_key_id": "${aws_kms_key.key.key_id}"}}
	}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"id": "titan-dev-state",
      "to": "aws_s3_bucket_versioning.versioning"`,
		`"id": "${data.aws_kms_alias.key.target_key_id}",
      "to": "aws_kms_key.key"`,
		`"key": {
        "name": "alias/titan-dev-state"
      }`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestWhatCannotBeImportedIsNamed(t *testing.T) {
	for stack, want := range map[string]string{
		`{"resource": {"aws_sqs_queue": {"queue": {}}}}`: "importing aws_sqs_queue.queue: " +
			"no import id is known for this type",
		`{"resource": {"aws_kms_key": {"key": {}}}}`: "importing aws_kms_key.key: it has no alias to find it by",
		`{"resource": {"aws_s3_bucket_policy": {"policy": {"bucket": "elsewhere"}}}}`: "importing " +
			"aws_s3_bucket_policy.policy: its bucket is elsewhere, want one of the stack",
		`not JSON`: "finding what to import",
	} {
		if _, err := Imports([]byte(stack)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", stack, err, want)
		}
	}
}
