package conformance

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/webacl"
)

// idleTimeout is a load balancer's where none is set, in seconds.
const idleTimeout = 60

// loadBalancer is what an Application Load Balancer does with a request: desync mitigation, its listener's rules, then
// a target, for whose answer it waits for its idle timeout (ALB User Guide, 'HTTP 504: Gateway timeout').
func loadBalancer(
	end requestpath.End, sent cloudfront.OriginRequest, target func(cloudfront.OriginRequest) (cloudfront.Answer, error),
) (cloudfront.Answer, error) {
	balancer := end.LoadBalancer.Block()
	if refused, err := refusedByMitigation(balancer, sent.Headers); err != nil || refused {
		return cloudfront.Answer{Status: http.StatusBadRequest, By: FromLoadBalancer}, err
	}
	if end.Action.Type != requestpath.Forward {
		status, err := strconv.Atoi(regexp.MustCompile(`\D`).ReplaceAllString(end.Action.Status, ""))
		return cloudfront.Answer{Status: status, By: FromLoadBalancer}, err
	}
	sent.Headers = keptHeaders(balancer, sent.Headers)
	answer, err := target(sent)
	idle := time.Duration(idleTimeout) * time.Second
	if seconds, ok := balancer.Number("idle_timeout"); ok {
		idle = time.Duration(seconds) * time.Second
	}
	if err == nil && answer.After > idle {
		answer = cloudfront.Answer{Status: http.StatusGatewayTimeout, By: FromLoadBalancer, After: idle}
	}
	return answer, err
}

// refusedByMitigation is whether desync mitigation refuses a request whose headers have bytes outside of ASCII, which
// is not compliant but acceptable: strictest passes compliant requests alone (ALB User Guide, 'Desync mitigation
// mode'; classes in the documentation of aws/http-desync-guardian).
func refusedByMitigation(balancer graph.Block, headers webacl.Headers) (bool, error) {
	switch mode := balancer.Text("desync_mitigation_mode"); mode {
	case "", "defensive", "monitor":
		return false, nil
	case "strictest":
	default:
		return false, fmt.Errorf("%s: desync mitigation mode %q is none", balancer, mode)
	}
	for name, value := range headers {
		for _, b := range []byte(name + value) {
			if b >= 0x80 {
				return true, nil
			}
		}
	}
	return false, nil
}

var validHeaderName = regexp.MustCompile(`^[-A-Za-z0-9]+$`)

// keptHeaders are those that targets get: names of letters, digits and hyphens alone, where others are dropped (ALB
// User Guide, 'Load balancer attributes', routing.http.drop_invalid_header_fields.enabled).
func keptHeaders(balancer graph.Block, headers webacl.Headers) webacl.Headers {
	if balancer.At("drop_invalid_header_fields") != true {
		return headers
	}
	kept := webacl.Headers{}
	for name, value := range headers {
		if validHeaderName.MatchString(name) {
			kept[name] = value
		}
	}
	return kept
}
