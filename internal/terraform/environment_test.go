package terraform

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTerraformsVariablesWorkOrAreDropped(t *testing.T) {
	there := filepath.Join(t.TempDir(), "terraformrc")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	always := []string{"TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1"}
	for name, c := range map[string]struct {
		base []string
		dir  string
		want []string
	}{
		"no folder": {base: []string{"A=1"}, want: []string{"A=1"}},
		"configuration": {
			base: []string{"TF_CLI_CONFIG_FILE=" + there},
			want: []string{"TF_CLI_CONFIG_FILE=" + there},
		},
		"missing configuration": {base: []string{"A=1", "TF_CLI_CONFIG_FILE=" + there + ".missing"}, want: []string{"A=1"}},
		"data folder":           {base: []string{"A=1", "TF_DATA_DIR=/data"}, want: []string{"A=1"}},
		"folder": {base: []string{"A=1"}, dir: "/a b", want: []string{"A=1",
			`TF_CLI_ARGS_init=-plugin-dir="/a b"`, `TF_CLI_ARGS_providers_lock=-fs-mirror="/a b"`}},
		"the user's own arguments": {
			base: []string{"TF_CLI_ARGS_init=-upgrade"},
			dir:  "/m",
			want: []string{"TF_CLI_ARGS_init=-upgrade",
				`TF_CLI_ARGS_init=-upgrade -plugin-dir="/m"`, `TF_CLI_ARGS_providers_lock=-fs-mirror="/m"`},
		},
		"the user's own folder": {base: []string{"TF_CLI_ARGS_init=-plugin-dir=/own"}, dir: "/m", want: []string{
			"TF_CLI_ARGS_init=-plugin-dir=/own", `TF_CLI_ARGS_providers_lock=-fs-mirror="/m"`}},
	} {
		t.Run(name, func(t *testing.T) {
			want := slices.Concat(c.want, always, []string{"LAST=1"})
			if diff := cmp.Diff(want, EnvironmentOver(c.base, c.dir, "LAST=1")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnotherWorkspaceIsRefused(t *testing.T) {
	t.Setenv(PluginDirVariable, holding(t, "aws/5.100.0"))
	for name, refused := range map[string]bool{"": false, "default": false, "blue": true} {
		t.Setenv(workspaceName, name)
		_, err := Environment()
		if (err != nil) != refused || refused && !strings.Contains(err.Error(), `TF_WORKSPACE is "blue"`) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// holding is a plugin folder with empty packages of some providers' versions.
func holding(t *testing.T, versions ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, version := range versions {
		if err := os.MkdirAll(filepath.Join(dir, ProviderFolder(version), Platform()), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
