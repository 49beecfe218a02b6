//go:build e2e

// Package e2e deploys environments to emulators of their own with the real Terraform and the real AWS provider: apply,
// plan without changes, faults, destroy, nothing left. `make e2e ENV=dev,prod` chooses them; the default is all.
//
// Nearly all of an apply is fixed waits of the provider (docs/commands.md, 'Speed'). So the stacks of an environment are
// taken side by side where none comes after the other (inOrder), and tests, each with an emulator of its own, too.
package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// root is the repository's, seen from here.
const root = "../.."

// parallelism hides the provider's fixed waits: nearly all of an apply is waiting.
const parallelism = "-parallelism=40"

// collectLess has Terraform and its providers collect garbage less often: a fifth of a plan's processor time goes into
// that, and they live for seconds.
const collectLess = "GOGC=400"

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
	made                     map[string]bool     // the stacks that it made; of its account's, what no peer had made before
}

// start starts an emulator for an account; extra are environment variables of its own. What is sent to it is judged in
// the end.
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
		made:        map[string]bool{},
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
	env := terraform.EnvironmentOver(emulator.Isolated(d.emulator.URL()), mirrored(t), collectLess)
	for _, one := range order.Of(d.Environment) {
		d.workspaces[one.Name] = terraform.Workspace{Dir: filepath.Join(d.outdir, "stacks", one.Name), Env: env}
	}
	d.deploysTo(d.emulator)
	d.bootstrap = d.workspaces[order.SharedName(d.Base(d.Region), order.Bootstrap)]
	d.stack, d.global = d.workspaces[d.Name], d.workspaces[order.Name(d.Environment, order.Global)]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
