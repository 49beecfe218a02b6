// Package namespaces provides the namespaces of a cluster: each with the level that Pod Security holds its pods to, a
// default service account without a token, and network policies that deny what is not opened.
package namespaces

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	defaultaccount "github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/defaultserviceaccountv1"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/namespacev1"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
)

// Namespace is one namespace.
type Namespace struct {
	Name     string
	Labels   map[string]string // beside those of Pod Security
	Policies []Policy          // what is opened
}

// Config is what the namespaces need from the rest of the system.
type Config struct {
	// Version of Kubernetes whose Pod Security Standards hold, so that an upgrade of the cluster does not
	// change them by itself: 1.35.
	Version    string
	Protected  bool // whether they refuse to be destroyed: whatever is in one goes with it
	Namespaces []Namespace
}

// level is Pod Security's strictest: every pod of the platform's own namespaces fits it.
const level = "restricted"

// New declares the namespaces under scope and returns, by their names, what has to be there before something
// is installed into them.
func New(scope constructs.Construct, id string, config Config) map[string][]cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))
	made := map[string][]cdktf.ITerraformDependable{}
	for _, n := range config.Namespaces {
		inner := constructs.NewConstruct(this, jsii.String(n.Name))
		labels := map[string]*string{}
		for key, value := range n.Labels {
			labels[key] = jsii.String(value)
		}
		for _, mode := range []string{"enforce", "audit", "warn"} {
			labels["pod-security.kubernetes.io/"+mode] = jsii.String(level)
			labels["pod-security.kubernetes.io/"+mode+"-version"] = jsii.String("v" + config.Version)
		}
		namespace := namespacev1.NewNamespaceV1(inner, jsii.String("namespace"), &namespacev1.NamespaceV1Config{
			Metadata:                     &namespacev1.NamespaceV1Metadata{Name: jsii.String(n.Name), Labels: &labels},
			WaitForDefaultServiceAccount: jsii.Bool(true),
			Lifecycle:                    stateful.Lifecycle(config.Protected),
		})
		// A pod that names no service account of its own has nothing to say to Kubernetes' API.
		account := defaultaccount.NewDefaultServiceAccountV1(inner, jsii.String("default-account"),
			&defaultaccount.DefaultServiceAccountV1Config{
				Metadata:                     &defaultaccount.DefaultServiceAccountV1Metadata{Namespace: jsii.String(n.Name)},
				AutomountServiceAccountToken: jsii.Bool(false),
				DependsOn:                    &[]cdktf.ITerraformDependable{namespace},
			})
		made[n.Name] = append([]cdktf.ITerraformDependable{namespace, account}, policies(inner, n, namespace)...)
	}
	return made
}
