package addons

import (
	"fmt"

	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

var openTelemetryCollector = helm.Release{
	Name:       "opentelemetry-collector",
	Namespace:  workload.TracingNamespace,
	Chart:      "opentelemetry-collector",
	Version:    "0.170.0",
	AppVersion: "0.158.0",
	Repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
}

// Ports of the collector.
const (
	otlpPort      = 4317 // gRPC
	otlpHTTPPort  = 4318
	samplingPort  = 2000 // X-Ray's sampling rules, as its daemon served them
	telemetryPort = 8888 // its own metrics
)

func collectorAt(port int) string {
	return fmt.Sprintf("http://%s.%s.svc.cluster.local:%d",
		openTelemetryCollector.Name, openTelemetryCollector.Namespace, port)
}

// collectorValues take traces by OTLP and send them to X-Ray. X-Ray's own daemon and SDKs are in
// maintenance since February 2026.
func (a *addons) collectorValues() object {
	values := object{
		"mode":           "deployment",
		"image":          object{"repository": "otel/opentelemetry-collector-contrib"}, // awsxray is not in the core
		"serviceAccount": identity("opentelemetry-collector", a.Roles.Collector),
		"config": object{
			"receivers": object{"jaeger": nil, "zipkin": nil, "prometheus": nil},
			"exporters": object{"debug": nil, "awsxray": object{"region": a.Region}},
			// What samples asks here for X-Ray's sampling rules, and needs no AWS credentials of its own (aws-otel.github.io,
			// 'Configuring the OpenTelemetry Collector for X-Ray remote sampling').
			"extensions": object{"awsproxy": object{"endpoint": fmt.Sprintf("0.0.0.0:%d", samplingPort), "region": a.Region}},
			"service": object{
				"extensions": []string{"health_check", "awsproxy"},
				"pipelines": object{
					"logs": nil, "metrics": nil,
					"traces": object{
						"receivers":  []string{"otlp"},
						"processors": []string{"memory_limiter", "batch"},
						"exporters":  []string{"awsxray"},
					},
				},
			},
		},
		"ports": object{
			"jaeger-compact": object{"enabled": false},
			"jaeger-thrift":  object{"enabled": false},
			"jaeger-grpc":    object{"enabled": false},
			"zipkin":         object{"enabled": false},
			"sampling": object{
				"enabled":       true,
				"containerPort": samplingPort,
				"servicePort":   samplingPort,
				"protocol":      "TCP",
			},
		},
		"podAnnotations":      object{"prometheus.io/scrape": "true", "prometheus.io/port": fmt.Sprint(telemetryPort)},
		"replicaCount":        max(a.replicas(), a.Settings.Resources.Collector.Replicas),
		"podDisruptionBudget": object{"enabled": true, "maxUnavailable": 1},
		"priorityClassName":   observationPriority,
		"tolerations":         toleratesSpot(), // what is lost with a node is a few seconds of traces
		"resources":           sized(a.Settings.Resources.Collector.Resources),
		// The image's own user, by its number.
		"podSecurityContext":        restrictedPod(10001),
		"securityContext":           restrictedContainer(),
		"topologySpreadConstraints": spread(named("opentelemetry-collector")),
	}
	a.keepEvents(values)
	return values
}
