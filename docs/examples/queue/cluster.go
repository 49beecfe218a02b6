package queue

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/namespaces"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// scaler is KEDA.
var scaler = helm.Release{
	Name:       "keda",
	Namespace:  "kube-system",
	Chart:      "keda",
	Version:    "2.17.2",
	AppVersion: "2.17.2",
	Repository: "https://kedacore.github.io/charts",
}

// DeclareInCluster declares the worker's namespace and the add-on that scales it.
func (Orders) DeclareInCluster(scope constructs.Construct, cluster extension.Cluster) {
	https := namespaces.Rule{Peers: namespaces.At("0.0.0.0/0"), Ports: []int{443}} // SQS has no fixed addresses
	spaces := namespaces.New(scope, "namespaces", namespaces.Config{
		Version:   cluster.Environment.Cluster.Version,
		Protected: cluster.Protected,
		Namespaces: []namespaces.Namespace{{
			Name:     Namespace,
			Policies: []namespaces.Policy{{Name: "worker", Egress: []namespaces.Rule{https}}},
		}},
	})
	release := scaler
	release.Protected = cluster.Protected
	helm.New(scope, "keda", release, map[string]any{
		"podIdentity": map[string]any{"aws": map[string]any{"irsa": map[string]any{
			"enabled": true, "roleArn": cluster.RoleARN("keda"),
		}}},
	}, slices.Concat(cluster.Ready, spaces[Namespace])...)
}

// Overrides take production's daily snapshot of the cache earlier than the platform would.
func (Orders) Overrides(environment environments.Environment) []extension.Override {
	if environment.Tier != environments.Production {
		return nil
	}
	return []extension.Override{{
		Stack: order.Environment, Path: "cache/cache", Attribute: "snapshot_window", Value: "01:00-02:00",
		Reason: "the night's orders are written from three",
	}}
}
