package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// providersFrom installs with a CLI configuration of the user's.
func providersFrom(t *testing.T, dir, configuration string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "terraformrc")
	if err := os.WriteFile(file, []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(configFile, file)
	return installProviders(t.Context(), dir)
}

// The user's own mirror, of which Terraform on an emulator knows nothing, fills the folder that it is given instead.
func TestProvidersComeFromWhereTheUserHasThem(t *testing.T) {
	mirror, err := PluginDir()
	if err != nil || mirror == "" {
		t.Skip("there is no mirror on this machine to play the user's: ", err)
	}
	dir := t.TempDir()
	own := fmt.Sprintf(`provider_installation {
  dev_overrides {
    "hashicorp/aws" = "/src"
  }
  filesystem_mirror {
    path = %q
  }
}`, mirror)
	installed, err := providersFrom(t, dir, own)
	if err != nil {
		t.Fatal(err)
	}
	// Nobody is asked a second time: there would be nothing.
	again, err := providersFrom(t, dir, "provider_installation {}")
	if again != installed || err != nil {
		t.Errorf("got %q, %v, want %q", again, err, installed)
	}
	w := Workspace{Dir: t.TempDir(), Env: EnvironmentOver(
		[]string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "HTTPS_PROXY=http://127.0.0.1:1", configFile + "=" + os.DevNull,
		}, installed)}
	if err := os.WriteFile(filepath.Join(w.Dir, "main.tf.json"), []byte(awsOnly), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Init(t.Context()); err != nil {
		t.Errorf("the folder is no plugin folder: %v", err)
	}
}
