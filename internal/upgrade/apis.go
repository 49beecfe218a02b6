package upgrade

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/titan-platform/titan/internal/preflight"
)

// Object is an object that is declared.
type Object struct {
	APIVersion, Kind string
	Where            string // prod.platform: kubernetes_network_policy_v1.…, or a file of a chart
}

// removal is what Kubernetes' generated types say of themselves: the first version without them, and what comes
// instead. It is the table of the 'Deprecated API Migration Guide', kept by those who remove.
type removal interface {
	APILifecycleRemoved() (major, minor int)
}

type replacement interface {
	APILifecycleReplacement() schema.GroupVersionKind
}

// Removed is the minor version in which Kubernetes stops to serve a kind, and what to declare instead, as far as
// Kubernetes has said. Version 0 is never. An API of Kubernetes' own that its types do not know is an error; those of
// custom resources are nobody's here, and never removed.
func Removed(apiVersion, kind string) (version int, instead string, err error) {
	wanted := schema.FromAPIVersionAndKind(apiVersion, kind)
	if !isKubernetesOwn(wanted.Group) {
		return 0, "", nil
	}
	known, err := scheme.Scheme.New(wanted)
	if err != nil {
		return 0, "", fmt.Errorf("kubernetes has no %s %s: %w", apiVersion, kind, err)
	}
	if removed, ok := known.(removal); ok {
		_, version = removed.APILifecycleRemoved()
	}
	if replaced, ok := known.(replacement); ok {
		instead = replaced.APILifecycleReplacement().GroupVersion().String()
	}
	return version, instead, nil
}

// isKubernetesOwn is whether a group is of Kubernetes itself: one without a dot, or of those under k8s.io that
// client-go has types of. Custom resources of the project's other repositories are under k8s.io too.
func isKubernetesOwn(group string) bool {
	return !strings.Contains(group, ".") || slices.ContainsFunc(
		scheme.Scheme.PrioritizedVersionsAllGroups(),
		func(known schema.GroupVersion) bool { return known.Group == group })
}

// apis are which of the declared objects the new version no longer serves.
func (u Upgrade) apis() []preflight.Result {
	var results []preflight.Result
	kept := 0
	for _, object := range u.Objects {
		subject := object.APIVersion + " " + object.Kind + " in " + object.Where
		version, instead, err := Removed(object.APIVersion, object.Kind)
		switch {
		case err != nil:
			results = append(results,
				unknown(subject, "look whether it is a misspelling, or newer than titan's client-go", "%v", err))
		case version > 0 && version <= minor(u.To):
			results = append(results, bad(subject, "declare it as "+instead+" before the upgrade",
				"Kubernetes 1.%d has it no more", version))
		case version > 0:
			results = append(results, good(subject, "served until Kubernetes 1.%d takes it out; next is %s", version, instead))
		default:
			kept++
		}
	}
	results = append(results, good("objects that titan declares", "%d, with APIs that stay", kept))
	if len(u.Charts) > 0 {
		results = append(results, unknown("objects of "+strings.Join(u.Charts, ", "),
			"read the insights below, and docs/upgrades.md for which release goes with which Kubernetes",
			"charts of others, which are not read here"))
	}
	return results
}
