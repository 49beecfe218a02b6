package app

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsssmparameter"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ssmparameter"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// standIn is what runs until the pipeline's first release: podinfo 6.15.0, which answers the health paths on the chart's default port.
const standIn = "ghcr.io/stefanprodan/podinfo@sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"

// imagePattern is what the parameter takes: an image by digest, never by a tag that may move.
const imagePattern = `^[^@\s]+@sha256:[0-9a-f]{64}$`

// NewImageParameter declares the parameter with the application's image, and returns its ARN. Terraform makes it with the stand-in; from then
// on its value is the pipeline's. It is no secret, and as a secret it would hide the release's changes from the plan.
func NewImageParameter(scope constructs.Construct, id, name string) string {
	return *ssmparameter.NewSsmParameter(scope, jsii.String(id), &ssmparameter.SsmParameterConfig{
		Name:           jsii.String(name),
		Description:    jsii.String("The application's image, repository@digest; the pipeline writes it"),
		Type:           jsii.String("String"),
		InsecureValue:  jsii.String(standIn),
		AllowedPattern: jsii.String(imagePattern),
		Lifecycle:      &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("insecure_value", "value")},
	}).Arn()
}

// image is the application's image as the parameter has it when Terraform plans.
type image struct{ repository, digest string }

func readImage(scope constructs.Construct, parameter string) image {
	value := dataawsssmparameter.NewDataAwsSsmParameter(scope, jsii.String("image"), &dataawsssmparameter.DataAwsSsmParameterConfig{
		Name: jsii.String(parameter),
	}).InsecureValue()
	parts := cdktf.Fn_Split(jsii.String("@"), value)
	part := func(i float64) string { return *cdktf.Token_AsString(cdktf.Fn_Element(parts, jsii.Number(i)), nil) }
	return image{part(0), part(1)}
}
