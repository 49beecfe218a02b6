package crds

import (
	"context"
	"fmt"
	"maps"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/util/retry"
)

// Change is what became of a definition.
type Change string

// The changes.
const (
	Created   Change = "created"
	Updated   Change = "updated"
	Unchanged Change = "unchanged"
)

var resource = schema.GroupVersionResource{
	Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions",
}

// Apply makes a definition what it is given, and says whether that was a change. What is there is replaced whole, since
// a merge would keep a version or a field that the new one has taken out. Objects are not touched; the API server
// refuses to take out a version that objects are stored in.
func Apply(ctx context.Context, client dynamic.Interface, wanted *unstructured.Unstructured) (Change, error) {
	var made Change
	// The API server writes a definition's status by itself, in the moments after it was made above all.
	err := retry.RetryOnConflict(retry.DefaultBackoff, func() (err error) {
		made, err = once(ctx, client, wanted)
		return err
	})
	return made, err
}

func once(ctx context.Context, client dynamic.Interface, wanted *unstructured.Unstructured) (Change, error) {
	name := wanted.GetName()
	there, err := client.Resource(resource).Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err := client.Resource(resource).Create(ctx, wanted, options.create())
		if err != nil {
			return "", fmt.Errorf("creating the definition %s: %w", name, err)
		}
		return Created, nil // Helm's first install finds it and leaves it
	}
	if err != nil {
		return "", fmt.Errorf("reading the definition %s: %w", name, err)
	}
	after, err := client.Resource(resource).Update(ctx, replacement(there, wanted), options.update())
	if err != nil {
		return "", fmt.Errorf("updating the definition %s: %w", name, err)
	}
	if after.GetResourceVersion() == there.GetResourceVersion() { // the API server writes nothing that is there already
		return Unchanged, nil
	}
	return Updated, nil
}

// fieldOwner writes the definitions, as managedFields say.
type fieldOwner string

const options fieldOwner = "titan"

func (o fieldOwner) create() metav1.CreateOptions {
	return metav1.CreateOptions{FieldManager: string(o), FieldValidation: metav1.FieldValidationStrict}
}

func (o fieldOwner) update() metav1.UpdateOptions {
	return metav1.UpdateOptions{FieldManager: string(o), FieldValidation: metav1.FieldValidationStrict}
}

// replacement is what is there with the wanted specification. Labels and annotations that others added stay, as does
// the certificate of a conversion webhook, which a controller writes there at run time.
func replacement(there, wanted *unstructured.Unstructured) *unstructured.Unstructured {
	next := there.DeepCopy()
	next.Object["spec"] = wanted.DeepCopy().Object["spec"]
	next.SetLabels(merged(there.GetLabels(), wanted.GetLabels()))
	next.SetAnnotations(merged(there.GetAnnotations(), wanted.GetAnnotations()))
	bundle := []string{"spec", "conversion", "webhook", "clientConfig", "caBundle"}
	kept, found, _ := unstructured.NestedString(there.Object, bundle...)
	_, given, _ := unstructured.NestedString(wanted.Object, bundle...)
	_, webhook, _ := unstructured.NestedMap(wanted.Object, bundle[:len(bundle)-1]...)
	if found && webhook && !given {
		_ = unstructured.SetNestedField(next.Object, kept, bundle...) // its parents are there
	}
	return next
}

func merged(there, wanted map[string]string) map[string]string {
	if len(wanted) == 0 {
		return there
	}
	all := maps.Clone(there)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, wanted)
	return all
}
