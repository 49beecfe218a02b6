package tests

import (
	"os"
	"strings"
	"testing"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/docs/examples/queue"
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// extended are the fixtures' stacks with the example of an extension.
func extended(t *testing.T) []Stack {
	t.Helper()
	made, err := synth.Environments(loaded, queue.Orders{Days: 4})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// What the example declares is held to what the platform's own resources are held to, and found in its place.
func TestTheExampleOfAnExtension(t *testing.T) {
	made := extended(t)
	platform, err := soundness.Read(loaded, made)
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range soundness.Checks {
		for _, problem := range check.Problems(platform) {
			t.Errorf("%s: %s", check.Name, problem)
		}
	}
	named := synth.ByName(made)
	own := named["prod"].Resource(t, "aws_sqs_queue", "orders/queue")
	own.WantValue(t, "name", "titan-prod-orders-queue")
	own.WantValue(t, "message_retention_seconds", 4*24*60*60)
	own.WantValue(t, "lifecycle.prevent_destroy", true)
	own.WantReference(t, "kms_master_key_id", named["prod"].Resource(t, "aws_kms_key", "encryption/app_kms"))
	named["dev"].Resource(t, "aws_sqs_queue", "orders/queue").WantAbsent(t, "lifecycle")

	// Who takes orders is one service account, and the cluster's stack names its role by the output that there is.
	role := named["dev"].Resource(t, "aws_iam_role", "orders/keda/role")
	if trust := synth.Text(role.At("assume_role_policy")); !strings.Contains(trust,
		"system:serviceaccount:kube-system:keda-operator") {
		t.Errorf("the role is for %s", trust)
	}
	values := named["dev.platform"].Resource(t, "helm_release", "orders/keda").At("values")
	if text := synth.Text(values); !strings.Contains(text, "outputs.orders_keda_role_arn") {
		t.Errorf("the release has no role: %s", text)
	}
	if synth.Object(named["dev"].Root, "output", "orders_keda_role_arn") == nil {
		t.Error("dev has no output orders_keda_role_arn")
	}
}

// An extension changes no address and no attribute of the platform's own, save what it overrides.
func TestAnExtensionLeavesThePlatformAsItIs(t *testing.T) {
	for name, with := range synth.ByName(extended(t)) {
		for _, kind := range stack(t, name).Types() {
			for _, before := range stack(t, name).Resources(kind) {
				after := Block{Body: synth.Object(with.Root, "resource", kind, strings.TrimPrefix(before.Address, kind+"."))}
				if kind == "aws_elasticache_replication_group" && strings.HasPrefix(name, "prod") {
					after.WantValue(t, "snapshot_window", "01:00-02:00") // the override
					after.Body["snapshot_window"] = before.At("snapshot_window")
				}
				if got, want := synth.Text(after.Body), synth.Text(before.Body); got != want {
					t.Errorf("%s: %s is now %s", name, before.Address, got)
				}
			}
		}
	}
}

// own is an extension that a test makes wrong.
type own struct {
	name      string
	overrides []extension.Override
	moves     []extension.Moved
}

func (o own) Name() string                                            { return o.name }
func (own) Validate(environments.Environment) error                   { return nil }
func (own) Declare(constructs.Construct, extension.AWS)               {}
func (o own) Overrides(environments.Environment) []extension.Override { return o.overrides }
func (o own) Moves() []extension.Moved                                { return o.moves }

func TestAWrongExtensionIsRefused(t *testing.T) {
	override := func(path, attribute, reason string) extension.Extension {
		return own{
			name: "mine",
			overrides: []extension.Override{{
				Stack:     order.Environment,
				Path:      path,
				Attribute: attribute,
				Value:     1,
				Reason:    reason,
			}},
		}
	}
	key := func(path string) string { return stack(t, "dev").Resource(t, "aws_kms_key", path+"/kms").Address }
	moved := func(kind order.Kind, from, to string) []extension.Extension {
		return []extension.Extension{own{name: "mine", moves: []extension.Moved{{Stack: kind, From: from, To: to}}}}
	}
	for name, c := range map[string]struct {
		extensions []extension.Extension
		want       string
	}{
		"a name that is no id": {[]extension.Extension{own{name: "My Queue"}},
			`has the name "My Queue"; allowed are lower-case letters`},
		"one name twice":         {[]extension.Extension{own{name: "a"}, own{name: "a"}}, `two extensions have the name "a"`},
		"a name of the platform": {[]extension.Extension{own{name: "network"}}, `'network'`},
		"a setting that its service refuses": {
			[]extension.Extension{queue.Orders{}},
			`extension "orders" in environment "dev": a message is to be kept for 0 days; SQS keeps messages for 1 to 14 days`,
		},
		"a path to nothing":  {[]extension.Extension{override("database/auroras", "x", "why")}, `has no "auroras", it has `},
		"a path to a module": {[]extension.Extension{override("database", "x", "why")}, "that is no resource; below it are "},
		"no reason":          {[]extension.Extension{override("database/aurora", "x", "")}, "say why, in Reason"},
		"a move to another type": {
			moved(order.Environment, "aws_sqs_queue.a", "aws_sns_topic.a"),
			"moved: stack environment: the move from aws_sqs_queue.a to aws_sns_topic.a: a resource keeps its type",
		},
		"a move in no stack": {
			moved("dev", "aws_sqs_queue.a", "aws_sqs_queue.b"), `moved: no kind of stack is called "dev"; there are [bootstrap `,
		},
		"a move from what is there": {
			moved(order.Environment, key("encryption/app"), key("encryption/secrets")),
			key("encryption/secrets") + ": the stack still declares that, and Terraform refuses it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dev := []environments.Environment{loadedNamed(t, "dev")}
			_, err := synth.Environments(environments.Resolve(dev), c.extensions...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// What is overridden is listed beneath the table of stacks.
func TestOverridesAreListed(t *testing.T) {
	outdir := t.TempDir()
	titan, err := app.New(outdir)
	if err != nil {
		t.Fatal(err)
	}
	dev := environments.Resolve([]environments.Environment{loadedNamed(t, "dev")})
	mine := own{name: "mine", overrides: []extension.Override{{
		Stack: order.Environment, Path: "database/aurora", Attribute: "backup_retention_period", Value: 21,
		Reason: "the auditor asks",
	}}}
	if err := stacks.Build(titan, dev, mine); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	if err := titan.Write(&said); err != nil {
		t.Fatal(err)
	}
	const want = "overridden in dev: database/aurora.backup_retention_period = 21 (the auditor asks)\n"
	if !strings.HasSuffix(said.String(), want) {
		t.Errorf("said\n%s\nwant %s", said.String(), want)
	}
	text, err := os.ReadFile(outdir + "/stacks/dev/cdk.tf.json")
	if err != nil || !strings.Contains(string(text), `"backup_retention_period": 21`) {
		t.Errorf("the attribute is not overridden: %v", err)
	}
}
