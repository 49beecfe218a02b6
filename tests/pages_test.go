package tests

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/pages"
)

// TestThePagesAndPicturesAreUpToDate holds what `make docs` writes against what this repository's environments,
// settings and modules are now.
func TestThePagesAndPicturesAreUpToDate(t *testing.T) {
	all, err := environments.Load("../environments", "")
	if err != nil {
		t.Fatal(err)
	}
	made := synthesize(t, all...)
	written, err := pages.Pages(pages.Input{
		Root:         "..",
		Environments: all,
		Synthesized: func(stack string) ([]byte, error) {
			if _, ok := made[stack]; !ok {
				return nil, fmt.Errorf("no stack %q", stack)
			}
			return []byte(made[stack].Text), nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range slices.Sorted(maps.Keys(written)) {
		if have, _ := os.ReadFile(filepath.Join("..", file)); !bytes.Equal(have, written[file]) {
			t.Errorf("%s is stale, or not there; run: make docs", file)
		}
	}
	pictures, err := filepath.Glob("../docs/architecture-*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, picture := range pictures {
		if _, ok := written[strings.TrimPrefix(picture, "../")]; !ok {
			t.Errorf("%s is of an environment that is gone; delete it, and its page in docs/environments", picture)
		}
	}
}
