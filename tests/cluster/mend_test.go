//go:build cluster

package cluster

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/titan-platform/titan/internal/releases"
)

// connection is the API server's, as the kubeconfig has it.
func connection(t *testing.T) *rest.Config {
	t.Helper()
	config, err := clientcmd.BuildConfigFromFlags("", server.Kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// find is the operator's release as its records say; false where there is none.
func (o *operator) find(client metadata.Interface) (releases.Release, bool) {
	o.t.Helper()
	all, err := releases.List(o.t.Context(), client)
	if err != nil {
		o.t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r releases.Release) bool { return r.Namespace == o.namespace && r.Name == release })
	if i < 0 {
		return releases.Release{}, false
	}
	return all[i], true
}

// killed runs Helm until it waits for pods, which never become ready here, and kills it then: what a build that ends in
// the middle leaves behind.
func (o *operator) killed(client metadata.Interface, status releases.Status, arguments ...string) releases.Release {
	o.t.Helper()
	command := exec.Command(programs.Helm, append(arguments, "--namespace", o.namespace, "--no-hooks", "--wait", "--timeout", "10m",
		"--values", file(o.t, o.values(o.parameter)))...)
	if err := command.Start(); err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = command.Wait() }()
	defer func() { _ = command.Process.Kill() }()
	for range 300 {
		_, err := try(programs.Kubectl, "", "get", "--namespace", o.namespace, "deployment", release)
		if found, there := o.find(client); there && found.Status == status && err == nil {
			return found
		}
		time.Sleep(100 * time.Millisecond)
	}
	o.t.Fatalf("the release is never %s", status)
	return releases.Release{}
}

func TestAReleaseWhoseOperationWasKilledIsMended(t *testing.T) {
	o := newOperator(t, environment(t, "prod"))
	client, err := metadata.NewForConfig(connection(t))
	if err != nil {
		t.Fatal(err)
	}
	upgrade := func() error {
		_, err := try(programs.Helm, "", "upgrade", release, o.chart, "--install", "--namespace", o.namespace, "--no-hooks",
			"--values", file(t, o.values(o.parameter)))
		return err
	}
	mend := func(stuck releases.Release, want releases.Mended) {
		t.Helper()
		if err := upgrade(); err == nil || !strings.Contains(err.Error(), "another operation") {
			t.Fatalf("Helm goes on with a release that is %s: %v", stuck.Status, err)
		}
		if _, err := releases.Mend(t.Context(), client, stuck, time.Hour, time.Now()); err == nil {
			t.Fatal("it mends what was pending for seconds")
		}
		got, err := releases.Mend(t.Context(), client, stuck, 0, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Removed, want.Removed) || got.Left != want.Left {
			t.Errorf("mended %+v, want %+v", got, want)
		}
	}

	stuck := o.killed(client, releases.PendingInstall, "install", release, o.chart)
	made := kubectl(t, "", "get", "--namespace", o.namespace, "deployment", release, "--output", "jsonpath={.metadata.uid}")
	mend(stuck, releases.Mended{Removed: []int{1}})
	if err := upgrade(); err != nil {
		t.Fatalf("the next install does not take over what is there: %v", err)
	}
	if now := kubectl(t, "", "get", "--namespace", o.namespace, "deployment", release, "--output", "jsonpath={.metadata.uid}"); now != made {
		t.Error("the Deployment was made anew")
	}

	base := o.values
	o.values = func(parameter image) object { return set(base(parameter), 9, "autoscaling", "minReplicas") }
	stuck = o.killed(client, releases.PendingUpgrade, "upgrade", release, o.chart)
	mend(stuck, releases.Mended{Removed: []int{2}, Left: 1})
	if err := upgrade(); err != nil {
		t.Fatal(err)
	}
	o.expect("the change", o.get(`.items[1].spec.minReplicas`), "9")
	if now, _ := o.find(client); now.Revision != 2 || now.Status != releases.Deployed {
		t.Errorf("the release is %+v", now)
	}
}

// A record that Helm has written meanwhile is not the one that was looked at.
func TestARecordThatChangesIsNotRemoved(t *testing.T) {
	o := newOperator(t, environment(t, "prod"))
	client, err := metadata.NewForConfig(connection(t))
	if err != nil {
		t.Fatal(err)
	}
	stuck := o.killed(client, releases.PendingInstall, "install", release, o.chart)
	kubectl(t, "", "label", "--namespace", o.namespace, "secret", "sh.helm.release.v1."+release+".v1", "meanwhile=true")
	if _, err := releases.Mend(t.Context(), client, stuck, 0, time.Now()); err == nil || !strings.Contains(err.Error(), "Helm is still at it") {
		t.Errorf("%v", err)
	}
	if _, there := o.find(client); !there {
		t.Error("the record is gone")
	}
}
