package pathproof

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// clusterAdmin is EKS' access policy that may do anything in a cluster.
const clusterAdmin = "AmazonEKSClusterAdminPolicy"

// withoutSecrets are EKS' access policies that do not show Secrets (EKS User Guide, 'Review access policy
// permissions'). Every other one is counted as showing them.
var withoutSecrets = []string{
	"AmazonEKSViewPolicy", "AmazonEKSAutoNodePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSClusterInsightsPolicy",
	"AmazonEKSComputePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy",
}

// Admins are the principals that may do anything in the cluster.
func (f *Facts) Admins(stacks []string) []Reach {
	return f.entries(stacks, func(policy string) bool { return policy == clusterAdmin })
}

// Secrets are those who may read Secrets of Kubernetes in the cluster, and where: principals of AWS by access
// entries, Kubernetes subjects by roles, service accounts by their charts.
func (f *Facts) Secrets(stacks []string) []Reach {
	found := f.entries(stacks, func(policy string) bool { return !slices.Contains(withoutSecrets, policy) })
	found = append(found, f.bound(stacks)...)
	return sorted(append(found, f.charted(stacks)...))
}

// entries are the principals with an access policy of some kind.
func (f *Facts) entries(stacks []string, matches func(policy string) bool) []Reach {
	var found []Reach
	for _, node := range f.resources(stacks, "aws_eks_access_policy_association") {
		arn := f.pattern(node, node.Text("policy_arn"))
		policy := arn[strings.LastIndex(arn, "/")+1:]
		if !matches(policy) {
			continue
		}
		who := f.principalName(f.pattern(node, node.Text("principal_arn")))
		where := "every namespace"
		if namespaces := texts(node.At("access_scope.namespaces")); len(namespaces) > 0 {
			where = strings.Join(namespaces, ", ")
		}
		found = append(found, Reach{who + " in " + where, Chain{{who, where + " of the cluster", by(node, policy)}}})
	}
	return sorted(found)
}

func (f *Facts) principalName(arn string) string {
	for _, p := range f.principals {
		if p.ARN == arn {
			return p.Name
		}
	}
	return arn[strings.LastIndex(arn, "/")+1:]
}

// bound are the subjects of Kubernetes' roles that may read Secrets. A role that the stacks do not make, such as the
// built-in admin, is counted, but for view.
func (f *Facts) bound(stacks []string) []Reach {
	var found []Reach
	for _, binding := range f.resources(stacks, "kubernetes_role_binding_v1", "kubernetes_cluster_role_binding_v1") {
		where := binding.Text("metadata.namespace")
		if where == "" {
			where = "every namespace"
		}
		if !f.readsSecrets(stacks, binding, where) {
			continue
		}
		for i := range binding.Len("subject") {
			subject := fmt.Sprintf("subject.%d.", i)
			who := strings.ToLower(binding.Text(subject+"kind")) + " " + binding.Text(subject+"name")
			found = append(found, Reach{who + " in " + where, Chain{{who, where + " of the cluster", binding.String()}}})
		}
	}
	return found
}

func (f *Facts) readsSecrets(stacks []string, binding *graph.Node, where string) bool {
	name := binding.Text("role_ref.name")
	for _, role := range f.resources(stacks, "kubernetes_role_v1", "kubernetes_cluster_role_v1") {
		isIt := role.Text("metadata.name") == name || binding.Refers("role_ref.name", role)
		if !isIt || role.Text("metadata.namespace") != "" && role.Text("metadata.namespace") != where {
			continue
		}
		for i := range role.Len("rule") {
			verbs := texts(role.At(fmt.Sprintf("rule.%d.verbs", i)))
			kinds := texts(role.At(fmt.Sprintf("rule.%d.resources", i)))
			reads := func(verb string) bool { return slices.Contains([]string{"get", "list", "watch", "*"}, verb) }
			if slices.ContainsFunc(verbs, reads) && (slices.Contains(kinds, "secrets") || slices.Contains(kinds, "*")) {
				return true
			}
		}
		return false
	}
	return name != "view"
}

// values are a release's values, whose references are kept as text.
func values(release *graph.Node) map[string]any {
	var found map[string]any
	if json.Unmarshal([]byte(release.Text("values.0")), &found) != nil {
		return nil
	}
	return found
}
