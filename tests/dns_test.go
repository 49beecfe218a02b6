package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// The document's record leads to the load balancer, past CDN and web ACL, under a made-up zone id.
func TestPublicNameLeadsToTheDistribution(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		var kinds []any
		for _, record := range stack.resources("aws_route53_record") {
			if record.at("name") != environment.DNS.Name {
				continue
			}
			kinds = append(kinds, record.at("type"))
			record.refers(t, "alias.name", stack.resource(t, "aws_cloudfront_distribution", "edge/cdn"))
			record.has(t, "alias.evaluate_target_health", false) // AWS refuses true for CloudFront
		}
		if environment.Edge.Enabled != slices.Equal(kinds, []any{"AAAA", "A"}) || !environment.Edge.Enabled && len(kinds) > 0 {
			t.Errorf("records %v of %s", kinds, environment.DNS.Name)
		}
	})
}

func TestOriginFailsOverBetweenThePair(t *testing.T) {
	for name, want := range map[string]struct {
		policy    any
		threshold float64
	}{
		"prod":    {"PRIMARY", 2},
		"prod-dr": {"SECONDARY", 3}, // of two signs: never, until it is activated
	} {
		record := stack(t, name).resource(t, "aws_route53_record", "origin/record")
		record.has(t, "failover_routing_policy.type", want.policy)
		record.has(t, "set_identifier", strings.ToLower(fmt.Sprint(want.policy))) // a failover record without one is refused
		record.has(t, "alias.evaluate_target_health", true)
		health := stack(t, name).resource(t, "aws_route53_health_check", "origin/health")
		record.refers(t, "health_check_id", health)
		health.has(t, "type", "CALCULATED")
		health.has(t, "child_health_threshold", want.threshold)
	}
	active := variant(t, "prod-dr", func(e *environments.Environment) { e.DR.Active = true })
	active.resource(t, "aws_route53_health_check", "origin/health").has(t, "child_health_threshold", 2)
	// A primary that is healthy again would take the traffic back from the secondary, without what was written there.
	fenced := variant(t, "prod", func(e *environments.Environment) { e.DR.Fenced = true })
	fenced.resource(t, "aws_route53_health_check", "origin/health").has(t, "child_health_threshold", 3)

	alone := stack(t, "dev").resource(t, "aws_route53_record", "origin/record")
	alone.lacks(t, "set_identifier")
	alone.lacks(t, "health_check_id")
}

// Route 53's checkers can't reach a load balancer that only CloudFront may call, and a check of the origin's name would follow its failover.
func TestRegionalHealthIsTheLoadBalancersOwnAlarms(t *testing.T) {
	for _, name := range []string{"prod", "prod-dr"} {
		s := stack(t, name)
		balancer := s.resource(t, "aws_lb", "loadbalancer/alb")
		for _, sign := range []string{"hosts", "errors"} {
			check, alarm := s.resource(t, "aws_route53_health_check", "origin/"+sign), s.resource(t, "aws_cloudwatch_metric_alarm", "origin/"+sign+"-alarm")
			check.has(t, "type", "CLOUDWATCH_METRIC")
			check.refers(t, "cloudwatch_alarm_name", alarm)
			check.has(t, "cloudwatch_alarm_region", loadedNamed(t, name).Region)
			check.has(t, "insufficient_data_health_status", "LastKnownStatus")
			alarm.refers(t, "dimensions.LoadBalancer", balancer)
			// What Route 53 can't read: metric math, percentiles, 'M out of N'.
			alarm.lacks(t, "metric_query")
			alarm.lacks(t, "extended_statistic")
			alarm.lacks(t, "datapoints_to_alarm")
		}
		s.resource(t, "aws_cloudwatch_metric_alarm", "origin/errors-alarm").has(t, "treat_missing_data", "notBreaching") // no errors, no data
	}
}

// ACM wants the same record for the same name in every region of an account; a second state with it would delete it on its destroy.
func TestValidationRecordsAreMadeByOneStateOfAnAccount(t *testing.T) {
	made := map[string]string{}
	for _, environment := range loaded {
		s := stack(t, environment.Name)
		for _, record := range s.resources("aws_route53_record") {
			record.lacks(t, "allow_overwrite")
			name, _ := record.at("name").(string)
			if !strings.Contains(name, "domain_validation_options") {
				continue
			}
			_, proven, _ := strings.Cut(name, "option.domain_name == ")
			key := environment.Account.ID + " " + proven
			if other, twice := made[key]; twice {
				t.Errorf("%s and %s both prove %s", other, environment.Name, proven)
			}
			made[key] = environment.Name
		}
		for _, validation := range s.resources("aws_acm_certificate_validation") {
			if secondary := environment.DR.Role == environments.DRSecondary; secondary != (validation.at("validation_record_fqdns") == nil) {
				t.Errorf("%s of %s waits for records %v", validation.Address, environment.Name, validation.at("validation_record_fqdns"))
			}
		}
	}
	if want := 2 * 4; len(made) != want { // origin and public name, of every environment but the secondary
		t.Errorf("validation records %v, want %d", made, want)
	}
}

func TestCertificatesAreUsedOnlyOnceIssued(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		regional := stack.resource(t, "aws_acm_certificate_validation", "dns/regional-validation")
		stack.resource(t, "aws_lb_listener", "loadbalancer/https").refers(t, "certificate_arn", regional)
		if environment.Edge.Enabled {
			edge := stack.resource(t, "aws_acm_certificate_validation", "dns/edge-validation")
			edge.has(t, "provider", "aws.global") // CloudFront looks in us-east-1 alone
			stack.resource(t, "aws_cloudfront_distribution", "edge/cdn").refers(t, "viewer_certificate.acm_certificate_arn", edge)
		}
		for _, certificate := range stack.resources("aws_acm_certificate") {
			certificate.has(t, "lifecycle.create_before_destroy", true)
		}
	})
}

// CloudFront answers 502 unless the load balancer's certificate has the origin's name or the Host it forwards. The Ingress gets the Host.
func TestTheHostThatReachesTheOriginIsOnItsCertificate(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		certificate := stack.resource(t, "aws_acm_certificate", "dns/regional-certificate")
		names := append(list(certificate.at("subject_alternative_names")), certificate.at("domain_name"))
		for _, name := range []string{environment.DNS.Origin(), environment.DNS.Name} {
			if !contains(names, name) {
				t.Errorf("%s is not on the load balancer's certificate: %v", name, names)
			}
		}
		if environment.Edge.Enabled {
			request := stack.resource(t, "aws_cloudfront_origin_request_policy", "edge/whole-request")
			request.has(t, "headers_config.header_behavior", "allViewerAndWhitelistCloudFront") // the viewer's Host, the public name
			stack.resource(t, "aws_cloudfront_distribution", "edge/cdn").has(t, "aliases", []string{environment.DNS.Name})
		}
	})
}

// A new public zone is not found by anyone: certificates in it would wait until they time out.
func TestAnUndelegatedZoneIsAllThereIs(t *testing.T) {
	s := variant(t, "dev", func(e *environments.Environment) { e.DNS.Delegated = false })
	if types := s.types(); !slices.Equal(types, []string{"aws_route53_zone"}) {
		t.Errorf("resources %v, want the zone alone", types)
	}
	output, _ := s.Root["output"].(map[string]any)["name_servers"].(map[string]any)
	if description := fmt.Sprint(output["description"]); !strings.Contains(description, "NS record of dev.titan.example.com") || !strings.Contains(description, "delegated: false") {
		t.Errorf("the output does not say what to do: %q", description)
	}
	zone := s.resource(t, "aws_route53_zone", "dns/zone")
	if fmt.Sprint(output["value"]) != "${"+zone.Address+".name_servers}" {
		t.Errorf("the output is %v", output["value"])
	}
}
