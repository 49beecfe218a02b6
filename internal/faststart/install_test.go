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

// A HOME that can't be written to costs no speed, and leaves nothing in the temporary folder.
func TestInstallWithoutACacheFolder(t *testing.T) {
	home := inFolder(t)
	if err := os.WriteFile(home, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	file, err := install([]byte("script"))
	if err != nil {
		t.Fatal(err)
	}
	if here, _ := filepath.Abs(projectFolder); filepath.Dir(file) != here {
		t.Errorf("it is in %q, want %q", file, here)
	}
	if left := list(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func TestInstallNowhere(t *testing.T) {
	home := inFolder(t)
	if err := os.WriteFile(home, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile(projectFolder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if file, err := install([]byte("script")); err == nil {
		t.Errorf("installed to %q, want an error", file)
	}
}

func TestPackageCacheIsWhereItCanBeWritten(t *testing.T) {
	home := inFolder(t)
	if err := placePackageCache(); err != nil || os.Getenv(packageCacheVariable) != "" {
		t.Errorf("HOME can be written to, and it is in %q: %v", os.Getenv(packageCacheVariable), err)
	}
	if left := list(t, home); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	if err := os.RemoveAll(home); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(home, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	want, err := filepath.Abs(filepath.Join(projectFolder, "jsii"))
	if err != nil {
		t.Fatal(err)
	}
	if err := placePackageCache(); err != nil || os.Getenv(packageCacheVariable) != want {
		t.Errorf("it is in %q, want %q: %v", os.Getenv(packageCacheVariable), want, err)
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
