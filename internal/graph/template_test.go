package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParts(t *testing.T) {
	g, err := Read(Stack{Name: "one", JSON: []byte(`{
		"resource": {"aws_s3_bucket": {"b": {}}}, "locals": {"l": "x"}}`)})
	if err != nil {
		t.Fatal(err)
	}
	bucket := g.Node("one", "aws_s3_bucket.b")
	for text, want := range map[string][]Part{
		"plain":                        {{Literal: "plain"}},
		"${aws_s3_bucket.b.arn}":       {{To: bucket, Attribute: "arn"}},
		"${aws_s3_bucket.b.arn}/*":     {{To: bucket, Attribute: "arn"}, {Literal: "/*"}},
		"a ${local.l} ${upper(\"b\")}": {{Literal: "a "}, {To: g.Node("one", "local.l")}, {Literal: " "}, {}},
		"${upper(local.l)}":            {{}},
		"${path.module}":               {{}},
	} {
		got, err := g.Parts(bucket, text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if difference := cmp.Diff(want, got, cmp.Comparer(func(a, b *Node) bool { return a == b })); difference != "" {
			t.Errorf("%s:\n%s", text, difference)
		}
	}
	if _, err := g.Parts(bucket, "${"); err == nil {
		t.Error("an expression that is none was read")
	}
}
