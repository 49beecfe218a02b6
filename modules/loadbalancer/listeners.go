package loadbalancer

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lb"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lblistener"
	listenercertificate "github.com/cdktf/cdktf-provider-aws-go/aws/v19/lblistenercertificate"
	listenerrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/lblistenerrule"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/lbtargetgroup"

	"github.com/titan-platform/titan/environments"
)

// tlsPolicy takes TLS 1.3 and 1.2, forward secrecy and AEAD ciphers alone. CloudFront speaks no more than 1.2 to an
// origin: a policy of 1.3 alone would cut it off.
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

// listeners declares what is answered, and how: HTTPS with one of the header's values goes to the pods if it is for
// this environment, or, without CloudFront, that for one of the public names; all else is refused.
func (l *loadBalancer) listeners(alb lb.Lb, targets lbtargetgroup.LbTargetGroup) {
	https := lblistener.NewLbListener(l.scope, jsii.String("https"), &lblistener.LbListenerConfig{
		LoadBalancerArn: alb.Arn(),
		Port:            jsii.Number(443),
		Protocol:        jsii.String("HTTPS"),
		SslPolicy:       jsii.String(tlsPolicy),
		CertificateArn:  jsii.String(l.CertificateARN),
		DefaultAction: []lblistener.LbListenerDefaultAction{{
			Type: jsii.String("fixed-response"),
			FixedResponse: &lblistener.LbListenerDefaultActionFixedResponse{
				ContentType: jsii.String("text/plain"),
				MessageBody: jsii.String("Forbidden"),
				StatusCode:  jsii.String("403"),
			},
		}},
		RoutingHttpResponseServerEnabled: jsii.Bool(false), // nobody needs to know what answers
		Tags:                             l.Tag("alb-https"),
	})
	forward := listenerrule.LbListenerRuleAction{Type: jsii.String("forward"), TargetGroupArn: targets.Arn()}
	if l.Direct != nil {
		// Another priority than the rule below it has: where an edge comes or goes, one is made before the other is gone.
		l.rule(https, "from-callers", 30, forward, host(l.Direct.Names...))
	} else {
		l.behindCloudFront(https, forward)
	}
	if l.Restricted != nil {
		l.restricted(https, forward)
	}
	// CloudFront and callers call 443 alone, and no rule opens 80: a prefix list counts as 55 of a group's 60 rules, so a
	// group takes it once. Whoever opens the port one day still sends nothing in clear.
	lblistener.NewLbListener(l.scope, jsii.String("http"), &lblistener.LbListenerConfig{
		LoadBalancerArn: alb.Arn(),
		Port:            jsii.Number(80),
		Protocol:        jsii.String("HTTP"),
		DefaultAction: []lblistener.LbListenerDefaultAction{{
			Type: jsii.String("redirect"),
			Redirect: &lblistener.LbListenerDefaultActionRedirect{
				Port:       jsii.String("443"),
				Protocol:   jsii.String("HTTPS"),
				StatusCode: jsii.String("HTTP_301"),
			},
		}},
		Tags: l.Tag("alb-http"),
	})
}

// behindCloudFront declares the rules for what CloudFront sends, which names the environment that it wants to serve.
func (l *loadBalancer) behindCloudFront(https lblistener.LbListener, forward listenerrule.LbListenerRuleAction) {
	own := l.Environment
	if l.Refuses {
		own = standby
	}
	l.rule(https, "from-cloudfront", 10, forward, header(l.Header.Name, l.Header.Values...),
		header(environments.ServingHeader, own))
	l.rule(https, "not-serving", 20, listenerrule.LbListenerRuleAction{
		Type: jsii.String("fixed-response"),
		FixedResponse: &listenerrule.LbListenerRuleActionFixedResponse{
			ContentType: jsii.String("text/plain"),
			MessageBody: jsii.String(l.Environment + " does not serve: another environment does, or none"),
			StatusCode:  jsii.String("503"),
		},
	}, header(l.Header.Name, l.Header.Values...))
}

// restricted declares that a name is answered to those who may call it, and by a certificate of its own:
// another name on the default one would be another certificate for everybody. CloudFront is none of them,
// whosever distribution it is.
func (l *loadBalancer) restricted(https lblistener.LbListener, forward listenerrule.LbListenerRuleAction) {
	listenercertificate.NewLbListenerCertificate(l.scope, jsii.String("restricted-certificate"),
		&listenercertificate.LbListenerCertificateConfig{
			ListenerArn:    https.Arn(),
			CertificateArn: jsii.String(l.Restricted.CertificateARN),
		})
	l.rule(https, "restricted", 40, forward, host(l.Restricted.Name), listenerrule.LbListenerRuleCondition{
		SourceIp: &listenerrule.LbListenerRuleConditionSourceIp{Values: jsii.Strings(l.Restricted.CIDRs...)},
	})
}

// rule declares a rule of a listener; it applies where every condition holds.
func (l *loadBalancer) rule(
	listener lblistener.LbListener, id string, priority int,
	action listenerrule.LbListenerRuleAction, conditions ...listenerrule.LbListenerRuleCondition,
) {
	listenerrule.NewLbListenerRule(l.scope, jsii.String(id), &listenerrule.LbListenerRuleConfig{
		ListenerArn: listener.Arn(),
		Priority:    jsii.Number(priority),
		Action:      []listenerrule.LbListenerRuleAction{action},
		Condition:   conditions,
		Tags:        l.Tag("alb-" + id),
	})
}

// header is the condition that a request header has one of some values.
func header(name string, values ...string) listenerrule.LbListenerRuleCondition {
	return listenerrule.LbListenerRuleCondition{
		HttpHeader: &listenerrule.LbListenerRuleConditionHttpHeader{
			HttpHeaderName: jsii.String(name),
			Values:         jsii.Strings(values...),
		},
	}
}

// host is the condition that a request is for one of some names.
func host(names ...string) listenerrule.LbListenerRuleCondition {
	return listenerrule.LbListenerRuleCondition{
		HostHeader: &listenerrule.LbListenerRuleConditionHostHeader{Values: jsii.Strings(names...)},
	}
}
