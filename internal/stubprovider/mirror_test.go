package stubprovider

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// pluginFolder is a plugin folder with empty packages of providers, such as aws/5.100.0, and makes it this process's.
func pluginFolder(t *testing.T, packages ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range packages {
		folder := filepath.Join(dir, terraform.ProviderFolder(name), terraform.Platform())
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		program := "terraform-provider-" + filepath.Dir(name) + "_v" + filepath.Base(name) + "_x5"
		if err := os.WriteFile(filepath.Join(folder, program), nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(terraform.PluginDirVariable, dir)
	return dir
}

func TestNeeded(t *testing.T) {
	for _, c := range []struct{ have, want []string }{
		{[]string{"aws/5.100.0"}, []string{"helm", "kubernetes"}},
		{[]string{"aws/5.100.0", "helm/2.17.0"}, []string{"kubernetes"}},
		{[]string{"aws/5.100.0", "helm/3.0.2", "kubernetes/2.36.0"}, []string{"helm", "kubernetes"}},
		{[]string{"aws/5.100.0", "helm/2.17.0", "kubernetes/2.38.0"}, nil},
	} {
		pluginFolder(t, c.have...)
		if got, err := Needed(); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("with %v: got %v, %v, want %v", c.have, got, err, c.want)
		}
	}
}

// TestMirrorHasWhatTheStacksRequire has Terraform look for the three providers: init takes a package as it is.
func TestMirrorHasWhatTheStacksRequire(t *testing.T) {
	pluginFolder(t, "aws/5.100.0", "helm/3.0.2")
	dir, err := Mirror(t.Context(), filepath.Join(t.TempDir(), "mirror"))
	if err != nil {
		t.Fatal(err)
	}
	w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentFrom(dir)}
	write(t, w, map[string]any{"terraform": map[string]any{"required_providers": map[string]any{
		"aws":        map[string]any{"source": "aws", "version": "~> 5.99"},
		"helm":       map[string]any{"source": "helm", "version": "~> 2.17"},
		"kubernetes": map[string]any{"source": "kubernetes", "version": "~> 2.37"},
	}}})
	// As the cdktf CLI runs it; the plugin folder comes from the environment.
	if _, err := w.Run(t.Context(), "providers", "lock", "-platform="+terraform.Platform()); err != nil {
		t.Error(err)
	}
}

func TestRealProvidersAreUsedWhereTheyAre(t *testing.T) {
	own := pluginFolder(t, "aws/5.100.0", "helm/2.17.0", "kubernetes/2.37.1")
	mirror := filepath.Join(t.TempDir(), "mirror")
	if dir, err := Mirror(t.Context(), mirror); err != nil || dir != own {
		t.Errorf("got %q, %v, want the plugin folder %q", dir, err, own)
	}
	if _, err := os.Stat(mirror); err == nil {
		t.Error("a mirror was made for nothing")
	}
}

func TestStubsHaveTheirSchemas(t *testing.T) {
	for provider, version := range versions {
		if _, err := os.Stat(filepath.Join("server", "schemas", provider+"-"+version+".json")); err != nil {
			t.Error(err)
		}
	}
}

// TestBesideLeavesTheGivenFolderAsItIs has a folder that is not this machine's, and one that lacks nothing.
func TestBesideLeavesTheGivenFolderAsItIs(t *testing.T) {
	given := pluginFolder(t, "aws/5.100.0", "kubernetes/2.38.0")
	t.Setenv(terraform.PluginDirVariable, "")
	dir, err := Beside(t.Context(), given, filepath.Join(t.TempDir(), "mirror"))
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range []string{"aws", "helm", "kubernetes"} {
		if !terraform.HoldsFittingVersion(dir, provider) {
			t.Errorf("the mirror lacks %s", provider)
		}
	}
	if terraform.HoldsFittingVersion(given, "helm") {
		t.Error("the stub went into the given folder")
	}
	if again, err := Beside(t.Context(), dir, filepath.Join(t.TempDir(), "unused")); err != nil || again != dir {
		t.Errorf("a folder that lacks nothing became %q, %v", again, err)
	}
}
