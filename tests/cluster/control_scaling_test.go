//go:build cluster && control

package cluster

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// meter answers for metrics-server: every pod uses the same CPU, in millicores, and 64Mi.
type meter struct {
	*httptest.Server
	millicores atomic.Int64
}

// metrics has the API server ask the meter for metrics.k8s.io, as metrics-server's APIService does.
func metrics(t *testing.T) *meter {
	t.Helper()
	m := &meter{}
	m.Server = httptest.NewTLSServer(http.HandlerFunc(m.answer))
	t.Cleanup(m.Close)
	_, port, err := net.SplitHostPort(m.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	kubectl(t, text(t,
		// No kube-proxy runs; of an external name the API server itself takes the address.
		object{
			"apiVersion": "v1", "kind": "Service", "metadata": object{"name": "metrics-server", "namespace": "kube-system"},
			"spec": object{"type": "ExternalName", "externalName": "localhost", "ports": []object{{"port": number}}},
		},
		object{
			"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": object{"name": "v1beta1.metrics.k8s.io"},
			"spec": object{
				"group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
				"insecureSkipTLSVerify": true, "service": object{"name": "metrics-server", "namespace": "kube-system", "port": number},
			},
		}), "apply", "--filename", "-")
	// Left behind, an API that nobody answers keeps every namespace from ending.
	t.Cleanup(func() {
		kubectl(t, "", "delete", "apiservice", "v1beta1.metrics.k8s.io")
		kubectl(t, "", "delete", "service", "metrics-server", "--namespace", "kube-system")
	})
	kubectl(t, "", "wait", "apiservice", "v1beta1.metrics.k8s.io", "--for", "condition=Available", "--timeout", patience.String())
	return m
}

func (m *meter) answer(w http.ResponseWriter, r *http.Request) {
	var body any = object{
		"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "metrics.k8s.io/v1beta1",
		"resources": []object{{"name": "pods", "namespaced": true, "kind": "PodMetrics", "verbs": []string{"get", "list"}}},
	}
	if _, rest, found := strings.Cut(r.URL.Path, "/namespaces/"); found {
		namespace, _, _ := strings.Cut(rest, "/")
		body = m.list(namespace, r.URL.Query().Get("labelSelector"))
	} else if r.URL.Path != "/apis/metrics.k8s.io/v1beta1" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // whoever asked has gone
}

// list has a measurement of every pod that the selector finds.
func (m *meter) list(namespace, selector string) object {
	names, _ := try(programs.Kubectl, "", "get", "pods", "--namespace", namespace, "--selector", selector, "--output", "jsonpath={.items[*].metadata.name}")
	items := []object{}
	for _, name := range strings.Fields(names) {
		items = append(items, object{
			"metadata": object{"name": name, "namespace": namespace}, "timestamp": time.Now().UTC().Format(time.RFC3339), "window": "15s",
			"containers": []object{{"name": release, "usage": object{"cpu": fmt.Sprintf("%dm", m.millicores.Load()), "memory": "64Mi"}}},
		})
	}
	return object{"kind": "PodMetricsList", "apiVersion": "metrics.k8s.io/v1beta1", "metadata": object{}, "items": items}
}

// 250m are asked for, and 70 % of them aimed at: 175m. Four pods more than a minute ago are the most; a minute ago there was one.
func TestControlTheAutoscalerFollowsTheMetrics(t *testing.T) {
	atRest(t, environment(t, "prod"), "xlarge")
	c := installed(t)
	m := metrics(t)
	m.millicores.Store(175)
	await(t, "the autoscaler reads the metrics", func() string {
		return unless(c.autoscaler(`{.status.conditions[?(@.type=="ScalingActive")].status}`), "True")
	})
	if got := c.autoscaler("{.status.desiredReplicas}"); got != "3" {
		t.Errorf("at its aim it wants %s pods, want 3", got)
	}
	m.millicores.Store(240) // 3 pods × 240/175 = 4.1
	c.ready(5)
	m.millicores.Store(1000)
	await(t, "the chart's policy holds the autoscaler back", func() string {
		return unless(c.autoscaler(`{.status.conditions[?(@.type=="ScalingLimited")].reason}`), "ScaleUpLimit")
	})
}

func (c *controlled) autoscaler(path string) string {
	c.t.Helper()
	return kubectl(c.t, "", "get", "hpa", release, "--namespace", c.namespace, "--output", "jsonpath="+path)
}

// unless is a complaint about a value that is not the wanted one.
func unless(got, want string) string {
	if got == want {
		return ""
	}
	return fmt.Sprintf("got %q, want %q", got, want)
}
