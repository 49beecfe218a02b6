package addons

import (
	"fmt"

	"github.com/titan-platform/titan/charts"
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/loadbalancer"
)

var traefik = helm.Release{
	Name:       "traefik",
	Namespace:  "traefik",
	Chart:      "traefik",
	Version:    "41.3.0",
	AppVersion: "3.7.11",
	Repository: "https://traefik.github.io/charts",
	SkipCRDs:   true, // routes are Ingress objects, and nothing else
}

const (
	ingressClass = "traefik"
	webPort      = "web" // the name of the entry point, and of the Service's port
)

// Seconds that a pod goes on after the load balancer has let go of it, and that it then has to end.
const (
	drainMargin     = 15
	shutdownSeconds = 30
)

// keepaliveMargin is how much longer than the load balancer Traefik keeps an idle connection, in seconds: closed
// first by Traefik, it may take a request along, which the load balancer answers by 502 (ALB User Guide,
// 'Connection idle timeout').
const keepaliveMargin = 30

// timeouts are Traefik's for requests of the load balancer, which ends silent connections itself. Its own limit would
// be 60 seconds for a whole request, and an upload that takes longer would be cut off (traefik/traefik#11943).
func (a *addons) timeouts() object {
	return object{"readTimeout": "0s", "idleTimeout": fmt.Sprintf("%ds", a.IdleTimeout+keepaliveMargin)}
}

// podIdleSeconds is how long Traefik keeps an idle connection to a pod, in seconds: shorter than servers do, of which
// Node.js' closes after five. Traefik's own 90 would send requests into closed ones, and what is no GET is not tried
// again (traefik/traefik#3237, #8608).
const podIdleSeconds = 4

// latencyBuckets are the upper bounds of the histogram of response times, in seconds: those of Prometheus' client
// libraries. Traefik's own begin at 0.1, so that whatever is faster would be shown as 50 ms.
const latencyBuckets = "0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10"

func (a *addons) traefikValues() object {
	drain := a.DeregistrationDelay + drainMargin
	values := object{
		"deployment": object{
			// A leaving pod is taken out of the target group, and takes requests until the load balancer has let go of it.
			"lifecycle":                     object{"preStop": object{"sleep": object{"seconds": drain}}},
			"terminationGracePeriodSeconds": drain + shutdownSeconds,
		},
		// LoadBalancer, the default, would make a second way in, past CloudFront and the web ACL.
		"service":      object{"spec": object{"type": "ClusterIP"}},
		"ingressClass": object{"enabled": true, "name": ingressClass, "isDefaultClass": false},
		"ports": object{
			webPort: object{
				"port": loadbalancer.TrafficPort, "asDefault": true,
				// The load balancer says who called, by X-Forwarded-For; from anybody else the header would be a claim.
				"forwardedHeaders": object{"trustedIPs": a.PublicCIDRs},
				"transport":        object{"respondingTimeouts": a.timeouts()},
			},
			"websecure": nil, // TLS ends at the load balancer
			"traefik":   object{"port": loadbalancer.HealthPort},
		},
		"providers": object{
			"kubernetesCRD": object{"enabled": false},
			"kubernetesIngress": object{
				"ingressClass":     ingressClass,
				"publishedService": object{"enabled": false}, // a ClusterIP has no address to publish
				"ingressEndpoint":  object{"hostname": a.PublicName},
			},
		},
		"api": object{"dashboard": false},
		// The chart has no value for it.
		"additionalArguments": []string{fmt.Sprintf("--serversTransport.forwardingTimeouts.idleConnTimeout=%ds",
			podIdleSeconds)},

		"log":       object{"format": "json"},
		"accessLog": object{"enabled": true, "format": "json"},
		"metrics":   object{"prometheus": object{"buckets": latencyBuckets}},
		"autoscaling": object{
			"enabled":     true,
			"minReplicas": a.replicas(),
			"maxReplicas": max(a.replicas(), a.Settings.Resources.Traefik.Replicas),
			"metrics": []object{{
				"type":     "Resource",
				"resource": object{"name": "cpu", "target": object{"type": "Utilization", "averageUtilization": 70}},
			}},
		},
		"podDisruptionBudget":       object{"enabled": true, "maxUnavailable": 1},
		"priorityClassName":         ingressPriority,
		"resources":                 sized(a.Settings.Resources.Traefik.Resources),
		"topologySpreadConstraints": spread(named("traefik")),
	}
	// A pod that takes longer to leave than a Spot node would cut off requests at every interruption.
	if drain+shutdownSeconds <= spotNoticeSeconds {
		values["tolerations"], values["affinity"] = toleratesSpot(), prefersSpot()
	}
	return values
}

// targetGroupBinding is a chart of ours: it is there before the first pod of the ingress controller
// and leaves after the last.
var targetGroupBinding = helm.Release{
	Name:      "target-group-binding",
	Namespace: traefik.Namespace,
	Folder:    "target-group-binding",
	Files:     charts.Files,
}

func (a *addons) targetGroupBindingValues() object {
	return object{"service": traefik.Name, "port": webPort, "targetGroupArn": a.TargetGroupARN, "vpcId": a.VPCID}
}
