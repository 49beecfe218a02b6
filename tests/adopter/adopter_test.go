//go:build adopter

// Package adopter walks the way of somebody who uses Titan as a module, from an empty folder: `titan init`, then what
// the new repository's README says, an own resource, and another version of Titan.
package adopter

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository is a new one, made by the program that a checkout builds.
type repository struct {
	folder string
	env    []string
}

func TestFromAnEmptyFolder(t *testing.T) {
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	// A module cache of its own is one without the modules that some proxies lack.
	r := repository{
		folder: filepath.Join(work, "platform"),
		env: append(os.Environ(), "GOMODCACHE="+filepath.Join(work, "modules"), "GOFLAGS=-modcacherw",
			"TITAN_ENVIRONMENTS_DIR="),
	}
	r.run(t, checkout, "go", "run", "./cmd/titan", "init", r.folder, "--titan", checkout,
		"--project", "acme", "--organization", "acme", "--repository", "acme/platform",
		"--account", "427389105566", "--region", "us-east-1", "--zone", "acme.org", "--environments", "dev,prod")

	t.Log(r.make(t, "setup"))
	table := r.make(t, "synth")
	for _, stack := range []string{"account.main.us-east-1", "dev.platform", "prod.second"} {
		if !strings.Contains(table, stack) {
			t.Errorf("no %s is synthesized:\n%s", stack, table)
		}
	}
	r.make(t, "golden")
	r.make(t, "test")
	before := r.synthesized(t)

	r.addQueue(t)
	table = r.make(t, "synth")
	if !strings.Contains(table, "overridden in prod: cache/cache.snapshot_window") {
		t.Errorf("the override is not listed:\n%s", table)
	}
	own := r.synthesized(t)
	for file, text := range before {
		if strings.Contains(file, "prod.global") && own[file] != text {
			t.Errorf("%s changes with a resource of another stack", file)
		}
	}
	if !strings.Contains(own["prod/cdk.tf.json"], `"acme-prod-orders-queue"`) {
		t.Error("prod has no queue")
	}
	r.make(t, "golden")
	r.make(t, "test")

	r.upgrade(t, checkout, filepath.Join(work, "newer"))
	r.make(t, "synth")
	for file, text := range r.synthesized(t) {
		if text != own[file] {
			t.Errorf("%s changes with a version that changes nothing", file)
		}
	}
	if os.Getenv("TITAN_ADOPTER_DEMO") != "" {
		t.Log(r.make(t, "demo"))
		r.make(t, "demo-down")
	}
}

// addQueue has the repository take the example of an extension.
func (r repository) addQueue(t *testing.T) {
	t.Helper()
	put(t, filepath.Join(r.folder, "main.go"), `package main

import (
	"github.com/titan-platform/titan/docs/examples/queue"
	"github.com/titan-platform/titan/stacks"
)

func main() { stacks.Main(queue.Orders{Days: 4}) }
`)
	test := filepath.Join(r.folder, "platform_test.go")
	content, err := os.ReadFile(test)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(content), `"golden"}`,
		`"golden", Extensions: []extension.Extension{queue.Orders{Days: 4}}}`, 1)
	text = strings.Replace(text, `	"github.com/titan-platform/titan/tests/platformtest"`,
		`	"github.com/titan-platform/titan/docs/examples/queue"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/tests/platformtest"`, 1)
	put(t, test, text)
}

// upgrade has the repository use another commit of Titan: a copy of the checkout with one more.
func (r repository) upgrade(t *testing.T, checkout, newer string) {
	t.Helper()
	r.run(t, checkout, "git", "clone", "--quiet", checkout, newer)
	put(t, filepath.Join(newer, "docs", "examples", "newer.go"),
		"// Package examples is of a newer version.\npackage examples\n")
	r.run(t, r.folder, "go", "mod", "edit", "-replace", "github.com/titan-platform/titan="+newer)
}

func (r repository) make(t *testing.T, target string) string {
	t.Helper()
	return r.run(t, r.folder, "make", target)
}

// run runs a command in the repository's environment; its failure ends the test.
func (r repository) run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir, command.Env = folder, r.env
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, output)
	}
	return string(output)
}

// synthesized are the stacks' files by stack.
func (r repository) synthesized(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(r.folder, "cdktf.out", "stacks", "*", "cdk.tf.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing is synthesized: %v", err)
	}
	found := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(filepath.Dir(file))+"/cdk.tf.json"] = string(content)
	}
	return found
}

func put(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
