package addons

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/priorityclassv1"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/storageclassv1"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Who goes first when nodes are short: what the cluster itself needs has Kubernetes' own system-cluster-critical, in
// kube-system; then the way in; then the application; then what watches it.
const (
	ingressPriority     = "ingress"
	applicationPriority = "application"
	observationPriority = "observation"
)

func (a *addons) priorityClasses() []cdktf.ITerraformDependable {
	var made []cdktf.ITerraformDependable
	for _, class := range []struct {
		name        string
		value       int
		description string
	}{
		{ingressPriority, 1_000_000, "What requests and new pods pass through"},
		{applicationPriority, 500_000, "What users see"},
		{observationPriority, 100_000, "Metrics, dashboards and traces"},
	} {
		made = append(made, priorityclassv1.NewPriorityClassV1(a.scope, jsii.String("priority-"+class.name),
			&priorityclassv1.PriorityClassV1Config{
				Metadata:    &priorityclassv1.PriorityClassV1Metadata{Name: jsii.String(class.name)},
				Value:       jsii.Number(class.value),
				Description: jsii.String(class.description),
			}))
	}
	return made
}

const storageClassName = "gp3"

// storageClass is the default one, which EKS makes no more since 1.30: volumes under the data key, in the zone of
// the pod that wants them.
func (a *addons) storageClass() cdktf.ITerraformDependable {
	return storageclassv1.NewStorageClassV1(a.scope, jsii.String("gp3"), &storageclassv1.StorageClassV1Config{
		Metadata: &storageclassv1.StorageClassV1Metadata{
			Name:        jsii.String(storageClassName),
			Annotations: &map[string]*string{"storageclass.kubernetes.io/is-default-class": jsii.String("true")},
		},
		StorageProvisioner:   jsii.String("ebs.csi.aws.com"),
		ReclaimPolicy:        jsii.String("Delete"),
		VolumeBindingMode:    jsii.String("WaitForFirstConsumer"),
		AllowVolumeExpansion: jsii.Bool(true),
		Parameters: &map[string]*string{
			"type": jsii.String("gp3"), "encrypted": jsii.String("true"), "kmsKeyId": jsii.String(a.DataKeyARN),
		},
	})
}
