package delivery

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/codeconnectionsconnection"
)

// NewConnection declares the connection to GitHub and returns its ARN. It is pending until somebody who may install GitHub apps accepts it in the
// console, once (docs/runbooks/delivery.md): until then the pipeline's source fails, and nothing else.
func NewConnection(scope constructs.Construct, id, name string) string {
	return *codeconnectionsconnection.NewCodeconnectionsConnection(scope, jsii.String(id), &codeconnectionsconnection.CodeconnectionsConnectionConfig{
		Name:         jsii.String(name),
		ProviderType: jsii.String("GitHub"),
	}).Arn()
}
