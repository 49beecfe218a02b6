// Package connection provides the CodeConnections connection that an account's pipelines read GitHub by.
package connection

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	codeconnections "github.com/cdktf/cdktf-provider-aws-go/aws/v19/codeconnectionsconnection"

	"github.com/titan-platform/titan/internal/target"
)

// Config is what the connection needs from the rest of the system.
type Config struct {
	target.Target
}

// Output is what other modules may use.
type Output struct{ ARN string }

// New declares the connection under scope: once an account, in its first region, and pipelines of other regions use
// it from there. It is pending until somebody who may install GitHub apps accepts it in the console, once; then its
// ARN is written into the account's file.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	connection := codeconnections.NewCodeconnectionsConnection(
		this,
		jsii.String("github"),
		&codeconnections.CodeconnectionsConnectionConfig{
			Name:         jsii.String(config.Name), // at most 32 characters
			ProviderType: jsii.String("GitHub"),
		},
	)
	return Output{ARN: *connection.Arn()}
}
