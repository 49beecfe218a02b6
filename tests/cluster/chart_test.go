//go:build cluster

package cluster

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// What the API server would take, and we must not have.
func TestChartKeepsWhatThePlatformPromises(t *testing.T) {
	for _, e := range all(t) {
		objects, hooks := render(t, values(t, e, standIn))
		deployment := one(t, objects, "Deployment/birthday-app")
		if at(deployment, "spec", "replicas") != nil {
			t.Errorf("%s: the Deployment has replicas, which are the autoscaler's", e.Name)
		}
		for _, o := range append(objects, hooks...) {
			if o["kind"] == "Service" && at(o, "spec", "type") != "ClusterIP" {
				t.Errorf("%s: %s is a %v", e.Name, name(o), at(o, "spec", "type"))
			}
			if o["kind"] == "Secret" {
				t.Errorf("%s: %s: a password would be in the release", e.Name, name(o))
			}
			p := pod(o)
			if p == nil {
				continue
			}
			if at(p, "spec", "automountServiceAccountToken") != false {
				t.Errorf("%s: the pod of %s gets a token of Kubernetes' API", e.Name, name(o))
			}
			init, _ := at(p, "spec", "initContainers").([]any)
			for _, c := range append(init, at(p, "spec", "containers").([]any)...) {
				if image, _ := at(c, "image").(string); !strings.Contains(image, "@sha256:") {
					t.Errorf("%s: image %q of %s is not pinned by digest", e.Name, image, name(o))
				}
				if at(c, "securityContext", "readOnlyRootFilesystem") != true {
					t.Errorf("%s: %s has a root file system that can be written to", e.Name, name(o))
				}
			}
		}

		var hosts []string
		for _, rule := range at(one(t, objects, "Ingress/birthday-app"), "spec", "rules").([]any) {
			hosts = append(hosts, at(rule, "host").(string))
		}
		if want := []string{e.DNS.Name, e.DNS.Origin()}; !slices.Equal(hosts, want) {
			t.Errorf("%s: Ingress answers %v; CloudFront asks for %v", e.Name, hosts, want)
		}
	}
}

// The IRSA table in modules/irsa/workload trusts these names and no others.
func TestServiceAccountsAreTheOnesThatTheRolesTrust(t *testing.T) {
	objects, hooks := render(t, values(t, environment(t, "prod"), standIn))
	for account, role := range map[string]string{
		"ServiceAccount/birthday-app":       "arn:aws:iam::333333333333:role/titan-prod-birthday-app",
		"ServiceAccount/database-bootstrap": "arn:aws:iam::333333333333:role/titan-prod-database-bootstrap",
	} {
		o := one(t, append(slices.Clone(objects), hooks...), account)
		if got := annotation(o, "eks.amazonaws.com/role-arn"); got != role {
			t.Errorf("%s has role %q, want %q", account, got, role)
		}
	}
}

// Another application runs by this chart under its own name; the chart's is in the label that says which chart it is.
func TestTheChartTakesItsReleasesName(t *testing.T) {
	v := values(t, environment(t, "dev"), standIn)
	for path, value := range map[string]string{
		"name": "orders", "user": "orders_app", "writerHost": "writer.example.com", "readerHost": "reader.example.com",
	} {
		set(v, value, "database", path)
	}
	set(v, "orders-db-credentials-dev", "database", "credentials", "secretName")
	set(v, "orders-service", "tracing", "serviceName")
	rendered := helm(t, "template", "orders", chart, "--namespace", "orders", "--values", file(t, v))
	for _, line := range strings.Split(rendered, "\n") {
		if strings.Contains(line, "birthday") && !strings.Contains(line, "helm.sh/chart: ") && !strings.HasPrefix(line, "# Source: ") {
			t.Errorf("the release orders has %s", strings.TrimSpace(line))
		}
	}
}

func TestAPasswordOrATokenNeverBoth(t *testing.T) {
	for _, e := range all(t) {
		objects, _ := render(t, values(t, e, standIn))
		password := strings.Contains(text(t, objects...), "DATABASE_PASSWORD")
		secret := slices.ContainsFunc(objects, func(o object) bool { return o["kind"] == "ExternalSecret" })
		if want := e.Database.Login == environments.LoginPassword; password != want || secret != want {
			t.Errorf("%s logs in by %s: password in the environment %v, ExternalSecret %v", e.Name, e.Database.Login, password, secret)
		}
	}
}

// The Job needs the others when its pod starts, nothing waits for an object that is not a Job, and each runs before the release's own.
func TestBootstrapRunsAfterWhatItNeeds(t *testing.T) {
	_, hooks := render(t, values(t, environment(t, "prod"), standIn))
	var order []string
	for _, hook := range hooks {
		if annotation(hook, "helm.sh/hook") == "pre-install,pre-upgrade" {
			order = append(order, name(hook))
		}
	}
	last := len(order) - 1
	slices.Sort(order[:last])
	want := []string{"ConfigMap/database-bootstrap", "NetworkPolicy/database-bootstrap", "ServiceAccount/database-bootstrap", "Job/database-bootstrap"}
	if !slices.Equal(order, want) {
		t.Errorf("hooks run in the order %v, want %v", order, want)
	}
}

// Only the container that reads the secrets has the token of the role that may.
func TestOnlyOneContainerCanReadTheMastersSecret(t *testing.T) {
	_, hooks := render(t, values(t, environment(t, "prod"), standIn))
	spec := at(one(t, hooks, "Job/database-bootstrap"), "spec", "template", "spec").(object)
	for part, want := range map[string]bool{"initContainers": true, "containers": false} {
		container, err := json.Marshal(spec[part])
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(container), "aws-iam-token"); got != want {
			t.Errorf("%s mount the token: %v, want %v", part, got, want)
		}
	}
}

// A policy that selects too little opens nothing, one that selects too much opens more than it says.
func TestPoliciesSelectTheirPods(t *testing.T) {
	objects, hooks := render(t, values(t, environment(t, "prod"), standIn))
	everything := append(objects, hooks...)
	for policy, owner := range map[string]string{
		"NetworkPolicy/birthday-app":             "Deployment/birthday-app",
		"NetworkPolicy/birthday-app-health-test": "Pod/birthday-app-health-test",
		"NetworkPolicy/database-bootstrap":       "Job/database-bootstrap",
	} {
		selector := at(one(t, everything, policy), "spec", "podSelector", "matchLabels").(object)
		for _, o := range everything {
			p := pod(o)
			if p == nil {
				continue
			}
			if got := selects(selector, p); got != (name(o) == owner) {
				t.Errorf("%s selects the pod of %s: %v", policy, name(o), got)
			}
		}
	}
	if !selects(at(one(t, objects, "Service/birthday-app"), "spec", "selector").(object), pod(one(t, objects, "Deployment/birthday-app"))) {
		t.Error("the Service does not select the application's pods")
	}
}

func selects(selector, pod object) bool {
	labels := at(pod, "metadata", "labels").(object)
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}
