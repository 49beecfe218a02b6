//go:build cluster

package cluster

import (
	"strings"
	"testing"
)

// namespace makes one that is the application's in the platform stack but for its name. What no controller makes here, the default service
// account, comes with it.
func namespace(t *testing.T, name string) {
	t.Helper()
	p := platformOf(t, environment(t, "dev"), standIn)
	if !applied {
		p.apply(t)
	}
	for _, manifest := range p.manifests(t) {
		if manifest["kind"] == "Namespace" && at(manifest, "metadata", "name") == "birthday" {
			set(manifest, name, "metadata", "name")
			kubectl(t, text(t, manifest, object{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": object{"name": "default", "namespace": name}}),
				"apply", "--filename", "-")
			return
		}
	}
	t.Fatal("the platform stack has no namespace birthday")
}

// dryRun asks the API server to make an object, through admission and all, and to forget it.
func dryRun(t *testing.T, o object) error {
	t.Helper()
	_, err := try(programs.Kubectl, text(t, o), "create", "--dry-run=server", "--validate=strict", "--filename", "-")
	return err
}

// A Deployment or Job with a pod that Pod Security refuses is itself taken, with a warning at most: the pods are what it judges.
func TestEveryPodPassesPodSecurity(t *testing.T) {
	for _, e := range all(t) {
		ns := "pods-" + e.Name
		namespace(t, ns)
		objects, hooks := render(t, values(t, e, standIn))
		everything := in(ns, append(objects, hooks...))
		for _, o := range everything {
			if o["kind"] == "ServiceAccount" {
				kubectl(t, text(t, o), "apply", "--filename", "-")
			}
		}
		pods := 0
		for _, o := range everything {
			if err := dryRun(t, o); err != nil && !strings.Contains(err.Error(), "AlreadyExists") {
				t.Errorf("%s: %s: %v", e.Name, name(o), err)
			}
			if p := pod(o); p != nil {
				pods++
				if err := dryRun(t, p); err != nil {
					t.Errorf("%s: pod of %s: %v", e.Name, name(o), err)
				}
			}
		}
		if pods != 3 {
			t.Errorf("%s: %d pods, not those of Deployment, bootstrap Job and test", e.Name, pods)
		}
	}
}

func TestAPrivilegedPodIsRefused(t *testing.T) {
	namespace(t, "privileged")
	objects, _ := render(t, values(t, environment(t, "dev"), standIn))
	objects = in("privileged", objects)
	kubectl(t, text(t, one(t, objects, "ServiceAccount/birthday-app")), "apply", "--filename", "-")
	p := pod(one(t, objects, "Deployment/birthday-app"))
	container := at(p, "spec", "containers").([]any)[0].(object)
	for _, change := range []struct {
		field, want string
		value       any
	}{
		{"privileged", "privileged (container \"birthday-app\" must not set securityContext.privileged=true)", true},
		{"capabilities", "must set securityContext.capabilities.drop=[\"ALL\"]", object{}},
	} {
		context := container["securityContext"].(object)
		before, had := context[change.field]
		context[change.field] = change.value
		delete(context, "allowPrivilegeEscalation") // privileged and this exclude each other
		if err := dryRun(t, p); err == nil || !strings.Contains(err.Error(), "violates PodSecurity \"restricted:v1.35\"") ||
			!strings.Contains(err.Error(), change.want) {
			t.Errorf("%s: %v, want %q", change.field, err, change.want)
		}
		if delete(context, change.field); had {
			context[change.field] = before
		}
	}
}

func TestTheAPIServerRefusesAnUnknownFieldOfAnExternalSecret(t *testing.T) {
	objects, _ := render(t, values(t, environment(t, "dev"), standIn))
	secret := one(t, in("default", objects), "ExternalSecret/birthday-app-database")
	set(secret, "birthday", "spec", "target", "nam")
	if err := dryRun(t, secret); err == nil || !strings.Contains(err.Error(), `unknown field "spec.target.nam"`) {
		t.Error(err)
	}
}
