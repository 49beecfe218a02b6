//go:build cluster && control

package cluster

import (
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/kubernetes"
)

// controlled is the application's release in its own namespace, on nodes that the test gives.
type controlled struct {
	t         *testing.T
	namespace string
	values    object
}

// installed applies production's manifests and installs its application as the pipeline does, hooks and all.
func installed(t *testing.T, changes ...func(values object)) *controlled {
	t.Helper()
	e := environment(t, "prod")
	platformOf(t, e, standIn).apply(t)
	c := &controlled{t, e.Application.Namespace, values(t, e, standIn)}
	for _, change := range changes {
		change(c.values)
	}
	t.Cleanup(func() {
		_, err := try(programs.Helm, "", "uninstall", release, "--namespace", c.namespace, "--ignore-not-found", "--wait")
		if err != nil {
			t.Error(err)
		}
	})
	if err := c.upgrade("2m"); err != nil {
		t.Fatal(err)
	}
	c.ready(e.Application.MinReplicas)
	return c
}

// upgrade is the pipeline's (modules/delivery/buildspec/deploy.yml), which names no --wait, since --atomic means it.
func (c *controlled) upgrade(timeout string) error {
	c.t.Helper()
	_, err := try(programs.Helm, "", "upgrade", release, chart, "--install", "--namespace", c.namespace, "--atomic", "--timeout", timeout,
		"--values", file(c.t, c.values))
	return err
}

// ready waits until so many pods are, and no other is left.
func (c *controlled) ready(want int) {
	c.t.Helper()
	await(c.t, "the application's pods", func() string {
		got := c.deployment("{.status.replicas} {.status.updatedReplicas} {.status.readyReplicas}")
		if n := " " + itoa(want); got != strings.TrimSpace(strings.Repeat(n, 3)) {
			return "there are, updated and ready: " + got
		}
		return ""
	})
}

func (c *controlled) deployment(path string) string {
	c.t.Helper()
	return kubectl(c.t, "", "get", "deployment", release, "--namespace", c.namespace, "--output", "jsonpath="+path)
}

// The bootstrap Job runs and ends before the Deployment is there, and leaves nothing; the autoscaler then raises the one replica of a new
// Deployment to its least.
func TestControlARolloutRunsItsHooksAndIsTakenBackWhenItFails(t *testing.T) {
	atRest(t, environment(t, "prod"), "xlarge")
	c := installed(t)
	if left := kubectl(t, "", "get", "job,networkpolicy", "database-bootstrap", "--namespace", c.namespace, "--ignore-not-found", "--output", "name"); left != "" {
		t.Errorf("the hooks leave %s", left)
	}

	// An image that does not start: nothing that serves goes, and Helm takes the release back by itself.
	before := c.deployment("{.spec.template.spec.containers[0].image}")
	set(c.values, kubernetes.Broken, "image", "digest")
	watched := make(chan string)
	stop := make(chan struct{})
	go func() { watched <- c.leastReady(stop) }()
	err := c.upgrade("15s")
	close(stop)
	if err == nil || !strings.Contains(err.Error(), "has been rolled back due to atomic being set") {
		t.Errorf("an image that does not start: %v", err)
	}
	if least := <-watched; least != "3" {
		t.Errorf("%s pods were ready at the worst, want all 3", least)
	}
	c.ready(3)
	if now := c.deployment("{.spec.template.spec.containers[0].image}"); now != before {
		t.Errorf("the image is %s, want %s again", now, before)
	}
	set(c.values, standIn.digest, "image", "digest")

	// A Job that fails: Helm never comes to the Deployment.
	revision := c.deployment(`{.metadata.annotations.deployment\.kubernetes\.io/revision}`)
	set(c.values, "public.ecr.aws/docker/library/postgres@"+kubernetes.Broken, "tools", "psql")
	set(c.values, "128Mi", "resources", "requests", "memory")
	if err := c.upgrade("2m"); err == nil || !strings.Contains(err.Error(), "pre-upgrade hooks failed") {
		t.Errorf("a Job that fails: %v", err)
	}
	if now := c.deployment(`{.metadata.annotations.deployment\.kubernetes\.io/revision}`); now != revision {
		t.Errorf("the Deployment is at revision %s, want %s", now, revision)
	}
}

// leastReady is the fewest ready pods of the Deployment until stop.
func (c *controlled) leastReady(stop <-chan struct{}) string {
	least := ""
	for {
		now, err := try(programs.Kubectl, "", "get", "deployment", release, "--namespace", c.namespace, "--output", "jsonpath={.status.readyReplicas}")
		if err == nil && (least == "" || now < least) {
			least = now
		}
		select {
		case <-stop:
			return least
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Two pods may not go at once: a drain waits until the first has been replaced.
func TestControlADrainWaitsForTheDisruptionBudget(t *testing.T) {
	groups := atRest(t, environment(t, "prod"), "xlarge")
	c := installed(t)
	pods := strings.Fields(kubectl(t, "", "get", "pods", "--namespace", c.namespace, "--selector", "app.kubernetes.io/name="+release,
		"--output", "jsonpath={.items[*].metadata.name}"))
	for name := range groups {
		kubectl(t, "", "cordon", name+"-1")
	}
	if err := c.evict(pods[0]); err != nil {
		t.Fatal(err)
	}
	await(t, "a pod without a node", func() string {
		if got := placement(t, c.namespace, release); !strings.HasSuffix(got, "1 pending") {
			return "pods run at " + got
		}
		return ""
	})
	if err := c.evict(pods[1]); err == nil || !strings.Contains(err.Error(), "disruption budget") {
		t.Errorf("a second pod while the first is not back: %v", err)
	}
	for name := range groups {
		kubectl(t, "", "uncordon", name+"-1")
	}
	c.ready(3)
	if err := c.evict(pods[1]); err != nil {
		t.Errorf("after the first is back: %v", err)
	}
	c.ready(3)
}

// evict asks for a pod to leave, as a drain does.
func (c *controlled) evict(pod string) error {
	c.t.Helper()
	eviction := strings.TrimPrefix(text(c.t, object{
		"apiVersion": "policy/v1", "kind": "Eviction", "metadata": object{"name": pod, "namespace": c.namespace},
	}), "---\n")
	_, err := try(programs.Kubectl, eviction, "create", "--raw", "/api/v1/namespaces/"+c.namespace+"/pods/"+pod+"/eviction", "--filename", "-")
	return err
}

// A namespace with a release in it ends, by the controllers that empty it.
func TestControlANamespaceEnds(t *testing.T) {
	atRest(t, environment(t, "prod"), "xlarge")
	c := installed(t)
	kubectl(t, "", "delete", "namespace", c.namespace, "--timeout", patience.String())
	if left := kubectl(t, "", "get", "namespace", c.namespace, "--ignore-not-found", "--output", "name"); left != "" {
		t.Errorf("%s is still there", left)
	}
}
