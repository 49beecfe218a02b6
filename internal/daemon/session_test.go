package daemon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASessionReplacesTheOneBefore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "session.json")
	for _, pid := range []int{1, 2} {
		if err := WriteSession(file, map[string]int{"pid": pid}); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != `{"pid":2}` {
		t.Errorf("got %q, %v, want the second session", text, err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("the folder has %v, %v, want the session alone", left, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want a file for its owner alone", info.Mode(), err)
	}
}

func TestASessionThatCannotBeWritten(t *testing.T) {
	err := WriteSession(filepath.Join(t.TempDir(), "missing", "session.json"), 1)
	if err == nil || !strings.HasPrefix(err.Error(), "writing the session: ") {
		t.Errorf("got %v", err)
	}
}
