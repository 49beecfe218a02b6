package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformdemo"
)

// platformOptions are those of a terminal that nobody sits at, in a folder of their own.
func platformOptions(t *testing.T) (o demoPlatformOptions, out *bytes.Buffer) {
	t.Helper()
	terminal, out, _ := screen()
	return demoPlatformOptions{
		terminal: terminal, load: loadEnvironments, dir: filepath.Join(t.TempDir(), "platform"), environment: "prod",
		now: time.Now, after: time.After,
	}, out
}

func TestNoPlatformIsTakenAway(t *testing.T) {
	o, out := platformOptions(t)
	left := filepath.Join(o.dir, "run", "etcd")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := demoPlatformDown(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	expect(t, "standard output", out.String(), "no platform is shown; there is nothing to take away\n")
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a killed one left is still there: %v", err)
	}
}

func TestAPlatformIsOfWhatThereIs(t *testing.T) {
	o, _ := platformOptions(t)
	o.environment = "production"
	err := demoPlatformUp(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), `no environment is called "production"`) {
		t.Errorf("got %v", err)
	}
	o.environment, o.charts = "prod", "charst"
	if err := demoPlatformUp(t.Context(), o); err == nil || err.Error() != `--charts: there is no folder "charst"` {
		t.Errorf("got %v", err)
	}
}

// A repository of one's own has Titan as a module, which does not hold the modules that pin the programs.
func TestOutsideOfACloneItIsSaid(t *testing.T) {
	o, _ := platformOptions(t)
	all, err := o.load()
	if err != nil {
		t.Fatal(err)
	}
	o.load = func() ([]environments.Environment, error) { return all, nil }
	t.Chdir(t.TempDir())
	err = demoPlatformUp(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "this is no clone of Titan's repository") {
		t.Errorf("got %v", err)
	}
}

// make e2e-platform runs what is shown; a failed release makes the command fail, and is still shown.
func TestAReportEndsInWhatToTry(t *testing.T) {
	o, out := platformOptions(t)
	all, err := o.load()
	if err != nil {
		t.Fatal(err)
	}
	prod, err := named(all, "prod")
	if err != nil {
		t.Fatal(err)
	}
	demo := &platformdemo.Demo{Environment: prod, Programs: kubernetes.Programs{Version: "1.35.4"}}
	if err := o.show(&platformdemo.Report{}, demo); err != nil {
		t.Error(err)
	}
	for _, want := range []string{
		"Kubernetes 1.35.4, kubeconfig ", "helm get values birthday-app --namespace birthday\n", "make demo-platform-down\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it lacks %q:\n%s", want, out)
		}
	}
	err = o.show(&platformdemo.Report{Failed: []error{context.DeadlineExceeded}}, demo)
	if err == nil || err.Error() != "1 of the releases failed" {
		t.Errorf("got %v", err)
	}
}
