//go:build cluster

package cluster

import (
	"strings"
	"testing"
	"time"
)

// The test is the Job's controller: it says how the Job ended, and Helm goes on from there.
func TestNothingIsInstalledBeforeTheDatabaseIsReady(t *testing.T) {
	o := newOperator(t, environment(t, "prod"))
	installed := o.withHooks()
	o.awaitJob()
	for _, needed := range []string{"serviceaccount", "configmap", "networkpolicy"} {
		o.exists(needed, "database-bootstrap", true)
	}
	o.exists("deployment", release, false)
	o.endJob("Complete", "SuccessCriteriaMet")
	if err := <-installed; err != nil {
		t.Fatal(err)
	}
	o.exists("deployment", release, true)
	for _, gone := range []string{"job", "serviceaccount", "configmap", "networkpolicy"} {
		o.exists(gone, "database-bootstrap", false)
	}

	// A Job that fails stops the upgrade; the application stays as it was, and the Job stays to be looked at.
	base := o.values
	o.values = func(parameter image) object { return set(base(parameter), 9, "autoscaling", "minReplicas") }
	upgraded := o.withHooks()
	o.awaitJob()
	o.endJob("Failed", "FailureTarget")
	if err := <-upgraded; err == nil || !strings.Contains(err.Error(), "pre-upgrade hooks failed") {
		t.Errorf("an upgrade whose Job failed: %v", err)
	}
	o.expect("the change that was not made", o.get(`.items[1].spec.minReplicas`), "3")
	o.exists("job", "database-bootstrap", true)

	// The next one clears it away and goes on.
	upgraded = o.withHooks()
	o.awaitJob()
	o.endJob("Complete", "SuccessCriteriaMet")
	if err := <-upgraded; err != nil {
		t.Fatal(err)
	}
	o.expect("the change", o.get(`.items[1].spec.minReplicas`), "9")
}

// withHooks applies the release as Terraform does, hooks and all, in the background.
func (o *operator) withHooks() <-chan error {
	o.t.Helper()
	path, done := file(o.t, o.values(o.parameter)), make(chan error, 1)
	go func() {
		_, err := try(programs.Helm, "", "upgrade", release, o.chart, "--install", "--namespace", o.namespace, "--timeout", "1m", "--values", path)
		done <- err
	}()
	return done
}

func (o *operator) awaitJob() {
	o.t.Helper()
	for range 200 {
		status, err := try(programs.Kubectl, "", "get", "job", "database-bootstrap", "--namespace", o.namespace, "--output", "jsonpath={.metadata.name}{.status.conditions}")
		if err == nil && status == "database-bootstrap" {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	o.t.Fatal("Helm made no Job")
}

// endJob writes the conditions that the Job's controller ends with, in its order.
func (o *operator) endJob(end, before string) {
	o.t.Helper()
	now := time.Now().UTC().Format(time.RFC3339)
	condition := func(kind string) object { return object{"type": kind, "status": "True", "lastTransitionTime": now} }
	status := object{"startTime": now, "conditions": []object{condition(before), condition(end)}, "uncountedTerminatedPods": object{}}
	if end == "Complete" {
		status["completionTime"], status["succeeded"] = now, 1
	}
	kubectl(o.t, "", "patch", "job", "database-bootstrap", "--namespace", o.namespace, "--subresource", "status", "--type", "merge",
		"--patch", strings.TrimPrefix(text(o.t, object{"status": status}), "---\n"))
}

func (o *operator) exists(kind, name string, want bool) {
	o.t.Helper()
	got := kubectl(o.t, "", "get", kind, name, "--namespace", o.namespace, "--ignore-not-found", "--output", "name") != ""
	if got != want {
		o.t.Errorf("%s %s is there: %v, want %v", kind, name, got, want)
	}
}
