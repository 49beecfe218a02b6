package edge

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"

	"github.com/titan-platform/titan/environments"
)

// keptErrors are the status codes that CloudFront keeps for ten seconds unless each is told otherwise, and those that
// it keeps where an origin says for how long (CloudFront Developer Guide, 'HTTP 4xx and 5xx status codes that
// CloudFront caches'). 416 is never kept.
var keptErrors = []int{400, 403, 404, 405, 414, 500, 501, 502, 503, 504}

// replacedErrors are those of an origin that can't be reached or does not answer in time. A 503 is an application's
// own, with a Retry-After.
var replacedErrors = []int{502, 504}

// The maintenance pages that say it where the file has no body.
var (
	//go:embed maintenance.html
	maintenanceHTML string
	//go:embed maintenance.json
	maintenanceJSON string
)

// page is a maintenance page as an object of the bucket.
type page struct{ key, contentType, body string }

func (p page) path() string { return "/" + p.key }

// maintenancePage is the page that the file asks for, nil without one.
func (e *edge) maintenancePage() *page {
	var made page
	switch settings := e.Settings.MaintenancePage; settings.Format {
	case environments.PageHTML:
		made = page{"maintenance/index.html", "text/html; charset=utf-8", maintenanceHTML}
	case environments.PageJSON:
		made = page{"maintenance/problem.json", "application/problem+json", maintenanceJSON}
	default:
		return nil
	}
	if body := e.Settings.MaintenancePage.Body; body != "" {
		made.body = body
	}
	return &made
}

// errors has CloudFront keep no error longer than its origin asks, so that a client's next request is answered by
// what is there by then. With a maintenance page the status stays as it is: a client that retries has to know, and a
// monitor too.
func (e *edge) errors() []cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse {
	var responses []cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse
	for _, code := range keptErrors {
		response := cloudfrontdistribution.CloudfrontDistributionCustomErrorResponse{
			ErrorCode:          jsii.Number(code),
			ErrorCachingMinTtl: jsii.Number(0),
		}
		if page := e.maintenancePage(); page != nil && slices.Contains(replacedErrors, code) {
			response.ResponseCode = jsii.Number(code)
			response.ResponsePagePath = jsii.String(page.path())
		}
		responses = append(responses, response)
	}
	return responses
}

// cacheControl is what an object of the bucket says of how long it is kept, in seconds.
func cacheControl(seconds int) *string { return jsii.String(fmt.Sprintf("max-age=%d", seconds)) }
