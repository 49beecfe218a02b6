package kubernetes

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// The values of dev, and what Helm 3.20.2 renders of them by version 41.3.0 of the chart, in the order of the text.
const (
	devValues = `{
		"accessLog": {"enabled": true, "format": "json"}, "additionalArguments": ["--serversTransport.maxIdleConnsPerHost=2"],
		"api": {"dashboard": false},
			"autoscaling": {"enabled": true}, "log": {"format": "json"},
		"metrics": {"prometheus": {"buckets": "0.005,0.5,10"}},
		"ports": {"traefik": {"port": 8080}, "web": {"asDefault": true,
			"forwardedHeaders": {"trustedIPs": ["10.10.192.0/22", "10.10.196.0/22"]}, "port": 8000,
			"transport": {"respondingTimeouts": {"idleTimeout": "90s", "readTimeout": "0s"}}},
			"websecure": null},
		"providers": {"kubernetesCRD": {"enabled": false}, "kubernetesIngress": {"ingressClass": "traefik",
			"ingressEndpoint": {"hostname": "api.dev.titan.example.com"}, "publishedService": {"enabled": false}}}}`
	devArguments = `--accesslog.fields.defaultmode=keep
--accesslog.fields.headers.defaultmode=drop
--accesslog.format=json
--accesslog=true
--api.dashboard=false
--entryPoints.metrics.address=:9100/tcp
--entryPoints.traefik.address=:8080/tcp
--entryPoints.web.address=:8000/tcp
--entryPoints.web.asDefault=true
--entryPoints.web.forwardedHeaders.trustedIPs=10.10.192.0/22,10.10.196.0/22
--entryPoints.web.transport.respondingTimeouts.idleTimeout=90s
--entryPoints.web.transport.respondingTimeouts.readTimeout=0s
--log.format=json
--log.level=INFO
--metrics.prometheus.buckets=0.005,0.5,10
--metrics.prometheus.entrypoint=metrics
--metrics.prometheus=true
--ping=true
--providers.kubernetesingress
--providers.kubernetesingress.allowEmptyServices=true
--providers.kubernetesingress.ingressClass=traefik
--providers.kubernetesingress.ingressendpoint.hostname=api.dev.titan.example.com
--serversTransport.maxIdleConnsPerHost=2`
)

func TestTraefikArgumentsAreTheCharts(t *testing.T) {
	got, err := TraefikArguments(parsed(t, devValues))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if text := strings.Join(got, "\n"); text != devArguments {
		t.Errorf("arguments\n%s\nwant\n%s", text, devArguments)
	}
	for change, want := range map[string]string{
		`{"ports": {"web": {"http": {}}}}`:                                              "value ports.web.http",
		`{"providers": {"file": {"enabled": true}}}`:                                    "value providers.file",
		`{"providers": {"kubernetesCRD": {"enabled": true}}}`:                           "value providers.kubernetesCRD",
		`{"providers": {"kubernetesIngress": {"nativeLB": true}}}`:                      "value providers.kubernetesIngress.nativeLB",
		`{"providers": {"kubernetesIngress": {"publishedService": {"enabled": true}}}}`: "value providers.kubernetesIngress.publishedService",
		`{"metrics": {"prometheus": {"manualRouting": true}}}`:                          "value metrics",
		`{"additionalArguments": "--a"}`:                                                "value additionalArguments",
		`{"ports": {"web": {"forwardedHeaders": {"insecure": 1}}}}`:                     "value ports.web.forwardedHeaders",
		`{"ports": {"web": {"transport": {"lifeCycle": {}}}}}`:                          "value ports.web.transport",
	} {
		if _, err := TraefikArguments(parsed(t, change)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", change, err, want)
		}
	}
}

func parsed(t *testing.T, text string) map[string]any {
	t.Helper()
	var values map[string]any
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		t.Fatal(err)
	}
	return values
}

func TestTraefiksVersionIsPinned(t *testing.T) {
	pins, err := pins("../..", traefikSources)
	if err != nil {
		t.Fatal(err)
	}
	if version, err := traefikVersion(pins); err != nil || version != "3.7.11" {
		t.Errorf("version %q, %v", version, err)
	}
	if _, err := traefikVersion([]byte("module x\n")); err == nil {
		t.Error("a module without Traefik has a version of it")
	}
}
