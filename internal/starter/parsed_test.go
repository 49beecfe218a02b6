package starter

import (
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is what of a workflow, or of an action, is looked at.
type workflow struct {
	Permissions map[string]string
	Env         map[string]string
	Defaults    struct{ Run struct{ Shell string } }
	Jobs        map[string]*job
	Runs        struct{ Steps []step }
}

type job struct {
	Uses        string
	Permissions map[string]string
	Concurrency any
	Environment string
	Timeout     int `yaml:"timeout-minutes"`
	Strategy    struct {
		Matrix struct{ Include []map[string]string }
	}
	With  map[string]string
	Env   map[string]string
	Steps []step
}

type step struct {
	Name, Uses, Run, If string
	With, Env           map[string]string
}

// parsed are workflows and actions, by their paths.
func parsed(t *testing.T, files map[string][]byte) map[string]workflow {
	t.Helper()
	all := map[string]workflow{}
	for name, text := range files {
		var one workflow
		if err := yaml.Unmarshal(text, &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = one
	}
	return all
}

// committed are the workflows and actions of a folder.
func committed(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for _, pattern := range []string{"workflows/*.yml", "actions/*/action.yml"} {
		names, err := filepath.Glob(filepath.Join(folder, GitHubDir, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			relative, err := filepath.Rel(filepath.Join(folder, GitHubDir), name)
			if err != nil {
				t.Fatal(err)
			}
			found[filepath.ToSlash(relative)] = text
		}
	}
	return found
}
