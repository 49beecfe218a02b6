package app

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/rolebindingv1"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/rolev1"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/modules/delivery"
)

// letDeployersSync lets those who deploy the release change its ExternalSecrets. What else the release is made of,
// EKS's policy for them covers; custom resources are in none of EKS's policies.
func letDeployersSync(scope constructs.Construct, namespace string, after []cdktf.ITerraformDependable) {
	const name, rbac = "deployers", "rbac.authorization.k8s.io"
	role := rolev1.NewRoleV1(scope, jsii.String("deployers-role"), &rolev1.RoleV1Config{
		Metadata: &rolev1.RoleV1Metadata{Name: jsii.String(name), Namespace: jsii.String(namespace)},
		Rule: []rolev1.RoleV1Rule{{
			ApiGroups: jsii.Strings("external-secrets.io"),
			Resources: jsii.Strings("externalsecrets"),
			Verbs:     jsii.Strings("get", "list", "watch", "create", "update", "patch", "delete"),
		}},
		DependsOn: &after,
	})
	rolebindingv1.NewRoleBindingV1(scope, jsii.String("deployers-binding"), &rolebindingv1.RoleBindingV1Config{
		Metadata: &rolebindingv1.RoleBindingV1Metadata{Name: jsii.String(name), Namespace: jsii.String(namespace)},
		RoleRef: &rolebindingv1.RoleBindingV1RoleRef{
			ApiGroup: jsii.String(rbac),
			Kind:     jsii.String("Role"),
			Name:     jsii.String(name),
		},
		Subject: []rolebindingv1.RoleBindingV1Subject{{
			Kind: jsii.String("Group"), Name: jsii.String(delivery.DeployersGroup(namespace)), ApiGroup: jsii.String(rbac),
		}},
		DependsOn: &[]cdktf.ITerraformDependable{role},
	})
}
