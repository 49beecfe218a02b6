package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// errorsOf are a distribution's custom error responses, by code.
func errorsOf(cdn Block) map[any]Block {
	found := map[any]Block{}
	for i := range synth.List(cdn.At("custom_error_response")) {
		response, _ := cdn.At(fmt.Sprintf("custom_error_response.%d", i)).(map[string]any)
		found[response["error_code"]] = Block{Address: cdn.Address, Body: response}
	}
	return found
}

// CloudFront keeps 404, 405, 414 and 500 to 504 for ten seconds whatever their origin says, and answered an
// application's own 503 by a page.
func TestErrorsAreTheApplications(t *testing.T) {
	eachEdge(t, func(t *testing.T, _ environments.Environment, stack Stack, cdn Block) {
		kept := errorsOf(cdn)
		for _, code := range []float64{400, 403, 404, 405, 414, 500, 501, 502, 503, 504} {
			response := kept[code]
			response.WantValue(t, "error_caching_min_ttl", 0)
			response.WantAbsent(t, "response_page_path")
			response.WantAbsent(t, "response_code")
		}
		if objects := stack.Resources("aws_s3_object"); len(objects) > 0 {
			t.Errorf("%v is a page that nobody asked for", objects)
		}
	})
}

// A 503 is an application's own, with its Retry-After: no page stands in for it.
func TestMaintenancePageStandsInForWhatAnOriginCannotAnswer(t *testing.T) {
	for format, contentType := range map[environments.PageFormat]string{
		environments.PageHTML: "text/html; charset=utf-8", environments.PageJSON: "application/problem+json",
	} {
		for _, body := range []string{"", "of the file"} {
			stack := variants(t, "prod", func(e *environments.Environment) {
				e.Edge.MaintenancePage = environments.MaintenancePage{Format: format, Body: body}
			})["prod.global"]
			cdn := stack.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
			page := stack.Resource(t, "aws_s3_object", "edge/maintenance-page")
			page.WantValue(t, "content_type", contentType)
			if content := fmt.Sprint(page.At("content")); body != "" && content != body || len(content) < len("of the file") {
				t.Errorf("the page is %q", content)
			}
			path := "/" + fmt.Sprint(page.At("key"))
			for code, response := range errorsOf(cdn) {
				response.WantValue(t, "error_caching_min_ttl", 0)
				if code != 502.0 && code != 504.0 {
					response.WantAbsent(t, "response_page_path")
					continue
				}
				response.WantValue(t, "response_code", code) // a 200 would hide the outage
				response.WantValue(t, "response_page_path", path)
			}
			// Asked of the application, the page would be asked of the origin that failed.
			cdn.WantValue(t, "ordered_cache_behavior.0.path_pattern", path)
			if target := fmt.Sprint(cdn.At("ordered_cache_behavior.0.target_origin_id")); !strings.HasPrefix(target, "static") {
				t.Errorf("the page is asked of %s", target)
			}
		}
	}
}

// CloudFront gave up after 30 seconds on an application that the load balancer waits 60 for.
func TestCloudFrontWaitsAsLongAsTheLoadBalancer(t *testing.T) {
	eachEdge(t, func(t *testing.T, environment environments.Environment, _ Stack, cdn Block) {
		cdn.WantValue(t, "origin.0.custom_origin_config.origin_read_timeout", environment.LoadBalancer.IdleTimeout)
		cdn.WantValue(t, "origin.0.custom_origin_config.origin_keepalive_timeout", 5)
		cdn.WantValue(t, "origin.0.connection_timeout", 10)
		cdn.WantValue(t, "origin.0.connection_attempts", 3)
	})
	cdn := optionStack(t, "production.global").Resource(t, "aws_cloudfront_distribution", "edge/cdn")
	cdn.WantValue(t, "origin.0.custom_origin_config.origin_read_timeout", 120)
	cdn.WantValue(t, "origin.0.custom_origin_config.origin_keepalive_timeout", 119)
	cdn.WantValue(t, "origin.0.connection_timeout", 1)
	cdn.WantValue(t, "origin.0.connection_attempts", 1)
}

// With CloudFront's own three tries of ten seconds, a reader waits half a minute for the replica.
func TestStaticAssetsFailOverInSeconds(t *testing.T) {
	eachEdge(t, func(t *testing.T, _ environments.Environment, _ Stack, cdn Block) {
		for i, origin := range synth.List(cdn.At("origin")) {
			if !strings.HasPrefix(fmt.Sprint(origin.(map[string]any)["origin_id"]), "static") {
				continue
			}
			attempts, _ := cdn.At(fmt.Sprintf("origin.%d.connection_attempts", i)).(float64)
			timeout, _ := cdn.At(fmt.Sprintf("origin.%d.connection_timeout", i)).(float64)
			if seconds := attempts * timeout; seconds < 2 || seconds > 6 {
				t.Errorf("origin %d is given up after %v seconds", i, seconds)
			}
		}
	})
}
