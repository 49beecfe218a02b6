package platformtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/synth"
)

// golden holds every stack against its golden file, so that a change is seen as the change to its JSON.
func golden(t *testing.T, folder string, stacks []Stack) {
	t.Helper()
	for _, one := range stacks {
		t.Run(one.Name, func(t *testing.T) {
			file := filepath.Join(folder, one.Name+".json")
			got := one.Text + "\n"
			if Updating() {
				write(t, file, got)
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; write it with: make golden", err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s differs (-golden +now); if that is meant, run: make golden\n%s", file, diff)
			}
		})
	}
	forget(t, filepath.Join(folder, "*.json"), stacks)
}

// forget finds the golden files of stacks that are gone.
func forget(t *testing.T, pattern string, stacks []Stack) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	named := synth.ByName(stacks)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if _, there := named[name]; there {
			continue
		}
		t.Errorf(
			"%s is of no stack: an environment or a region has left the files. Destroy what it has, then remove the file", file)
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
