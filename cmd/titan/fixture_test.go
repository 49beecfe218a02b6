package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// fixture are a pair with one zone, an environment on an emulator, and one whose zone is not delegated.
func fixture() []environments.Environment {
	const home, second environments.Region = "eu-west-1", "eu-central-1"
	at := func(name, account, id string) environments.Environment {
		return environments.Environment{
			Name: name, Account: environments.Account{Name: account, ID: id, Project: "titan", Region: home}, Region: home,
			DNS: environments.DNS{Zone: name + ".example.com", CreateZone: true, Delegated: true},
		}
	}
	local := at("local", "emulated", "000000000000")
	local.Emulator = true
	fresh := at("new", "fresh", "444444444444")
	fresh.DNS.Delegated = false
	prod := at("prod", "production", "333333333333")
	prod.SecondRegion, prod.DR.Role = second, environments.DRPrimary
	dr := at("prod-dr", "production", "333333333333")
	dr.Region = second
	dr.DNS = environments.DNS{Zone: "prod.example.com", Delegated: true}
	dr.DR = environments.DR{Role: environments.DRSecondary, Primary: "prod"}
	return environments.Resolve([]environments.Environment{local, fresh, prod, dr})
}

// folder is a stack on a stand-in of Terraform: one resource, made or not, in a bucket that is there or not.
type folder struct {
	stack          string
	made, noBucket bool
	broken         error
	shown          string // a plan of it, in Terraform's JSON form; default: of the resource that is made or destroyed
}

func (f *folder) Init(context.Context) error {
	if f.noBucket {
		return &terraform.MissingBucketError{Bucket: "state"}
	}
	return f.broken
}

func (f *folder) Resources(ctx context.Context) ([]string, error) {
	if err := f.Init(ctx); err != nil || !f.made {
		return nil, err
	}
	return []string{"thing." + f.stack}, nil
}

func (f *folder) Plan(_ context.Context, _ string, destroy bool, watch func(terraform.Message)) (bool, error) {
	if f.made != destroy {
		return false, nil
	}
	change := terraform.PlannedChange{Resource: terraform.Resource{Address: "thing." + f.stack}, Action: terraform.Create}
	counts := terraform.Counts{Add: 1}
	if destroy {
		change.Action, counts = terraform.Delete, terraform.Counts{Remove: 1}
	}
	watch(terraform.Message{Type: terraform.PlannedChangeMessage, Change: change})
	watch(terraform.Message{Type: terraform.SummaryMessage, Changes: counts})
	return true, nil
}

func (f *folder) Show(context.Context, string) ([]byte, error) {
	switch {
	case f.shown != "":
		return []byte(f.shown), nil
	case f.made:
		return []byte(thingPlan(f.stack, `["delete"]`, `{}`, `null`)), nil
	}
	return []byte(thingPlan(f.stack, `["create"]`, `null`, `{}`)), nil
}

// thingPlan is a plan of a stack's resource, of a type that is not known to hold no data.
func thingPlan(stack, actions, before, after string) string {
	return strings.ReplaceAll(changePlan("thing", actions, before, after), ".x\"", "."+stack+"\"")
}

func (f *folder) Apply(_ context.Context, _ string, watch func(terraform.Message)) error {
	action := terraform.Create
	if f.made {
		action = terraform.Delete
	}
	f.made = !f.made
	watch(terraform.Message{Type: terraform.ApplyCompleteMessage,
		Hook: terraform.Hook{Resource: terraform.Resource{Address: "thing." + f.stack}, Action: action, ElapsedSeconds: 2}})
	return nil
}

// keptStates are what the buckets of an account hold.
type keptStates struct {
	states  map[string][]states.State // by bucket
	buckets []states.Bucket           // that the account has
	managed []states.Resource
	broken  error
	// unlisted is why the account's buckets can't be listed.
	unlisted error
	asked    []string // buckets
}

func (k *keptStates) Holding(
	_ context.Context, region environments.Region, bucket string, asked func(string) bool,
) ([]states.State, error) {
	k.asked = append(k.asked, fmt.Sprintf("%s in %s", bucket, region))
	return slices.DeleteFunc(slices.Clone(k.states[bucket]), func(s states.State) bool { return !asked(s.Stack) }), k.broken
}

func (k *keptStates) Managed(context.Context, environments.Region, string, func(string) bool) ([]states.Resource, error) {
	return k.managed, k.broken
}

func (k *keptStates) Buckets(context.Context, environments.Region, string) ([]states.Bucket, error) {
	return k.buckets, k.unlisted
}

// bench is a terminal, and options on the fixture.
type bench struct {
	*terminal
	out, err    bytes.Buffer
	options     runOptions
	folders     map[string]*folder
	synthesized []string
	folder      string // the stacks are in
	hooked      int    // environments, whose stacks have hooks
	kept        keptStates
	tagged      *taggedAWS
}

// newBench answers questions with a text. made are the stacks that stand.
func newBench(answers string, made ...string) *bench {
	b := &bench{folders: map[string]*folder{}, tagged: &taggedAWS{}}
	b.terminal = &terminal{in: bufio.NewReader(strings.NewReader(answers)), out: &b.out, err: &b.err, interactive: true}
	for _, stack := range order.All(fixture()) {
		b.folders[stack.Name] = &folder{stack: stack.Name}
	}
	for _, name := range made {
		b.folders[name].made = true
	}
	clock := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	b.options = runOptions{
		terminal:     b.terminal,
		now:          func() time.Time { return clock },
		settings:     func(context.Context) error { return nil },
		environments: func() ([]environments.Environment, error) { return fixture(), nil },
		synthesize: func(_ context.Context, out string, names []string) error {
			b.synthesized, b.folder = names, out
			return nil
		},
		terraform: func(out string) (func(order.Stack) runner.Terraform, error) {
			b.folder = out
			return func(stack order.Stack) runner.Terraform { return b.folders[stack.Name] }, nil
		},
		// The fixture is a sample in every value; a test of its own says what that means.
		placeholders: func(environments.Environment) []environments.Placeholder { return nil },
		hooks:        func(all []environments.Environment, _ *runner.Runner) { b.hooked = len(all) },
		states:       func(context.Context, environments.Account) (stateReader, error) { return &b.kept, nil },
		account: func(context.Context, environments.Account) (func(environments.Region) aws.Config, error) {
			return func(region environments.Region) aws.Config {
				return aws.Config{Region: string(region), HTTPClient: b.tagged, RetryMaxAttempts: 1,
					Credentials: credentials.NewStaticCredentialsProvider("key", "secret", "")}
			}, nil
		},
		synthesized: func(string) ([]byte, error) { return nil, errors.New("nothing is synthesized") },
	}
	return b
}

// run runs a verb on a target, and returns the exit code.
func (b *bench) run(t *testing.T, verb runner.Verb, target string, only ...string) int {
	t.Helper()
	b.options.verb, b.options.target, b.options.only = verb, target, only
	command, _, err := newRoot(b.terminal).Find([]string{string(verb)})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runStacks(t.Context(), b.options), b.terminal, command)
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant\n%s", what, got, want)
	}
}
