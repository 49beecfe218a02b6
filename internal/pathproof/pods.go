package pathproof

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Pods are the namespaces whose pods the cluster's network policies let open a connection to a carrier, on a port.
// Only the nodes' security group stands behind that, which all pods share.
func (f *Facts) Pods(stacks []string, name string, port int) []Reach {
	var blocks []netip.Prefix
	for _, one := range f.carriersOf(stacks, name) {
		for _, subnet := range one.subnets {
			if block, err := netip.ParsePrefix(subnet.Text("cidr_block")); err == nil {
				blocks = append(blocks, block)
			}
		}
	}
	var found []Reach
	add := func(who, rule string) {
		found = append(found, Reach{who, Chain{{who, fmt.Sprintf("%s tcp %d", name, port), rule}}})
	}
	for _, namespace := range f.namespaces(stacks) {
		if rule := f.podsLeave(stacks, namespace, blocks, port); rule != "" {
			add("pods of "+namespace, rule)
		}
	}
	add("pods of namespaces that no stack makes", "no network policy") // EKS' own, and those of its add-ons
	return sorted(found)
}

// namespaces are those of the cluster that the stacks name.
func (f *Facts) namespaces(stacks []string) []string {
	var names []string
	for _, node := range f.resources(stacks, "kubernetes_namespace_v1") {
		names = append(names, node.Text("metadata.name"))
	}
	for _, node := range f.resources(stacks, "helm_release") {
		names = append(names, node.Text("namespace"))
	}
	return unique(names)
}

// podsLeave is what lets some pod of a namespace open a connection to one of some blocks; empty where nothing does.
func (f *Facts) podsLeave(stacks []string, namespace string, blocks []netip.Prefix, port int) string {
	restricted := false
	for _, policy := range f.resources(stacks, "kubernetes_network_policy_v1") {
		limits := slices.Contains(texts(policy.At("spec.policy_types")), "Egress")
		if policy.Text("metadata.namespace") != namespace || !limits {
			continue
		}
		selector, _ := policy.At("spec.pod_selector").(map[string]any)
		restricted = restricted || len(selector) == 0
		if letsEgress(policy, blocks, port) {
			return policy.String()
		}
	}
	if !restricted {
		return "no network policy that denies in " + namespace
	}
	return f.releaseOpens(stacks, namespace, blocks)
}

// letsEgress is whether a policy opens a port to one of some blocks. A rule without ports opens all, one without
// peers opens everything; a selector of pods or namespaces opens no address outside of the cluster.
func letsEgress(policy *graph.Node, blocks []netip.Prefix, port int) bool {
	for i := range policy.Len("spec.egress") {
		begin := fmt.Sprintf("spec.egress.%d.", i)
		if !opensPort(policy, begin, port) {
			continue
		}
		if policy.Len(begin+"to") == 0 {
			return true
		}
		for j := range policy.Len(begin + "to") {
			block, err := netip.ParsePrefix(policy.Text(fmt.Sprintf("%sto.%d.ip_block.cidr", begin, j)))
			if err == nil && slices.ContainsFunc(blocks, block.Overlaps) {
				return true
			}
		}
	}
	return false
}

func opensPort(policy *graph.Node, begin string, port int) bool {
	for i := range policy.Len(begin + "ports") {
		at := fmt.Sprintf("%sports.%d.", begin, i)
		first, last := policy.At(at+"port"), policy.At(at+"end_port")
		if first == nil || last != nil || fmt.Sprint(first) == fmt.Sprint(port) {
			return true
		}
	}
	return policy.Len(begin+"ports") == 0
}

// releaseOpens is the release whose chart may open one of some blocks by a policy of its own: it is given an address
// of it in its values.
func (f *Facts) releaseOpens(stacks []string, namespace string, blocks []netip.Prefix) string {
	for _, release := range f.resources(stacks, "helm_release") {
		if release.Text("namespace") != namespace {
			continue
		}
		words := strings.FieldsFunc(release.Text("values.0"), func(r rune) bool {
			return strings.ContainsRune("\" \n,[]", r)
		})
		for _, word := range words {
			if block, err := netip.ParsePrefix(word); err == nil && slices.ContainsFunc(blocks, block.Overlaps) {
				return by(release, "its chart's own policy for "+word)
			}
		}
	}
	return ""
}
