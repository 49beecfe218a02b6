package crds

import (
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/dynamic/fake"
	kubetesting "k8s.io/client-go/testing"
)

// The API server writes the status of a definition that was just made: whoever read it before that is refused.
func TestADefinitionThatWasWrittenMeanwhileIsReadAnew(t *testing.T) {
	for refusals, want := range map[int]bool{1: true, 100: false} {
		there := crd("old.example.com")
		client := fake.NewSimpleDynamicClient(runtime.NewScheme(), there)
		left := refusals
		client.PrependReactor("update", resource.Resource, func(kubetesting.Action) (bool, runtime.Object, error) {
			left--
			return left >= 0, nil, apierrors.NewConflict(resource.GroupResource(), there.GetName(), nil)
		})
		_, err := Apply(t.Context(), client, crd("new.example.com"))
		if (err == nil) != want {
			t.Errorf("refused %d times: %v", refusals, err)
		}
		if err != nil && !apierrors.IsConflict(err) {
			t.Errorf("refused %d times: %v, which is no conflict", refusals, err)
		}
	}
}

// crd is a definition of one name for some group.
func crd(group string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
		"metadata": map[string]any{"name": "widgets.example.com"}, "spec": map[string]any{"group": group},
	}}
}
