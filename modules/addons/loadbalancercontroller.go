package addons

import (
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

var loadBalancerController = helm.Release{
	Name:       "aws-load-balancer-controller",
	Namespace:  workload.SystemNamespace,
	Chart:      "aws-load-balancer-controller",
	Version:    "3.5.0",
	AppVersion: "3.5.0",
	Repository: "https://aws.github.io/eks-charts",
}

// loadBalancerControllerValues leave the controller one thing to do: to keep pods registered with the target group of
// Terraform's. It makes no load balancer, of no Ingress and of no Service, and its role could not.
func (a *addons) loadBalancerControllerValues() object {
	return object{
		"clusterName": a.ClusterName,
		"region":      a.Region, // given, since pods can't ask the instance metadata
		"vpcId":       a.VPCID,

		"createIngressClassResource": false,
		"ingressClassParams":         object{"create": false},
		// The mutator would stand before every Service of the cluster, and fail them while it is away.
		"enableServiceMutatorWebhook": false,
		"enableShield":                false,
		"enableWaf":                   false,
		"enableWafv2":                 false,
		"enableBackendSecurityGroup":  false,
		"controllerConfig":            object{"featureGates": object{"EnableServiceController": false}},
		// Every Ingress, the ingress controller's too, would wait on its validation.
		"webhookConfig": object{"disableIngressValidation": true},
		// Fail refuses a pod made while the controller is away, until it can register it; the chart's default would have it
		// ready before. Only labelled namespaces are asked about, so neither the controller nor anything in kube-system waits
		// for itself (chart's webhook.yaml, namespaceSelector).
		"podMutatorWebhookConfig": object{"failurePolicy": "Fail"},
		// A pod behind the gate waits for the next try, which by itself may be 16 minutes away: longer than a release waits
		// (kubernetes-sigs/aws-load-balancer-controller#1974, #3622, #4180). There is one binding to try.
		"targetgroupbindingMaxExponentialBackoffDelay": "30s",

		"keepTLSSecret":             true, // or each upgrade makes another certificate authority
		"serviceAccount":            identity("aws-load-balancer-controller", a.Roles.LoadBalancerController),
		"replicaCount":              a.replicas(), // one leads, all answer the webhook
		"podDisruptionBudget":       object{"maxUnavailable": 1},
		"resources":                 resources("50m", "192Mi"),
		"podSecurityContext":        restrictedPod(0),
		"securityContext":           restrictedContainer(),
		"topologySpreadConstraints": spread(named("aws-load-balancer-controller")),
	}
}
