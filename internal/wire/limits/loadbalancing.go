package limits

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func loadBalancingRules() []Rule {
	return []Rule{
		{"attributes of load balancers", "ELB API, LoadBalancerAttribute", []string{"elbv2 ModifyLoadBalancerAttributes"},
			loadBalancerAttributes},
		{"listener rules", "ELB API, RuleCondition; ALB guide, 'Quotas for your Application Load Balancers'",
			[]string{"elbv2 CreateRule", "elbv2 ModifyRule"}, listenerRules},
	}
}

var loadBalancerKeys = strings.Fields(`deletion_protection.enabled access_logs.s3.enabled access_logs.s3.bucket
access_logs.s3.prefix ipv6.deny_all_igw_traffic idle_timeout.timeout_seconds client_keep_alive.seconds
connection_logs.s3.enabled connection_logs.s3.bucket connection_logs.s3.prefix health_check_logs.s3.enabled
health_check_logs.s3.bucket health_check_logs.s3.prefix routing.http.desync_mitigation_mode
routing.http.drop_invalid_header_fields.enabled routing.http.preserve_host_header.enabled
routing.http.x_amzn_tls_version_and_cipher_suite.enabled routing.http.xff_client_port.enabled
routing.http.xff_header_processing.mode routing.http2.enabled waf.fail_open.enabled zonal_shift.config.enabled
load_balancing.cross_zone.enabled`)

func loadBalancerAttributes(call *protocol.Call, report *Report) {
	var input struct{ Attributes []struct{ Key string } }
	call.Into(&input)
	report.AtMost(".Attributes", "load balancer attributes a call", len(input.Attributes), 20)
	for _, attribute := range input.Attributes {
		if !slices.Contains(loadBalancerKeys, attribute.Key) {
			report.Breaks(".Attributes", attribute.Key, "a documented attribute")
		}
	}
}

// conditionFields are what a listener rule may look at.
var conditionFields = []string{"http-header", "http-request-method", "host-header", "path-pattern", "query-string",
	"source-ip"}

func listenerRules(call *protocol.Call, report *Report) {
	var input struct {
		Conditions []struct {
			Field            *string
			HTTPHeaderConfig struct{ HTTPHeaderName string }
		}
	}
	call.Into(&input)
	for i, condition := range input.Conditions {
		at := fmt.Sprintf(".Conditions[%d]", i)
		if condition.Field != nil && !slices.Contains(conditionFields, *condition.Field) {
			report.Breaks(at+".Field", *condition.Field, "one of "+strings.Join(conditionFields, ", "))
		}
		header := condition.HTTPHeaderConfig.HTTPHeaderName
		report.AtMost(at+".HttpHeaderConfig.HttpHeaderName", "characters of a listener rule's header name", len(header), 40)
		if strings.EqualFold(header, "host") {
			report.Breaks(at+".HttpHeaderConfig.HttpHeaderName", header, "not Host, for which there is host-header")
		}
	}
	values := 0
	walk("", call.Input["Conditions"], func(path string, value any) {
		list, isList := value.([]any)
		if !isList || !strings.HasSuffix(path, "Config.Values") {
			return
		}
		values += len(list)
		for _, one := range texts(value) {
			report.AtMost(".Conditions"+path, "characters of a listener rule's value", utf8.RuneCountInString(one), 128)
		}
	})
	report.AtMost(".Conditions", "condition values of a listener rule", values, 5)
}
