package stubprovider

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// goldenStacks are the files of the platform stacks, which a module of this repository synthesizes: those of one
// environment, or all with *.
func goldenStacks(t *testing.T, environment string) []string {
	t.Helper()
	files, err := filepath.Glob("../../tests/golden/" + environment + `[.\-]platform.json`)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no golden file of a platform stack of %q", environment)
	}
	return files
}

// fromElsewhere is what a platform stack reads of AWS and of the environment's own stack.
var fromElsewhere = regexp.MustCompile(`data\.(aws_ssm_parameter|terraform_remote_state)(\.[\w-]+)+`)

// configuration is a platform stack without AWS, its backend and other stacks: what they know is one local value.
func configuration(t *testing.T, file string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(fromElsewhere.ReplaceAll(text, []byte("local.elsewhere")), &root); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	delete(root, "data")
	delete(objectAt(t, root, "terraform"), "backend")
	delete(objectAt(t, root, "terraform", "required_providers"), "aws")
	delete(objectAt(t, root, "provider"), "aws")
	for kind := range objectAt(t, root, "resource") {
		if strings.HasPrefix(kind, "aws_") {
			t.Fatalf("%s has resources of AWS, which can't be left out", file)
		}
	}
	root["locals"] = map[string]any{"elsewhere": "c3R1Yg=="} // the certificate's is decoded from Base64
	return root
}

// objectAt is the object at the end of keys.
func objectAt(t *testing.T, root map[string]any, keys ...string) map[string]any {
	t.Helper()
	for _, key := range keys {
		next, ok := root[key].(map[string]any)
		if !ok {
			t.Fatalf("%q of %v is no object", key, keys)
		}
		root = next
	}
	return root
}

// stubDir is a plugin folder with nothing but the two stubs: these tests judge them also where the real ones can be
// had.
var stubDir string

// buildStubs fills stubDir, once, and inside of a test: before one, go test does not note what is opened.
var buildStubs = sync.OnceValue(func() error {
	return installStubs(context.Background(), stubDir, "helm", "kubernetes")
})

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "stubprovider")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	stubDir = dir
	return m.Run()
}

// workspace is a new folder for Terraform with the stubs alone.
func workspace(t *testing.T) terraform.Workspace {
	t.Helper()
	if err := buildStubs(); err != nil {
		t.Fatal(err)
	}
	return terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentFrom(stubDir)}
}

// write makes a configuration that of a folder, and initializes it the first time.
func write(t *testing.T, w terraform.Workspace, configuration map[string]any) {
	t.Helper()
	text, err := json.Marshal(configuration)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.Dir, "cdk.tf.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(w.Dir, ".terraform")); err == nil {
		return
	}
	if err := w.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
}
