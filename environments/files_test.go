package environments

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestAnEditorsFilesAreNoEnvironments(t *testing.T) {
	dir := folder(t, map[string]string{
		"prod.yaml": valid, ".prod.yaml.swp": "x", "prod.yaml~": "x", "#prod.yaml#": "x", "4913": "x",
		"accounts/.production.yaml.swp": "x",
	})
	for _, lock := range []string{".#prod.yaml", "accounts/.#production.yaml"} {
		if err := os.Symlink("somebody@host.1234:5678", filepath.Join(dir, lock)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Load(dir, "")
	if err != nil || len(all) != 1 {
		t.Errorf("loaded %d, %v", len(all), err)
	}
}

func TestWhatIsNoRegularFileIsNotWaitedFor(t *testing.T) {
	dir := folder(t, map[string]string{"prod.yaml": valid})
	if err := syscall.Mkfifo(filepath.Join(dir, "dev.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "accounts", "dev.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Load(dir, "")
	for _, want := range []string{
		"/dev.yaml: cannot be read: it is no regular file (prw-------); make it a readable file of at most 64 KiB",
		"/accounts/dev.yaml: cannot be read: is a directory; make it a readable file of at most 64 KiB",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got\n%v\nwant\n%s", err, want)
		}
	}
}
