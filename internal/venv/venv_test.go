package venv

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// standIn puts a script in Python's place; it makes the virtual environment's own python a copy of itself.
func standIn(t *testing.T, install string) (calls string) {
	t.Helper()
	bin := t.TempDir()
	calls = filepath.Join(bin, "calls")
	script := "#!/bin/sh\necho \"$@\" >> " + calls + "\n" +
		"if [ \"$2\" = venv ]; then mkdir -p \"$4/bin\" && cp \"$0\" \"$4/bin/python\"; else " + install + "; fi\n"
	if err := os.WriteFile(filepath.Join(bin, "python3"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return calls
}

func TestInstallsOnceAndAnewForOtherRequirements(t *testing.T) {
	calls := standIn(t, "true")
	dir := t.TempDir()
	first, err := Install(t.Context(), dir, "tool", []byte("tool==1"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Install(t.Context(), dir, "tool", []byte("tool==1")); again != first || err != nil {
		t.Errorf("got %q, %v, want %q", again, err, first)
	}
	if other, err := Install(t.Context(), dir, "tool", []byte("tool==2")); other == first || err != nil {
		t.Errorf("other requirements are in the same place: %q, %v", other, err)
	}
	made, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(made), "--require-hashes"); n != 2 {
		t.Errorf("installed %d times, want 2:\n%s", n, made)
	}
}

func TestFailedInstallationIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	standIn(t, "echo no such package >&2; exit 1")
	if _, err := Install(t.Context(), dir, "tool", []byte("tool==1")); err == nil ||
		!strings.Contains(err.Error(), "no such package") {
		t.Errorf("got %v", err)
	}
	standIn(t, "true")
	if _, err := Install(t.Context(), dir, "tool", []byte("tool==1")); err != nil {
		t.Errorf("the second try: %v", err)
	}
}
