package tests

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew (make golden)")

// TestGolden holds every stack against its golden file, so that a change to the platform is seen as the change to its JSON.
func TestGolden(t *testing.T) {
	for _, name := range stackNames() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("golden", name+".json")
			got := stack(t, name).Text + "\n"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
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
}

// TestNoGoldenFileOfAStackThatIsGone finds what a removed stack left behind.
func TestNoGoldenFileOfAStackThatIsGone(t *testing.T) {
	files, err := filepath.Glob("golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := filepath.Glob("golden/stateful/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, frozen...) {
		if name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)); synthesized[name].Root == nil {
			t.Errorf("%s is of no stack; remove it", file)
		}
	}
}
