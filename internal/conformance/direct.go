package conformance

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/webacl"
)

// FromNobody is who answers a client that no rule of a security group lets in: the connection times out.
const FromNobody = "nobody"

// httpsPort is where a load balancer takes requests.
const httpsPort = 443

// direct is what a client gets of the load balancer of an environment without an edge: of nobody, where its address is
// not let in; of the web ACL, where there is one; of the load balancer or the application. Nothing is kept.
func (p *Path) direct(
	request cloudfront.Request, target func(cloudfront.OriginRequest) (cloudfront.Answer, error),
) (cloudfront.Response, error) {
	response := cloudfront.Response{From: FromNobody}
	letIn, err := p.letsIn(request.Source)
	if err != nil || !letIn || request.Scheme != "https" {
		return response, err
	}
	if association, err := only(p.balancer, "aws_wafv2_web_acl_association", "resource_arn"); err == nil {
		acl, ok := association.Reference("web_acl_arn")
		if !ok {
			return response, fmt.Errorf("%s: web_acl_arn is %v, want a reference", association, association.At("web_acl_arn"))
		}
		if response.Verdict, err = webacl.Evaluate(acl.To, request.Request); err != nil {
			return response, err
		}
		if verdict := response.Verdict; verdict.Action != webacl.Allow {
			response.Status, response.From = verdict.Status, cloudfront.FromWebACL
			response.Body, response.Headers = verdict.Body, verdict.Headers
			return response, nil
		}
	}
	forwardedFor := request.Source.String()
	if claimed := request.Headers.Get("X-Forwarded-For"); claimed != "" {
		forwardedFor = claimed + "," + forwardedFor
	}
	sent := cloudfront.OriginRequest{
		Scheme: "http", Method: request.Method, Host: request.Host, Path: request.Path, Query: request.Query,
		Headers: request.Headers.With("x-forwarded-for", forwardedFor), Body: request.Body, BodySize: request.BodySize,
	}
	end, err := requestpath.SendTo(p.balancer, request.Headers.With("host", request.Host), request.Source)
	if err != nil {
		return cloudfront.Response{}, err
	}
	response.Asked = end.Action.Type == requestpath.Forward
	answer, err := loadBalancer(end, sent, target)
	response.Status, response.From, response.Waited = answer.Status, cmp.Or(answer.By, cloudfront.FromOrigin), answer.After
	response.Body, response.Headers = answer.Body, answer.Headers
	return response, err
}

// letsIn is whether a rule of the load balancer's security group opens it to an address.
func (p *Path) letsIn(source netip.Addr) (bool, error) {
	group, ok := p.balancer.Reference("security_groups.0")
	if !ok {
		return false, fmt.Errorf("%s: security_groups is %v, want a reference", p.balancer, p.balancer.At("security_groups"))
	}
	for _, edge := range group.To.Referrers() {
		rule := edge.From.Block()
		isRule := edge.From.Type == "aws_vpc_security_group_ingress_rule" && edge.Argument == "security_group_id"
		if !isRule || rule.At("from_port") != float64(httpsPort) {
			continue
		}
		if rule.At("prefix_list_id") != nil {
			continue // CloudFront's addresses, which are no client's
		}
		prefix, err := netip.ParsePrefix(cmp.Or(rule.Text("cidr_ipv4"), rule.Text("cidr_ipv6")))
		if err != nil {
			return false, fmt.Errorf("%s: its addresses can't be read: %w", rule, err)
		}
		if prefix.Contains(source) {
			return true, nil
		}
	}
	return false, nil
}
