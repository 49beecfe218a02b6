package cloudfront

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/titan-platform/titan/internal/graph"
)

// Errors that are kept whatever the origin says, and those that are kept only where it gives an age (CloudFront
// Developer Guide, 'How CloudFront processes HTTP 4xx and 5xx status codes from your origin').
var (
	alwaysKept = []int{404, 405, 414, 500, 501, 502, 503, 504}
	keptByAge  = []int{400, 403, 412, 415}
)

// errorSeconds is for how long an error is kept where no custom error response says another time.
const errorSeconds = 10

// originError keeps an error of an origin, and puts the distribution's page in its place if there is one.
func (s *serving) originError(answer Answer) error {
	response, custom := s.errorResponse(answer.Status)
	if s.caches() {
		control := controlOf(answer.Headers)
		least := seconds(errorSeconds)
		if custom {
			least = seconds(number(response, "error_caching_min_ttl", errorSeconds))
		}
		cache, ok, err := policy(s.behavior, "cache_policy_id")
		if err != nil {
			return err
		}
		if ok { // an age is not greater than the maximum ('Control how long CloudFront caches errors')
			control.age = min(control.age, seconds(number(cache, "max_ttl", 31536000)))
		}
		if slices.Contains(alwaysKept, answer.Status) || slices.Contains(keptByAge, answer.Status) && control.says {
			s.response.Kept = max(least, control.age)
		}
	}
	return s.page(response, custom)
}

// edgeError puts the distribution's page in the place of an error of the edge itself, WAF's too (AWS WAF Developer
// Guide, 'Using AWS WAF with CloudFront custom error pages'). An answer with a body of its own keeps it.
func (s *serving) edgeError() error {
	if s.response.Body != "" {
		return nil
	}
	response, custom := s.errorResponse(s.response.Status)
	return s.page(response, custom)
}

// errorResponse is the custom error response of a status code, and whether there is one.
func (s *serving) errorResponse(status int) (graph.Block, bool) {
	for _, response := range s.Blocks("custom_error_response") {
		if code, ok := response.Number("error_code"); ok && int(code) == status {
			return response, true
		}
	}
	return graph.Block{}, false
}

// page fetches a custom error page by the behaviour that its path matches. Where that fails, the client gets the
// status of the page's origin (CloudFront Developer Guide, 'Store objects and custom error pages in different
// locations').
func (s *serving) page(response graph.Block, custom bool) error {
	path := ""
	if custom {
		path = response.Text("response_page_path")
	}
	if path == "" {
		return nil
	}
	behavior, _, err := s.behaviorOf(path)
	if err != nil {
		return err
	}
	request := s.Request
	request.Method, request.Path, request.Query, request.Body, request.BodySize = http.MethodGet, path, "", "", 0
	answer, own, err := s.ask(behavior, request)
	if err != nil {
		return err
	}
	status := s.response.Status
	switch code := response.At("response_code").(type) {
	case float64:
		status = int(code)
	case string:
		if status, err = strconv.Atoi(code); err != nil {
			return err
		}
	}
	from := FromPage
	if answer.Status >= http.StatusBadRequest {
		status, from = answer.Status, whose(answer, own)
	}
	s.answer(status, from, answer.Body, answer.Headers)
	return nil
}
