//go:build cluster

package cluster

import (
	"strings"
	"testing"
)

// The controller's chart is not to be had here: the webhook is as its webhook.yaml makes it, with the policy that the release gives, and
// leads to a Service that is not there, as while the controller is away.
func TestAwayTheControllerHoldsUpTraefikAlone(t *testing.T) {
	p := platformOf(t, environment(t, "prod"), standIn)
	p.apply(t)
	policy, _ := at(p.release(t, "aws-load-balancer-controller").Values, "podMutatorWebhookConfig", "failurePolicy").(string)
	kubectl(t, text(t, object{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": object{"name": "default", "namespace": "kube-system"}}),
		"apply", "--filename", "-")
	kubectl(t, text(t, readinessGateWebhook(policy)), "apply", "--filename", "-")
	t.Cleanup(func() { kubectl(t, "", "delete", "mutatingwebhookconfiguration", "readiness-gate") })

	away := `failed calling webhook "mpod.elbv2.k8s.aws"`
	if err := dryRun(t, plainPod("traefik")); err == nil || !strings.Contains(err.Error(), away) {
		t.Errorf("a pod of Traefik's goes on without its readiness gate: %v", err)
	}
	for _, namespace := range []string{"kube-system", "external-secrets", "monitoring", "tracing", "birthday"} {
		if err := dryRun(t, plainPod(namespace)); err != nil {
			t.Errorf("a pod of %s waits for the controller: %v", namespace, err)
		}
	}

	kubectl(t, text(t, readinessGateWebhook("Ignore")), "apply", "--filename", "-") // the chart's default
	if err := dryRun(t, plainPod("traefik")); err != nil {
		t.Errorf("the webhook refuses what it is told to pass: %v", err)
	}
}

func readinessGateWebhook(policy string) object {
	return object{
		"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": object{"name": "readiness-gate"},
		"webhooks": []any{object{
			"name":                    "mpod.elbv2.k8s.aws",
			"admissionReviewVersions": []any{"v1beta1"},
			"sideEffects":             "None",
			"failurePolicy":           policy,
			"clientConfig":            object{"service": object{"name": "aws-load-balancer-webhook-service", "namespace": "kube-system", "path": "/mutate-v1-pod"}},
			"namespaceSelector": object{"matchExpressions": []any{
				object{"key": "elbv2.k8s.aws/pod-readiness-gate-inject", "operator": "In", "values": []any{"enabled"}},
			}},
			"rules": []any{object{
				"apiGroups": []any{""}, "apiVersions": []any{"v1"}, "operations": []any{"CREATE"}, "resources": []any{"pods"},
			}},
		}},
	}
}

// plainPod is one that every namespace of the platform takes.
func plainPod(namespace string) object {
	return object{
		"apiVersion": "v1", "kind": "Pod", "metadata": object{"name": "plain", "namespace": namespace},
		"spec": object{
			"securityContext": object{"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": object{"type": "RuntimeDefault"}},
			"containers": []any{object{
				"name": "plain", "image": "x",
				"securityContext": object{"allowPrivilegeEscalation": false, "capabilities": object{"drop": []any{"ALL"}}},
			}},
		},
	}
}
