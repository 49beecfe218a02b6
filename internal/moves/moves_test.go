package moves

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/stacks/order"
)

func parsed(t *testing.T, text string) map[string]any {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestARowDeclaresAMove(t *testing.T) {
	const want = `{Stack: order.Environment, From: "aws_s3_bucket.a", To: "aws_s3_bucket.b"},`
	if got := (Move{"aws_s3_bucket.a", "aws_s3_bucket.b"}).Row(order.Environment); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWrongMovesAreRefused has a case for each thing that is wrong with moved blocks, and two that are right.
func TestWrongMovesAreRefused(t *testing.T) {
	const declared = `"resource": {"aws_s3_bucket": {"c": {}}, "aws_kms_key": {"k": {}, "l": {}}}`
	for name, c := range map[string]struct{ moved, want string }{
		"right": {`[{"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.c"}]`, ""},
		"a chain": {`[{"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.b"}, ` +
			`{"from": "aws_s3_bucket.b", "to": "aws_s3_bucket.c"}]`, ""},
		"to nothing": {
			`[{"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.x"}]`,
			"the move from aws_s3_bucket.a to aws_s3_bucket.x: aws_s3_bucket.x is not declared, " +
				"so that what moves there is destroyed",
		},
		"from what is there": {
			`[{"from": "aws_kms_key.k", "to": "aws_kms_key.l"}]`,
			"the move from aws_kms_key.k to aws_kms_key.l: aws_kms_key.k is still declared; Terraform refuses that",
		},
		"in a circle": {
			`[{"from": "aws_kms_key.k", "to": "aws_kms_key.l"}, {"from": "aws_kms_key.l", "to": "aws_kms_key.k"}]`,
			"the move from aws_kms_key.k to aws_kms_key.l: it leads round in a circle; " +
				"the last address is one that the stack declares\nthe move from aws_kms_key.l to aws_kms_key.k: " +
				"it leads round in a circle; the last address is one that the stack declares",
		},
		"another type": {
			`[{"from": "aws_s3_bucket.a", "to": "aws_kms_key.k"}]`,
			"the move from aws_s3_bucket.a to aws_kms_key.k: a resource keeps its type; what is of another is made anew",
		},
		"from one to two": {
			`[{"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.b"}, {"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.c"}]`,
			"the move from aws_s3_bucket.a to aws_s3_bucket.c: another move leads from there to aws_s3_bucket.b; " +
				"a resource goes to one address",
		},
		"from two to one": {
			`[{"from": "aws_s3_bucket.a", "to": "aws_s3_bucket.c"}, {"from": "aws_s3_bucket.b", "to": "aws_s3_bucket.c"}]`,
			"the move from aws_s3_bucket.b to aws_s3_bucket.c: another move leads there from aws_s3_bucket.a; " +
				"an address takes one resource",
		},
		"a path": {
			`[{"from": "trail/files", "to": "aws_s3_bucket.c"}]`,
			"the move from trail/files to aws_s3_bucket.c: \"trail/files\" is no address of a resource, " +
				"such as aws_s3_bucket.files\nthe move from trail/files to aws_s3_bucket.c: a resource keeps its type; " +
				"what is of another is made anew",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := CheckIn(parsed(t, `{"moved": `+c.moved+`, `+declared+`}`))
			if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSuggest(t *testing.T) {
	const before = `{"resource": {
		"aws_s3_bucket": {"a_files": {"bucket": "files"}, "kept": {"bucket": "kept"}, "other": {"bucket": "other"}},
		"aws_s3_bucket_policy": {"a_policy": {"bucket": "${aws_s3_bucket.a_files.id}", "policy": "p"}},
		"aws_kms_key": {"a_key": {"description": "data", "depends_on": ["aws_s3_bucket.a_files"],
			"lifecycle": {"replace_triggered_by": ["aws_s3_bucket.a_files.id"]}}},
		"aws_subnet": {"a_1": {"vpc_id": "v"}, "a_2": {"vpc_id": "v"}},
		"aws_sqs_queue": {"ended": {"name": "ended"}}}}`
	const now = `{"resource": {
		"aws_s3_bucket": {"b_files": {"bucket": "files", "tags": {"new": "1"}}, "kept": {"bucket": "kept"},
			"third": {"bucket": "third"}},
		"aws_s3_bucket_policy": {"b_policy": {"bucket": "${aws_s3_bucket.b_files.id}", "policy": "p"}},
		"aws_kms_key": {"b_key": {"description": "data", "depends_on": ["aws_s3_bucket.b_files"], "//": {"path": "b/key"},
			"lifecycle": {"replace_triggered_by": ["aws_s3_bucket.b_files.id"]}}},
		"aws_subnet": {"b_1": {"vpc_id": "v"}, "b_2": {"vpc_id": "v"}}}}`
	want := Suggestion{
		Moves: []Move{
			{"aws_s3_bucket.a_files", "aws_s3_bucket.b_files"}, // by its name, although it changes
			{"aws_kms_key.a_key", "aws_kms_key.b_key"},
			{"aws_s3_bucket_policy.a_policy", "aws_s3_bucket_policy.b_policy"},
		},
		Open: []Open{
			{"aws_s3_bucket.other", []string{"aws_s3_bucket.third"}}, // another name: another bucket, or renamed as well
			{"aws_subnet.a_1", []string{"aws_subnet.b_1", "aws_subnet.b_2"}},
			{"aws_subnet.a_2", []string{"aws_subnet.b_1", "aws_subnet.b_2"}},
		},
	}
	if diff := cmp.Diff(want, Suggest(parsed(t, before), parsed(t, now))); diff != "" {
		t.Error(diff)
	}

	declared := parsed(t, now)
	declared["moved"] = []any{map[string]any{"from": "aws_kms_key.a_key", "to": "aws_kms_key.b_key"}}
	want.Moves = []Move{want.Moves[0], want.Moves[2]}
	if diff := cmp.Diff(want, Suggest(parsed(t, before), declared)); diff != "" {
		t.Errorf("with the key's move declared: %s", diff)
	}
}
