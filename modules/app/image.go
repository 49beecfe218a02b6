package app

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawsssmparameter"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// image is the application's image as the parameter has it when Terraform plans.
type image struct{ repository, digest string }

func readImage(scope constructs.Construct, parameter string) image {
	value := dataawsssmparameter.NewDataAwsSsmParameter(scope, jsii.String("image"),
		&dataawsssmparameter.DataAwsSsmParameterConfig{
			Name: jsii.String(parameter),
		}).InsecureValue()
	parts := cdktf.Fn_Split(jsii.String("@"), value)
	part := func(i float64) string { return *cdktf.Token_AsString(cdktf.Fn_Element(parts, jsii.Number(i)), nil) }
	return image{part(0), part(1)}
}
