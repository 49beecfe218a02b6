package edit

import (
	"os"
	"path/filepath"
	"testing"
)

// change is one call on a file.
type change func(*File) error

func set(path string, value any) change { return func(f *File) error { return f.Set(path, value) } }

func appendItem(path, item string) change { return func(f *File) error { return f.Append(path, item) } }

func removed(path string) change { return func(f *File) error { return f.Remove(path) } }

// opened is a file of that content.
func opened(t *testing.T, content string) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "prod.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

type example struct {
	name   string
	before string
	change change
	after  string
}

func run(t *testing.T, examples []example) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			f := opened(t, e.before)
			if err := e.change(f); err != nil {
				t.Fatal(err)
			}
			if f.now.text != e.after {
				t.Errorf("from\n%s\ngot\n%s\nwant\n%s", e.before, f.now.text, e.after)
			}
		})
	}
}
