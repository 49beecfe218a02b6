package tests

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/docs/examples/queue"
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// renamedOrders are the example of an extension after its queue's construct was renamed twice.
type renamedOrders struct {
	queue.Orders
	rows []extension.Moved
}

func (r renamedOrders) Moves() []extension.Moved { return r.rows }

// A row becomes a moved block in those stacks of its kind that declare what it leads to, and in no other.
func TestARenamedConstructHasItsMovedBlock(t *testing.T) {
	dev := environments.Resolve([]environments.Environment{loadedNamed(t, "dev")})
	made, err := synth.Environments(dev, queue.Orders{Days: 4})
	if err != nil {
		t.Fatal(err)
	}
	now := synth.ByName(made)["dev"].Resource(t, "aws_sqs_queue", "orders/queue").Address
	const first, second = "aws_sqs_queue.orders_first", "aws_sqs_queue.orders_second"
	rows := []extension.Moved{
		{Stack: order.Environment, From: first, To: second},
		{Stack: order.Environment, From: second, To: now},
		{Stack: order.Environment, From: "aws_sqs_queue.other", To: "aws_sqs_queue.of_another_environment"},
		{Stack: order.Second, From: "aws_sqs_queue.a", To: now},
	}
	made, err = synth.Environments(dev, renamedOrders{queue.Orders{Days: 4}, rows})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range made {
		var want []moves.Move
		if one.Name == "dev" {
			want = []moves.Move{{From: first, To: second}, {From: second, To: now}}
		}
		if diff := cmp.Diff(want, moves.Of(one.Root)); diff != "" {
			t.Errorf("%s: %s", one.Name, diff)
		}
		if problems := moves.CheckIn(one.Root); problems != nil {
			t.Errorf("%s: %v", one.Name, problems)
		}
	}
}

// TestWhatAnExtensionDeclaresIsProtected plants a queue without protection: a type that the platform itself does not
// have, and that holds data by the wider rule.
func TestWhatAnExtensionDeclaresIsProtected(t *testing.T) {
	planted := committed()
	for i, one := range planted {
		if one.Name != "prod" {
			continue
		}
		planted[i] = one.Copy()
		planted[i].Plant("aws_sqs_queue", map[string]any{"name": "orders"})
		planted[i].Plant("aws_sqs_queue_policy", map[string]any{"policy": "{}"})
	}
	platform, err := soundness.Read(loaded, planted)
	if err != nil {
		t.Fatal(err)
	}
	const want = "prod: aws_sqs_queue.planted has prevent_destroy false, want true"
	if got := strings.Join(soundness.Protection(platform), "\n"); got != want {
		t.Errorf("got %s", got)
	}
}
