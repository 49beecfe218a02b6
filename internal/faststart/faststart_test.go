package faststart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inFolder gives the test a cache of its own, in a folder whose name needs quoting.
func inFolder(t *testing.T) string {
	t.Helper()
	home := filepath.Join(t.TempDir(), `a "home" with spaces`)
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("NODE_OPTIONS", "")
	t.Setenv(PlainVariable, "")
	t.Setenv(DebugVariable, "")
	t.Setenv(packageCacheVariable, "")
	t.Setenv(symlinksVariable, "")
	for variable := range nodeWarnings {
		t.Setenv(variable, "") // has the test restore it
		if err := os.Unsetenv(variable); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

func TestEnable(t *testing.T) {
	inFolder(t)
	t.Setenv("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18")
	enable()
	first := os.Getenv("NODE_OPTIONS")
	if !strings.HasPrefix(first, heapOption+` --require "`) {
		t.Errorf("NODE_OPTIONS is %q", first)
	}
	if enable(); os.Getenv("NODE_OPTIONS") != first {
		t.Errorf("a second call made NODE_OPTIONS %q", os.Getenv("NODE_OPTIONS"))
	}
	for variable, want := range map[string]string{
		"JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "18", // the user's own
		"JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION":  "1",
		"JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION":    "1",
	} {
		if got := os.Getenv(variable); got != want {
			t.Errorf("%s is %q, want %q", variable, got, want)
		}
	}
}

func TestPlainStartUsesAnotherPreload(t *testing.T) {
	inFolder(t)
	t.Setenv(PlainVariable, "1")
	if err := prepare(); err != nil {
		t.Fatal(err)
	}
	plain, plainSymlinks := os.Getenv("NODE_OPTIONS"), os.Getenv(symlinksVariable)
	t.Setenv("NODE_OPTIONS", "")
	t.Setenv(PlainVariable, "")
	if err := prepare(); err != nil {
		t.Fatal(err)
	}
	if fast := os.Getenv("NODE_OPTIONS"); plain == fast || !strings.HasPrefix(plain, heapOption) {
		t.Errorf("NODE_OPTIONS is %q fast and %q plain", fast, plain)
	}
	if fast := os.Getenv(symlinksVariable); fast != "1" || plainSymlinks != "" {
		t.Errorf("%s is %q fast and %q plain, want 1 and nothing", symlinksVariable, fast, plainSymlinks)
	}
}

func TestWithRequire(t *testing.T) {
	for name, test := range map[string]struct{ options, file, want string }{
		"nothing set":          {"", "/c/p.cjs", `--max-old-space-size=4069 --require "/c/p.cjs"`},
		"the user's survive":   {"--inspect", "/c/p.cjs", `--max-old-space-size=4069 --inspect --require "/c/p.cjs"`},
		"the user's heap":      {"--max-old-space-size=9000", "/c/p.cjs", `--max-old-space-size=9000 --require "/c/p.cjs"`},
		"V8's spelling":        {"--max_old_space_size=9000", "/c/p.cjs", `--max_old_space_size=9000 --require "/c/p.cjs"`},
		"there already":        {`--require "/c/p.cjs" --trace-gc`, "/c/p.cjs", `--require "/c/p.cjs" --trace-gc`},
		"spaces":               {"", "/my cache/p.cjs", `--max-old-space-size=4069 --require "/my cache/p.cjs"`},
		"a Windows path":       {"", `C:\c\p.cjs`, `--max-old-space-size=4069 --require "C:\\c\\p.cjs"`},
		"quotes in the path":   {"", `/"c"/p.cjs`, `--max-old-space-size=4069 --require "/\"c\"/p.cjs"`},
		"a user's own preload": {"-r ./mine.cjs", "/c/p.cjs", `--max-old-space-size=4069 -r ./mine.cjs --require "/c/p.cjs"`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := withRequire(test.options, test.file); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
