package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/pages"
)

func TestDocs(t *testing.T) {
	b := newBench("")
	written := map[string]string{}
	o := docsOptions{
		run: b.options,
		pages: func(in pages.Input) (map[string][]byte, error) {
			return map[string][]byte{"docs/b.md": []byte("b"), "docs/a.md": []byte("a")}, nil
		},
		write: func(file string, text []byte) error { written[file] = string(text); return nil },
	}
	if err := runDocs(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if written["docs/a.md"] != "a" || written["docs/b.md"] != "b" {
		t.Errorf("written were %v", written)
	}
	if !strings.HasSuffix(b.out.String(), "wrote docs/a.md\nwrote docs/b.md\n") {
		t.Errorf("it says %q", b.out.String())
	}
	o.write = func(string, []byte) error { return errors.New("disk full") }
	if err := runDocs(t.Context(), o); err == nil || err.Error() != "writing a page: disk full" {
		t.Errorf("error %v", err)
	}
}
