package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontfunction"

	"github.com/titan-platform/titan/internal/viewerrequest"
)

// viewerRequest is the event of a request before CloudFront looks into its cache.
const viewerRequest = "viewer-request"

// newFunction declares the function of redirects and fallbacks, and returns its ARN; empty where there is nothing for
// it to do. A behaviour takes a published function alone. One that leaves the file is deleted after the distribution
// has let it go (heldUntilUnused).
func (e *edge) newFunction() string {
	if e.viewerRequest.IsEmpty() {
		return ""
	}
	return *cloudfrontfunction.NewCloudfrontFunction(e.scope, jsii.String("viewer-request"),
		&cloudfrontfunction.CloudfrontFunctionConfig{
			Name:      jsii.String(e.Name + "-viewer-request"),
			Comment:   jsii.String("Redirects and single-page fallbacks of " + e.Name),
			Runtime:   jsii.String(viewerrequest.Runtime),
			Code:      jsii.String(e.viewerRequest.Code()),
			Publish:   jsii.Bool(true),
			Lifecycle: heldUntilUnused(),
		}).Arn()
}
