package cloudfront

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/webacl"
)

// Quotas of a request (CloudFront Developer Guide, 'Quotas').
const (
	maxURL     = 8192  // bytes, else 414
	maxRequest = 32768 // bytes of request line and headers, else 413
)

// alias refuses a name that the distribution does not have (CloudFront Developer Guide, 'HTTP 403 status code').
func (s *serving) alias() (bool, error) {
	for _, alias := range s.Texts("aliases") {
		suffix, wildcard := strings.CutPrefix(alias, "*.")
		first, rest, _ := strings.Cut(s.Host, ".")
		if strings.EqualFold(alias, s.Host) || wildcard && first != "" && strings.EqualFold(suffix, rest) {
			return false, nil
		}
	}
	s.answer(403, FromEdge, "", nil)
	return true, nil
}

func (s *serving) webACL() (bool, error) {
	if s.At("web_acl_id") == nil {
		return false, nil
	}
	acl, ok := s.Reference("web_acl_id")
	if !ok {
		return false, fmt.Errorf("%s: web_acl_id is %v, want a reference to a web ACL", s, s.At("web_acl_id"))
	}
	verdict, err := webacl.Evaluate(acl.To, s.Request.Request)
	if err != nil {
		return false, err
	}
	s.response.Verdict = verdict
	for name, value := range verdict.Inserted {
		s.Headers = s.Headers.With(name, value)
	}
	if verdict.Action == webacl.Allow {
		return false, nil
	}
	s.answer(verdict.Status, FromWebACL, verdict.Body, verdict.Headers)
	return true, s.edgeError()
}

// country refuses by the distribution's list (CloudFront Developer Guide, 'Restrict the geographic distribution of
// your content').
func (s *serving) country() (bool, error) {
	restriction := "restrictions.geo_restriction."
	listed := slices.Contains(s.Texts(restriction+"locations"), s.Country)
	switch kind := s.Text(restriction + "restriction_type"); kind {
	case "none":
		return false, nil
	case "whitelist", "blacklist":
		if listed == (kind == "whitelist") {
			return false, nil
		}
	default:
		return false, fmt.Errorf("%s: restriction type %q is none", s, kind)
	}
	s.answer(403, FromEdge, "", nil)
	return true, s.edgeError()
}

func (s *serving) limits() (bool, error) {
	url := len(s.Path) + len("?"+s.Query)
	size := url
	for name, value := range s.Headers {
		size += len(name) + len(value)
	}
	switch {
	case url > maxURL:
		s.answer(414, FromEdge, "", nil)
	case size > maxRequest:
		s.answer(413, FromEdge, "", nil)
	default:
		return false, nil
	}
	return true, nil
}

// protocol answers HTTP as the behaviour says: by 403, or by a redirect, 301 for GET and HEAD and 307 for other
// methods from HTTP 1.1 on: a POST stays one, but its body and token went in clear already (CloudFront Developer
// Guide, 'Require HTTPS for communication between viewers and CloudFront').
func (s *serving) protocol() (bool, error) {
	if s.Scheme == "https" {
		return false, nil
	}
	switch policy := s.behavior.Text("viewer_protocol_policy"); policy {
	case "allow-all":
		return false, nil
	case "https-only":
		s.answer(403, FromEdge, "", nil)
	case "redirect-to-https":
		status := http.StatusMovedPermanently
		if s.Method != http.MethodGet && s.Method != http.MethodHead {
			status = http.StatusTemporaryRedirect
			if s.Version == "1.0" {
				s.answer(http.StatusForbidden, FromEdge, "", nil)
				return true, nil
			}
		}
		s.answer(status, FromEdge, "", webacl.Headers{"location": "https://" + s.Host + s.target()})
	default:
		return false, fmt.Errorf("%s: viewer protocol policy %q is none", s.behavior, policy)
	}
	return true, nil
}

// target is the path with the query.
func (s *serving) target() string {
	if s.Query == "" {
		return s.Path
	}
	return s.Path + "?" + s.Query
}

// method refuses what the behaviour does not allow, and a GET with a body (CloudFront Developer Guide, 'HTTP 403
// status code' and 'Request and response behavior for custom origins').
func (s *serving) method() (bool, error) {
	withBody := s.Method == http.MethodGet && len(s.Body)+s.BodySize > 0
	if slices.Contains(s.behavior.Texts("allowed_methods"), s.Method) && !withBody {
		return false, nil
	}
	s.answer(403, FromEdge, "", nil)
	return true, s.edgeError()
}

// signature refuses who lacks one where the behaviour trusts keys (CloudFront Developer Guide, 'Use signed URLs').
func (s *serving) signature() (bool, error) {
	trusting := len(s.behavior.Texts("trusted_key_groups"))+len(s.behavior.Texts("trusted_signers")) > 0
	if !trusting || s.Signed {
		return false, nil
	}
	s.answer(403, FromEdge, "", nil)
	return true, s.edgeError()
}
