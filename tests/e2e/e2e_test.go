//go:build e2e

// Package e2e deploys environments to emulators of their own with the real Terraform and the real AWS provider: apply, plan without
// changes, faults, destroy, nothing left. `make e2e ENV=dev,prod` chooses them; the default is all.
package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// root is the repository's, seen from here.
const root = "../.."

// parallelism hides the provider's fixed waits: nearly all of an apply is waiting.
const parallelism = "-parallelism=40"

// chosen are the environments that ENV names.
func chosen(t *testing.T) []environments.Environment {
	t.Helper()
	names := os.Getenv("TITAN_E2E")
	if names == "all" {
		names = ""
	}
	all, err := environments.Load(environmentFiles(t), names)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// deployment is an environment on an emulator.
type deployment struct {
	environments.Environment
	files      string // what it is synthesized from
	outdir     string // where it is synthesized
	emulator   *emulator.Emulator
	workspaces map[string]terraform.Workspace // by stack
	report     *report

	bootstrap, stack, global terraform.Workspace // of its own region, in AWS, and of us-east-1
	removals                 []func()            // of what was made by hand
	makesShared              bool                // whether it made the stacks of its account: their state is local
}

// start starts an emulator for an account; extra are environment variables of its own. What is sent to it is judged in the end.
func start(t *testing.T, account string, extra ...string) *emulator.Emulator {
	t.Helper()
	running, err := emulator.Start(t.Context(), filepath.Join(root, ".titan"), account, extra...)
	must(t, err)
	judged(t, running)
	t.Cleanup(running.Stop)
	return running
}

// deploy synthesizes an environment as `cdktf synth` does, without protection, and starts an emulator for its account.
func deploy(t *testing.T, environment environments.Environment) *deployment {
	t.Helper()
	return deployOn(t, start(t, environment.Account.ID), environment)
}

// deployOn is deploy on an emulator that runs.
func deployOn(t *testing.T, running *emulator.Emulator, environment environments.Environment) *deployment {
	t.Helper()
	d := &deployment{
		Environment: environment,
		outdir:      filepath.Join(t.TempDir(), "cdktf.out"),
		emulator:    running,
		workspaces:  map[string]terraform.Workspace{},
		report:      newReport(t, environment.Name),
	}
	d.files = unprotectedCopy(t, environmentFiles(t))
	d.standing(t)
	d.synthesize(t)
	return d
}

// synthesize writes the environment's stacks anew from its files, and has a workspace for each.
func (d *deployment) synthesize(t *testing.T) {
	t.Helper()
	synthesizeFrom(t, d.files, d.outdir, d.Environment)
	env := terraform.EnvironmentOver(emulator.Isolated(d.emulator.URL()), mirrored(t))
	for _, one := range order.Of(d.Environment) {
		d.workspaces[one.Name] = terraform.Workspace{Dir: filepath.Join(d.outdir, "stacks", one.Name), Env: env}
	}
	d.deploysTo(d.emulator)
	d.bootstrap = d.workspaces[order.SharedName(d.Base(d.Region), order.Bootstrap)]
	d.stack, d.global = d.workspaces[d.Name], d.workspaces[order.Name(d.Environment, order.Global)]
}

// applyAll makes every stack of an environment that is not made yet, in the order of the table, and counts what it made.
func (d *deployment) applyAll(t *testing.T, made map[string]bool) {
	t.Helper()
	for _, one := range order.Of(d.Environment) {
		if made[one.Name] {
			continue // of the account, and its peer has made it
		}
		made[one.Name], d.makesShared = true, d.makesShared || one.Shared()
		d.report.time(t, one.Name, func() { d.report.made(d.apply(t, d.workspaces[one.Name])) })
		if one.Kind == order.Environment {
			d.secondApplyAfterRestore(t)
		}
	}
}

// planAllAgain fails where a second plan of any of an environment's stacks would change anything.
func (d *deployment) planAllAgain(t *testing.T) {
	t.Helper()
	for _, one := range order.Of(d.Environment) {
		if _, has := d.workspaces[one.Name]; has && (!one.Shared() || d.makesShared) {
			d.planAgain(t, d.workspaces[one.Name])
		}
	}
}

// destroyAll destroys an environment's own stacks, backwards.
func (d *deployment) destroyAll(t *testing.T) {
	t.Helper()
	stacks := order.Of(d.Environment)
	slices.Reverse(stacks)
	for _, one := range stacks {
		if !one.Shared() {
			d.report.time(t, "destroy "+one.Name, func() { d.destroy(t, d.workspaces[one.Name]) })
		}
	}
}

// destroyShared destroys the stacks of an environment's account, backwards.
func (d *deployment) destroyShared(t *testing.T) {
	t.Helper()
	stacks := order.Of(d.Environment)
	slices.Reverse(stacks)
	for _, one := range stacks {
		if one.Shared() {
			d.destroy(t, d.workspaces[one.Name])
		}
	}
}

// apply makes everything of a workspace and returns the addresses made.
func (d *deployment) apply(t *testing.T, w terraform.Workspace) []string {
	t.Helper()
	must(t, w.Init(t.Context()))
	if _, err := w.Plan(t.Context(), "first.tfplan"); err != nil {
		t.Fatal(err)
	}
	must(t, w.Apply(t.Context(), "first.tfplan", parallelism))
	made, err := w.State(t.Context())
	must(t, err)
	return made
}

// change applies what changed in the file of a workspace that is applied: without what an apply needs once a folder, and
// without reading again what the plan before it has read.
func (d *deployment) change(t *testing.T, w terraform.Workspace) {
	t.Helper()
	_, err := w.Plan(t.Context(), "change.tfplan", "-refresh=false")
	must(t, err)
	must(t, w.Apply(t.Context(), "change.tfplan", parallelism))
}

// planAgain fails where a second plan would change anything.
func (d *deployment) planAgain(t *testing.T, w terraform.Workspace) {
	t.Helper()
	changes, err := w.Plan(t.Context(), "again.tfplan")
	must(t, err)
	if changes {
		shown, _ := w.Run(t.Context(), "show", "-no-color", "again.tfplan")
		t.Errorf("a second plan of %s would change something:\n%s", filepath.Base(w.Dir), shown)
	}
}

// destroy destroys everything of a workspace and fails where anything is left in its state.
func (d *deployment) destroy(t *testing.T, w terraform.Workspace) {
	t.Helper()
	must(t, w.Destroy(t.Context(), parallelism))
	left, err := w.State(t.Context())
	must(t, err)
	if len(left) > 0 {
		t.Errorf("still in the state of %s: %v", filepath.Base(w.Dir), left)
	}
}

// worlds are the chosen environments by what has to live together: a primary and its secondary, in this order, in one account; the others alone.
// Whoever chooses one of a pair gets both.
func worlds(t *testing.T) [][]environments.Environment {
	t.Helper()
	all, err := environments.Load(environmentFiles(t), "")
	must(t, err)
	isChosen := map[string]bool{}
	for _, environment := range chosen(t) {
		isChosen[environment.Name] = true
	}
	var worlds [][]environments.Environment
	for _, first := range all {
		if first.DR.Role == environments.DRSecondary {
			continue
		}
		world, wanted := []environments.Environment{first}, isChosen[first.Name]
		for _, other := range all {
			if other.DR.Primary == first.Name {
				world, wanted = append(world, other), wanted || isChosen[other.Name]
			}
		}
		if wanted {
			worlds = append(worlds, world)
		}
	}
	return worlds
}

func TestEnvironments(t *testing.T) {
	t.Parallel() // most of each test is waiting
	for _, world := range worlds(t) {
		t.Run(nameOf(world), func(t *testing.T) {
			t.Parallel() // each has an emulator, folders and Terraforms of its own
			running := start(t, world[0].Account.ID)
			// The API throttles in the middle of an apply: the provider tries again, and nobody notices.
			running.Break(emulator.Fault{Service: "ec2", Action: "CreateSubnet", Skip: 3, Times: 2, Status: 503, Code: "RequestLimitExceeded"})

			planted := plant(running)
			made := map[string]bool{}
			var deployed []*deployment
			for _, environment := range world {
				d := deployOn(t, running, environment)
				d.applyAll(t, made)
				if !d.DNS.Delegated {
					d.planAllAgain(t)
					d.zoneIsDelegated(t)
					d.applyAll(t, made)
				}
				deployed = append(deployed, d)
			}
			for _, d := range deployed {
				d.autoscalingAddsAReader(t)
				d.report.time(t, "plan again", func() { d.planAllAgain(t) })
				d.addedReadersAreRemoved(t) // nothing that deletes the cluster, a failover too, gets past them
				d.encryptedStateStands(t)
			}
			throttledAsAsked(t, running)
			everyCompletionIsNeeded(t, running, world)
			primary := deployed[0]
			switch {
			case len(deployed) > 1:
				snapshotsAreCopiedByTheOtherRegion(t, deployed[0], deployed[1])
				bothRegionsHaveTheirOriginRecord(t, deployed[0], deployed[1])
			case os.Getenv("TITAN_E2E_FILES") == "": // the changes are of the committed files' text
				primary.report.time(t, "changes", func() { primary.changesPlanAsTheyShould(t) })
				primary.report.time(t, "restored state", func() { primary.overwrittenStateIsRestored(t) })
				primary.report.time(t, "rotation", func() { primary.loginsAreRenewed(t, planted); primary.originHeaderIsRenewed(t) })
			}
			slices.Reverse(deployed) // a secondary goes first, and alone
			for _, d := range deployed {
				d.destroyAll(t)
				d.unmake()
				d.nothingIsLeft(t)
				if d != primary {
					onlyThePrimaryAnswers(t, primary)
				}
			}
			primary.destroyShared(t)
			nothingOfAnybodyIsLeft(t, primary)
			for _, d := range deployed {
				d.report.print()
			}
			printCalls(nameOf(world), running.Calls())
		})
	}
}

func nameOf(world []environments.Environment) string {
	var names []string
	for _, environment := range world {
		names = append(names, environment.Name)
	}
	return strings.Join(names, " with ")
}

// throttledAsAsked fails where the fault never came: then its survival proves nothing.
func throttledAsAsked(t *testing.T, running *emulator.Emulator) {
	t.Helper()
	throttled := 0
	for _, call := range running.Calls() {
		if call.Source == emulator.FromFault {
			throttled++
		}
	}
	if throttled != 2 {
		t.Errorf("%d calls were throttled, want 2", throttled)
	}
}

// encryptedStateStands looks at what the backend wrote: the state is where it belongs, and its lock is gone.
func (d *deployment) encryptedStateStands(t *testing.T) {
	t.Helper()
	bucket := "/" + d.Base(d.Region).StateBucket() + "/" + order.StateKey(d.Name)
	var written, locked, unlocked bool
	for _, call := range d.emulator.Calls() {
		path, _, _ := strings.Cut(call.Path, "?")
		written = written || call.Method == "PUT" && path == bucket
		locked = locked || call.Method == "PUT" && path == bucket+".tflock"
		unlocked = unlocked || call.Method == "DELETE" && path == bucket+".tflock"
	}
	if !written || !locked || !unlocked {
		t.Errorf("state written %v, locked %v, unlocked %v at %s", written, locked, unlocked, bucket)
	}
}

// nothingIsLeft asks the emulator itself, not Terraform's state, what of ours it still holds.
func (d *deployment) nothingIsLeft(t *testing.T) {
	t.Helper()
	for _, region := range d.regions() {
		for _, left := range leftovers(t, d.emulator.URL(), region, d.Prefix(), d.DatabaseName(), d.CacheName(),
			d.TraceGroupName(), "xray-eks-role-"+d.Name, "xray-eks-policy-"+d.Name) {
			t.Errorf("left in %s: %s", region, left)
		}
	}
}

// regions are where an environment has anything.
func (d *deployment) regions() []string {
	regions := map[string]bool{}
	for _, one := range order.Of(d.Environment) {
		regions[string(one.Region)] = true
	}
	return slices.Sorted(maps.Keys(regions))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestKilledApplyLeavesALockThatCanBeTakenAway kills Terraform in the middle of an apply, as a closed laptop does.
func TestKilledApplyLeavesALockThatCanBeTakenAway(t *testing.T) {
	t.Parallel()
	all, err := environments.Load(environmentFiles(t), "dev")
	must(t, err)
	d := deploy(t, all[0])
	d.apply(t, d.bootstrap)
	d.apply(t, d.workspaces[order.Name(d.Environment, order.Zone)])
	must(t, d.stack.Init(t.Context()))

	// Slow enough that the kill comes in the middle.
	d.emulator.Break(emulator.Fault{Service: "ec2", Action: "CreateInternetGateway", Delay: 20 * time.Second})
	role, gateway := d.address(t, "aws_iam_role", "cluster_node_role"), d.address(t, "aws_internet_gateway", "network_internet")
	killed := d.applyKilledAt(t, "CreateInternetGateway", "-target="+role, "-target="+gateway)
	if killed == nil {
		t.Fatal("the apply ended before it was killed")
	}

	_, err = d.stack.Plan(t.Context(), "locked.tfplan")
	var lock *terraform.LockError
	if !errors.As(err, &lock) {
		t.Fatalf("the plan after the kill did not find the lock: %v", err)
	}
	if want := "terraform force-unlock " + lock.ID; lock.ID == "" || !strings.Contains(lock.Error(), want) {
		t.Errorf("the error does not say %q: %v", want, lock)
	}
	if _, err := d.stack.Run(t.Context(), "force-unlock", "-force", lock.ID); err != nil {
		t.Fatal(err)
	}
	// What the killed run made and did not write down is in the account and not in the state. What has a name would be in the way of its
	// own making, so it is imported, as docs/runbooks/state.md says; here that is the one role.
	_, err = d.stack.Run(t.Context(), "import", "-input=false", "-no-color", role, d.Prefix()+"-node")
	must(t, err)
	d.apply(t, d.stack)
	d.planAgain(t, d.stack)
}

// address is the address of the one resource of a type that a module's construct makes.
func (d *deployment) address(t *testing.T, kind, prefix string) string {
	t.Helper()
	var synthesized struct {
		Resource map[string]map[string]json.RawMessage
	}
	text, err := os.ReadFile(filepath.Join(d.stack.Dir, "cdk.tf.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &synthesized))
	for id := range synthesized.Resource[kind] {
		if strings.HasPrefix(id, prefix) {
			return kind + "." + id
		}
	}
	t.Fatalf("no %s %s in %s", kind, prefix, d.stack.Dir)
	return ""
}

// applyKilledAt applies the stack and kills Terraform as soon as a call comes; it returns how Terraform ended.
func (d *deployment) applyKilledAt(t *testing.T, action string, targets ...string) error {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	ended := make(chan error, 1)
	apply := append([]string{"apply", "-input=false", "-no-color", "-auto-approve"}, targets...)
	go func() { ended <- runAndKill(ctx, d.stack, apply...) }()
	deadline := time.After(2 * time.Minute)
	for {
		select {
		case err := <-ended:
			return err
		case <-deadline:
			t.Fatalf("no %s in two minutes", action)
		case <-time.After(20 * time.Millisecond):
		}
		if d.emulator.Pending("ec2", action) {
			kill()
			return <-ended
		}
	}
}

// TestLostBootstrapStateIsAdopted follows docs/runbooks/state.md.
func TestLostBootstrapStateIsAdopted(t *testing.T) {
	t.Parallel()
	all, err := environments.Load(environmentFiles(t), "prod")
	must(t, err)
	d := deploy(t, all[0])
	made := d.apply(t, d.bootstrap)
	state := filepath.Join(d.bootstrap.Dir, "../../..", "terraform."+filepath.Base(d.bootstrap.Dir)+".tfstate")
	must(t, os.Rename(state, state+".lost"))

	adoptBootstrap(t, d)
	adopted, err := d.bootstrap.State(t.Context())
	must(t, err)
	adopted = slices.DeleteFunc(adopted, func(address string) bool { return strings.HasPrefix(address, "data.") })
	if !slices.Equal(adopted, made) {
		t.Errorf("adopted %v\nwas %v", adopted, made)
	}
	d.planAgain(t, d.bootstrap)
}

// TestWhatIsAppliedIsWhatIsSynthesized compares, byte for byte, what the other tests apply with what `cdktf synth` gives, for an
// environment whose protection is off as it is.
func TestWhatIsAppliedIsWhatIsSynthesized(t *testing.T) {
	all, err := environments.Load(environmentFiles(t), "")
	must(t, err)
	plain := filepath.Join(t.TempDir(), "cdktf.out")
	run(t, root, append(os.Environ(), "CDKTF_OUTDIR="+plain), filepath.Join("node_modules", ".bin", "cdktf"), "synth", "--output", plain)
	compared := 0
	for _, environment := range all {
		if environment.Protected() {
			continue // its copy differs by the protection that was taken off
		}
		outdir := filepath.Join(t.TempDir(), "cdktf.out")
		synthesize(t, outdir, environment)
		for _, stack := range order.Of(environment) {
			if stack.Shared() && environment.Account.Protected() {
				continue // likewise
			}
			file := filepath.Join("stacks", stack.Name, "cdk.tf.json")
			want, err := os.ReadFile(filepath.Join(plain, file))
			must(t, err)
			got, err := os.ReadFile(filepath.Join(outdir, file))
			must(t, err)
			if string(got) != string(want) {
				t.Errorf("%s differs", file)
			}
			compared++
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
	fmt.Printf("%d stacks are byte for byte what cdktf synth gives\n", compared)
}
