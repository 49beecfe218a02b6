package platformtest

import (
	"strings"
	"testing"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

func TestLostAddressesAreExplained(t *testing.T) {
	set := func(addresses ...string) map[string]bool {
		all := map[string]bool{}
		for _, address := range addresses {
			all[address] = true
		}
		return all
	}
	to := func(from, to string) moves.Move {
		return moves.Move{From: "aws_s3_bucket." + from, To: "aws_s3_bucket." + to}
	}
	const newAddress = "aws_s3_bucket.b holds data and is not frozen yet; run: make golden"
	for name, c := range map[string]struct {
		frozen, now map[string]bool
		moves       []moves.Move
		want        string
	}{
		"nothing": {frozen: set("aws_s3_bucket.a"), now: set("aws_s3_bucket.a")},
		"gone": {
			frozen: set("aws_s3_bucket.a"),
			want: "the next apply would destroy aws_s3_bucket.a with its data. Bring it back; or, where its end is meant, " +
				"save what is in it and take out the line",
		},
		"new": {now: set("aws_s3_bucket.b"), want: newAddress},
		"other type": {
			frozen: set("aws_kms_key.a"), now: set("aws_kms_key.a", "aws_s3_bucket.b"), want: newAddress,
		},
		"renamed": {
			frozen: set("aws_s3_bucket.a"), now: set("aws_s3_bucket.b", "aws_s3_bucket.c"),
			want: "the next apply would destroy aws_s3_bucket.a with its data, and make aws_s3_bucket.b or aws_s3_bucket.c " +
				"anew. If that is the same renamed, leave the line and declare the move, in Moves of your extension or, for a " +
				"construct of the platform, in stacks/moved.go (`titan moves` prints the rows of all that was renamed):\n" +
				`	{Stack: order.Global, From: "aws_s3_bucket.a", To: "aws_s3_bucket.b"},` + "\n" +
				`	{Stack: order.Global, From: "aws_s3_bucket.a", To: "aws_s3_bucket.c"},` + "\n" +
				`Or keep the address: OverrideLogicalId("a") on the construct`,
		},
		"moved": {set("aws_s3_bucket.a"), set("aws_s3_bucket.b"), []moves.Move{to("a", "b")}, newAddress},
		"moved, frozen": {
			set("aws_s3_bucket.a", "aws_s3_bucket.b"), set("aws_s3_bucket.b"), []moves.Move{to("a", "b")}, "",
		},
		"moved on": {set("aws_s3_bucket.a"), set("aws_s3_bucket.b"), []moves.Move{to("a", "x"), to("x", "b")},
			newAddress},
		"moved elsewhere": {set("aws_s3_bucket.a"), set("aws_s3_bucket.a"), []moves.Move{to("x", "y")}, ""},
		"moved to nothing": {
			set("aws_s3_bucket.a"), set("aws_s3_bucket.b"), []moves.Move{to("a", "c")},
			"aws_s3_bucket.a is moved to aws_s3_bucket.c, which is not there: the next apply would destroy it with its data. " +
				"Have the row lead to an address that the stack declares\n" + newAddress,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, strings.Join(lost(order.Global, c.frozen, c.now, c.moves), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// mover is an extension that has rows alone.
type mover struct{ rows []extension.Moved }

func (mover) Name() string                                { return "orders" }
func (mover) Validate(environments.Environment) error     { return nil }
func (mover) Declare(constructs.Construct, extension.AWS) {}
func (m mover) Moves() []extension.Moved                  { return m.rows }

func TestARowThatLeadsNowhereIsNamed(t *testing.T) {
	row := extension.Moved{Stack: order.Environment, From: "aws_sqs_queue.a", To: "aws_sqs_queue.b"}
	block := map[string]any{"moved": []any{map[string]any{"from": row.From, "to": row.To}}}
	for name, c := range map[string]struct {
		stack Stack
		want  string
	}{
		"moved": {Stack{Place: order.Stack{Kind: order.Environment}, Root: block}, ""},
		"of another kind": {
			Stack{Place: order.Stack{Kind: order.Global}, Root: block},
			`extension "orders": the move from aws_sqs_queue.a to aws_sqs_queue.b leads to nothing that a stack "environment" ` +
				"declares: mend the row, or, where that is gone for good, take it out",
		},
	} {
		got := idle([]extension.Extension{mover{[]extension.Moved{row}}}, []Stack{c.stack})
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
