package faststart

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestInstallIsSafeUnderConcurrency(t *testing.T) {
	home := inFolder(t)
	script := []byte("// " + strings.Repeat("long ", 10_000))
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			file, err := install(script)
			if err != nil {
				t.Error(err)
				return
			}
			if content, err := os.ReadFile(file); err != nil || string(content) != string(script) {
				t.Errorf("read %d of %d bytes: %v", len(content), len(script), err)
			}
		})
	}
	group.Wait()
	if files := list(t, home); len(files) != 1 {
		t.Errorf("left %q, want one file", files)
	}
}

func TestInstallRepairsWhatIsDamaged(t *testing.T) {
	inFolder(t)
	file, err := install([]byte("right"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("wrong"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := install([]byte("right")); err != nil || again != file {
		t.Fatalf("got %q, %v; want %q", again, err, file)
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "right" {
		t.Errorf("read %q, %v", content, err)
	}
}

func TestInstallWithoutACacheFolder(t *testing.T) {
	home := inFolder(t)
	if err := os.WriteFile(home, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	file, err := install([]byte("script"))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Dir(file)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of %q is not private: %v, %v", file, info.Mode(), err)
	}
}

func TestInstallNowhere(t *testing.T) {
	home := inFolder(t)
	if err := os.WriteFile(home, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	if file, err := install([]byte("script")); err == nil {
		t.Errorf("installed to %q, want an error", file)
	}
}

func list(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
