package architecture

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

func (r reader) readCluster(f *facts) {
	for _, cluster := range r.of(order.Environment, "aws_eks_cluster") {
		f.cluster = append(f.cluster, "Kubernetes "+cluster.Text("version"))
	}
	var addons []string
	for _, release := range r.of(order.Platform, "helm_release") {
		addons = append(addons, release.Text("name"))
	}
	if slices.Contains(addons, "traefik") {
		f.cluster = append(f.cluster, "Traefik routes by Ingress")
	}
	if policies := len(r.of(order.Platform, "kubernetes_network_policy_v1")); policies > 0 {
		f.guards = append(f.guards, count(policies, "network policy"))
	}
	if len(r.of(order.Environment, "aws_iam_openid_connect_provider")) > 0 {
		f.guards = append(f.guards, "pods' roles by OIDC (IRSA)")
	}
	f.traced = slices.Contains(addons, "opentelemetry-collector")
	r.readPods(f)
	for _, group := range r.of(order.Environment, "aws_eks_node_group") {
		types := group.Text("instance_types.0")
		if group.Text("capacity_type") == "SPOT" {
			types = "Spot: " + count(group.Len("instance_types"), "type")
		}
		label := fmt.Sprintf("%s × %s to %s", types, number(group, "scaling_config.min_size"),
			number(group, "scaling_config.max_size"))
		at := r.zonesOf(group, f)
		if len(at) != 1 {
			f.spans = append(f.spans, label)
			continue
		}
		at[0].nodes = append(at[0].nodes, label)
	}
}

// expression is one of Terraform's in a string. Its quotes are not the JSON's around it.
var expression = regexp.MustCompile(`\$\{[^}]*\}`)

// readPods is what the values of the application's release say of its autoscaling.
func (r reader) readPods(f *facts) {
	for _, release := range r.of(order.Platform, "helm_release") {
		var values struct {
			Autoscaling struct{ MinReplicas, MaxReplicas int }
		}
		err := json.Unmarshal([]byte(expression.ReplaceAllString(release.Text("values.0"), "")), &values)
		addon := strings.HasPrefix(release.Address, "helm_release.addons_")
		if err == nil && values.Autoscaling.MaxReplicas > 0 && f.app == "" && !addon {
			f.app = release.Text("name")
			f.pods = fmt.Sprintf("%d to %d pods by their load (HPA)",
				values.Autoscaling.MinReplicas, values.Autoscaling.MaxReplicas)
		}
	}
}

// zonesOf are the zones whose subnets a resource refers to.
func (r reader) zonesOf(node *graph.Node, f *facts) []*zone {
	var found []*zone
	for i := range f.network.zones {
		for _, edge := range node.References() {
			if edge.To.Type == "aws_subnet" && edge.To.Text("availability_zone") == f.network.zones[i].name {
				found = append(found, &f.network.zones[i])
				break
			}
		}
	}
	return found
}

func (r reader) readData(f *facts) {
	for _, instance := range r.of(order.Environment, "aws_rds_cluster_instance") {
		role := "Aurora writer"
		if number(instance, "promotion_tier") != "0" {
			role = "Aurora reader"
		}
		for i := range f.network.zones {
			if f.network.zones[i].name == instance.Text("availability_zone") {
				f.network.zones[i].data = append(f.network.zones[i].data, role+" "+instance.Text("instance_class"))
			}
		}
	}
	for _, cache := range r.of(order.Environment, "aws_elasticache_replication_group", "aws_elasticache_cluster") {
		places := texts(cache.At("preferred_cache_cluster_azs"))
		if place := cache.Text("availability_zone"); place != "" {
			places = append(places, place)
		}
		for i := range f.network.zones {
			if slices.Contains(places, f.network.zones[i].name) {
				f.network.zones[i].places = append(f.network.zones[i].places, "Redis "+cache.Text("node_type"))
			}
		}
	}
}
