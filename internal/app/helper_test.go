package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain is the helper, too, as the test's own program: it does for its stack what the stack's name says.
func TestMain(m *testing.M) {
	if !IsHelper() {
		os.Exit(m.Run())
	}
	stack, folder := os.Getenv(stacksVariable), os.Getenv("CDKTF_OUTDIR")
	switch stack {
	case "refused":
		fmt.Fprintln(os.Stderr, `building stack "refused": no`)
		os.Exit(1)
	case "mute":
		os.Exit(3)
	case "unreported":
		os.Exit(writeStack(folder, stack))
	}
	one := App{outdir: folder, built: []built{{Stack: stack, Took: 7, Overridden: []string{"an attribute"}}}}
	if code := writeStack(folder, stack); code != 0 || one.tell() != nil {
		os.Exit(4)
	}
	os.Exit(0)
}

// writeStack writes a stack and a manifest as CDKTF does, and returns an exit code.
func writeStack(folder, stack string) int {
	file := stackFile(folder, stack)
	manifest := fmt.Sprintf(
		"{\n  \"stacks\": {\n    %q: {\n      \"annotations\": [\n      ],\n      \"name\": \"%s <&\"\n    }\n  },\n"+
			"  \"version\": \"0.20.12\"\n}", stack, stack)
	for _, err := range []error{
		os.MkdirAll(filepath.Dir(file), 0o700),
		os.WriteFile(file, []byte(stack), 0o600),
		os.WriteFile(filepath.Join(folder, manifestFile), []byte(manifest), 0o600),
	} {
		if err != nil {
			return 5
		}
	}
	return 0
}

// started is an app that has built one stack, and has a helper build another.
func started(t *testing.T, helpers string) *App {
	t.Helper()
	app := &App{staging: t.TempDir()}
	if writeStack(app.staging, "own") != 0 {
		t.Fatal("the app's own stack could not be written")
	}
	if err := app.Start([]string{helpers}); err != nil {
		t.Fatal(err)
	}
	if app.Elsewhere("own") || !app.Elsewhere(helpers) {
		t.Errorf("own is elsewhere, or %s is not", helpers)
	}
	app.built = append(app.built, built{Stack: "own"})
	return app
}

func TestWhatAHelperBuildsIsTakenOver(t *testing.T) {
	app := started(t, "another")
	if err := app.await(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(stackFile(app.staging, "another")); err != nil || string(text) != "another" {
		t.Errorf("its stack is %q, %v", text, err)
	}
	if len(app.built) != 2 || app.built[0].Took != 7 || len(app.built[0].Overridden) != 1 || app.built[1].Stack != "own" {
		t.Errorf("the rows of the report are %v", app.built)
	}
	const want = "{\n  \"stacks\": {\n" +
		"    \"another\": {\n      \"annotations\": [\n      ],\n      \"name\": \"another <&\"\n    },\n" +
		"    \"own\": {\n      \"annotations\": [\n      ],\n      \"name\": \"own <&\"\n    }\n" +
		"  },\n  \"version\": \"0.20.12\"\n}"
	if text, err := os.ReadFile(filepath.Join(app.staging, manifestFile)); err != nil || string(text) != want {
		t.Errorf("the manifest is\n%s, %v\nwant\n%s", text, err, want)
	}
	if left, err := os.ReadDir(app.staging); err != nil || len(left) != 2 {
		t.Errorf("left %v, %v; want the stacks and the manifest", left, err)
	}
}

func TestAHelpersErrorIsTheProcesss(t *testing.T) {
	for stack, want := range map[string]string{
		"refused":    `building stack "refused": no`,
		"mute":       `building ["mute"] in another process: exit status 3`,
		"unreported": reportFile + ": no such file",
	} {
		if err := started(t, stack).await(); err == nil ||
			!strings.HasSuffix(strings.TrimSuffix(err.Error(), " or directory"), want) {
			t.Errorf("%s: got %v, want %s", stack, err, want)
		}
	}
}

func TestAHelperBuildsItsStacksAlone(t *testing.T) {
	t.Setenv(stacksVariable, "prod,prod.global")
	app := &App{}
	for stack, elsewhere := range map[string]bool{
		"prod":          false,
		"prod.global":   false,
		"prod.platform": true,
		"dev":           true,
	} {
		if got := app.Elsewhere(stack); got != elsewhere {
			t.Errorf("%s is elsewhere: %v, want %v", stack, got, elsewhere)
		}
	}
	if len(app.built) > 0 {
		t.Errorf("a helper would report %v, which it does not build", app.built)
	}
}

func TestDismissedHelpersAreGone(t *testing.T) {
	app := started(t, "another")
	process := app.helpers[0].command
	app.dismiss()
	if process.ProcessState == nil || len(app.helpers) > 0 {
		t.Error("the helper goes on")
	}
}
