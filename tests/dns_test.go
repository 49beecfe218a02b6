package tests

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// The document's record leads to the load balancer, past CDN and web ACL, under a made-up zone id.
func TestPublicNameLeadsToTheDistribution(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, _ Stack) {
		var kinds []any
		for _, one := range order.Of(environment) {
			declared := stack(t, one.Name)
			for _, record := range declared.Resources("aws_route53_record") {
				if record.At("name") != environment.DNS.Name {
					continue
				}
				kinds = append(kinds, record.At("type"))
				record.WantReference(t, "alias.name", declared.Resource(t, "aws_cloudfront_distribution", "edge/cdn"))
				record.WantValue(t, "alias.evaluate_target_health", false) // AWS refuses true for CloudFront
			}
		}
		if environment.Edge.Enabled != slices.Equal(kinds, []any{"AAAA", "A"}) ||
			!environment.Edge.Enabled && len(kinds) > 0 {
			t.Errorf("records %v of %s", kinds, environment.DNS.Name)
		}
	})
}

// The origin's name leads to the name of a region's load balancer, which the environment's own stack makes.
func TestOriginLeadsToTheRegionsName(t *testing.T) {
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, global Stack) {
		home := stackOf(t, environment, order.Environment)
		regional := home.Resource(t, "aws_route53_record", "origin/record")
		regional.WantValue(t, "name", environment.DNS.RegionalOrigin(environment.Region))
		regional.WantReference(t, "alias.name", home.Resource(t, "aws_lb", "loadbalancer/alb"))
		regional.WantReference(t, "alias.zone_id", home.Resource(t, "aws_lb", "loadbalancer/alb"))
		regional.WantAbsent(t, "set_identifier") // it is one region's, whoever serves

		record := global.Resource(t, "aws_route53_record", "origin/record")
		record.WantValue(t, "name", environment.DNS.Origin())
		record.WantValue(t, "alias.name", regional.At("name"))
		record.WantValue(t, "alias.zone_id", record.At("zone_id")) // both are in one zone
		for _, one := range []Block{record, regional} {
			one.WantValue(t, "alias.evaluate_target_health", true)
			one.WantValue(t, "type", "A")
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
		global := stackOf(t, loadedNamed(t, name), order.Global)
		record := global.Resource(t, "aws_route53_record", "origin/record")
		record.WantValue(t, "failover_routing_policy.type", want.policy)
		record.WantValue(t, "set_identifier", strings.ToLower(fmt.Sprint(want.policy))) // a failover record without one is refused
		record.WantValue(t, "alias.evaluate_target_health", true)
		health := global.Resource(t, "aws_route53_health_check", "origin/health")
		record.WantReference(t, "health_check_id", health)
		health.WantValue(t, "type", "CALCULATED")
		health.WantValue(t, "child_health_threshold", want.threshold)
	}
	active := variants(t, "prod-dr", func(e *environments.Environment) { e.DR.Active = true })["prod-dr.global"]
	active.Resource(t, "aws_route53_health_check", "origin/health").WantValue(t, "child_health_threshold", 2)
	// A primary that is healthy again would take the traffic back from the secondary, without what was written there.
	fenced := variants(t, "prod", func(e *environments.Environment) { e.DR.Fenced = true })["prod.global"]
	fenced.Resource(t, "aws_route53_health_check", "origin/health").WantValue(t, "child_health_threshold", 3)

	alone := stack(t, "dev.global").Resource(t, "aws_route53_record", "origin/record")
	alone.WantAbsent(t, "set_identifier")
	alone.WantAbsent(t, "health_check_id")
}

// Route 53's checkers can't reach a load balancer that only CloudFront may call, and a check of the origin's name
// would follow its failover.
func TestRegionalHealthIsTheLoadBalancersOwnAlarms(t *testing.T) {
	for _, name := range []string{"prod", "prod-dr"} {
		home, global := stack(t, name), stackOf(t, loadedNamed(t, name), order.Global)
		balancer := home.Resource(t, "aws_lb", "loadbalancer/alb")
		health := global.Resource(t, "aws_route53_health_check", "origin/health")
		var children []any
		for _, sign := range []string{"hosts", "errors"} {
			check := global.Resource(t, "aws_route53_health_check", "origin/"+sign)
			alarm := home.Resource(t, "aws_cloudwatch_metric_alarm", "origin/"+sign+"-alarm")
			check.WantValue(t, "type", "CLOUDWATCH_METRIC")
			check.WantValue(t, "cloudwatch_alarm_name", alarm.At("alarm_name"))
			check.WantValue(t, "cloudwatch_alarm_region", tabled(t, home.Name).Region)
			check.WantValue(t, "insufficient_data_health_status", "LastKnownStatus")
			children = append(children, "${"+check.Address+".id}")
			alarm.WantReference(t, "dimensions.LoadBalancer", balancer)
			// What Route 53 can't read: metric math, percentiles, 'M out of N'.
			alarm.WantAbsent(t, "metric_query")
			alarm.WantAbsent(t, "extended_statistic")
			alarm.WantAbsent(t, "datapoints_to_alarm")
			// Route 53 copies the alarm's settings when the check is made, so a change of one has to be a change of the
			// check.
			trigger := fmt.Sprint(check.At("triggers.alarm"))
			settings := []string{"metric_name", "comparison_operator", "threshold", "evaluation_periods", "treat_missing_data"}
			for _, setting := range settings {
				if !strings.Contains(trigger, fmt.Sprint(alarm.At(setting))) {
					t.Errorf("%s would not follow a change of %s of %s: it goes by %q", check.Address, setting, alarm.Address, trigger)
				}
			}
		}
		health.WantValue(t, "child_healthchecks", children)
		home.Resource(t, "aws_cloudwatch_metric_alarm", "origin/errors-alarm").
			WantValue(t, "treat_missing_data", "notBreaching") // no errors, no data
	}
}

// To update a check on an alarm, Route 53 would read the alarm, in a region that may be lost.
func TestFencingChangesTheCalculatedHealthCheckAlone(t *testing.T) {
	fenced := variants(t, "prod", func(e *environments.Environment) { e.DR.Fenced = true })["prod.global"]
	for _, check := range stack(t, "prod.global").Resources("aws_route53_health_check") {
		twin := fenced.Find("aws_route53_health_check", strings.TrimPrefix(check.Address, "aws_route53_health_check."))
		if same := reflect.DeepEqual(check.Body, twin.Body); same != (check.At("type") == "CLOUDWATCH_METRIC") {
			t.Errorf("%s changes: %v\n%s", check.Address, !same, synth.Text(twin.Body))
		}
	}
}

// ACM wants the same record for the same name in every region of an account; a second state with it would
// delete it on its destroy.
func TestValidationRecordsAreMadeByOneStateOfAnAccount(t *testing.T) {
	made, wanted := map[string]string{}, map[string]string{} // stacks, by account and name
	for _, one := range order.All(loaded) {
		declared, environment := stack(t, one.Name), environmentOf(t, one.Name)
		secondary := environment.DR.Role == environments.DRSecondary
		for _, record := range declared.Resources("aws_route53_record") {
			record.WantAbsent(t, "allow_overwrite")
			name, _ := record.At("name").(string)
			if !strings.Contains(name, "domain_validation_options") {
				continue
			}
			_, proven, _ := strings.Cut(name, "option.domain_name == ")
			key := environment.Account.ID + " " + strings.Split(proven, `"`)[1]
			if other, twice := made[key]; twice {
				t.Errorf("%s and %s both prove %s", other, one.Name, proven)
			}
			made[key] = one.Name
		}
		for _, validation := range declared.Resources("aws_acm_certificate_validation") {
			elsewhere := secondary || one.Kind == order.Global // made by another stack
			if elsewhere != (validation.At("validation_record_fqdns") == nil) {
				t.Errorf("%s of %s waits for records %v", validation.Address, one.Name, validation.At("validation_record_fqdns"))
			}
		}
		for _, certificate := range declared.Resources("aws_acm_certificate") {
			for _, name := range append(synth.List(certificate.At("subject_alternative_names")), certificate.At("domain_name")) {
				wanted[fmt.Sprint(environment.Account.ID, " ", name)] = one.Name
			}
		}
	}
	if want := 2 * 4; len(made) != want { // origin and public name, of every environment but the secondary
		t.Errorf("validation records %v, want %d", made, want)
	}
	for name, by := range wanted {
		if made[name] == "" {
			t.Errorf("no stack proves %s: the certificate of %s would never be issued", name, by)
		}
	}
}

// A certificate that waits for another stack's records waits in vain where that stack comes after it.
func TestTheEdgesCertificateComesAfterItsRecords(t *testing.T) {
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, global Stack) {
		if after := tabled(t, global.Name).After; !slices.Contains(after, environment.Name) {
			t.Errorf("%s comes after %v, want %s among them", global.Name, after, environment.Name)
		}
	})
}

func TestCertificatesAreUsedOnlyOnceIssued(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		regional := home.Resource(t, "aws_acm_certificate_validation", "certificate/regional-validation")
		home.Resource(t, "aws_lb_listener", "loadbalancer/https").WantReference(t, "certificate_arn", regional)
		global := stackOf(t, environment, order.Global)
		if environment.Edge.Enabled {
			edge := global.Resource(t, "aws_acm_certificate_validation", "certificate/edge-validation")
			if region := tabled(t, global.Name).Region; region != "us-east-1" { // CloudFront looks there alone
				t.Errorf("the distribution's certificate is in %s", region)
			}
			global.Resource(t, "aws_cloudfront_distribution", "edge/cdn").
				WantReference(t, "viewer_certificate.acm_certificate_arn", edge)
		}
		for _, one := range []Stack{home, global} {
			for _, certificate := range one.Resources("aws_acm_certificate") {
				certificate.WantValue(t, "lifecycle.create_before_destroy", true)
			}
		}
	})
}

// CloudFront answers 502 unless the load balancer's certificate has the origin's name or the Host it forwards.
// The Ingress gets the Host.
func TestTheHostThatReachesTheOriginIsOnItsCertificate(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		certificate := home.Resource(t, "aws_acm_certificate", "certificate/regional-certificate")
		names := append(synth.List(certificate.At("subject_alternative_names")), certificate.At("domain_name"))
		for _, name := range []string{environment.DNS.Origin(), environment.DNS.Name} {
			if !contains(names, name) {
				t.Errorf("%s is not on the load balancer's certificate: %v", name, names)
			}
		}
		if environment.Edge.Enabled {
			global := stackOf(t, environment, order.Global)
			request := global.Resource(t, "aws_cloudfront_origin_request_policy", "edge/whole-request")
			request.WantValue(t, "headers_config.header_behavior", "allViewerAndWhitelistCloudFront") // the viewer's Host, the public name
			global.Resource(t, "aws_cloudfront_distribution", "edge/cdn").WantValue(t, "aliases", []string{environment.DNS.Name})
			global.Resource(t, "aws_acm_certificate", "certificate/edge-certificate").
				WantValue(t, "domain_name", environment.DNS.Name)
		}
	})
}

// A new public zone is not found by anyone: certificates in it would wait until they time out.
func TestAnUndelegatedZoneIsAllThereIs(t *testing.T) {
	made := variants(t, "dev", func(e *environments.Environment) { e.DNS.Delegated = false })
	names := slices.Sorted(maps.Keys(made))
	if !slices.Equal(names, []string{"account.development.eu-west-1", "bootstrap.development.eu-west-1", "dev.zone"}) {
		t.Errorf("stacks %v, want the zone's and the account's", names)
	}
	s := made["dev.zone"]
	if types := s.Types(); !slices.Equal(types, []string{"aws_route53_zone"}) {
		t.Errorf("resources %v, want the zone alone", types)
	}
	// Once the others are there, the zone is where it was.
	if later := stack(t, "dev.zone"); later.Text != s.Text {
		t.Errorf("delegating the zone changes its stack:\n%s\nto\n%s", s.Text, later.Text)
	}
	output, _ := s.Root["output"].(map[string]any)["name_servers"].(map[string]any)
	if description := fmt.Sprint(output["description"]); !strings.Contains(description,
		"NS record of dev.titan.example.com") || !strings.Contains(description, "delegated: false") {
		t.Errorf("the output does not say what to do: %q", description)
	}
	zone := s.Resource(t, "aws_route53_zone", "dns/zone")
	if fmt.Sprint(output["value"]) != "${"+zone.Address+".name_servers}" {
		t.Errorf("the output is %v", output["value"])
	}
}

// A zone is another stack's, or somebody else's: it is looked up by its name, or by its id where two have the name.
func TestTheZoneIsFoundByWhatItsStackMakes(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, _ Stack) {
		owner := environment
		if environment.Peers.Primary != nil {
			owner = environment.Peers.Primary.Environment
		}
		zone := stackOf(t, owner, order.Zone).Resource(t, "aws_route53_zone", "dns/zone")
		for _, kind := range []order.Kind{order.Environment, order.Global} {
			declared := stackOf(t, environment, kind)
			found := declared.Block(t, "data", "aws_route53_zone", "zone")
			found.WantValue(t, "name", zone.At("name"))
			found.WantValue(t, "private_zone", false)
			for _, record := range declared.Resources("aws_route53_record") {
				record.WantValue(t, "zone_id", "${data."+found.Address+".zone_id}")
			}
		}
		after, maker := tabled(t, environment.Name).After, order.Name(environment, order.Zone)
		if environment.DNS.CreateZone && !slices.Contains(after, maker) {
			t.Errorf("%s comes after %v, and looks for a zone that is not there yet", environment.Name, after)
		}
	})
	const id = "Z0123456789ABCDEFGHIJ"
	byID := variants(t, "dev", func(e *environments.Environment) { e.DNS.CreateZone, e.DNS.ZoneID = false, id })
	for _, name := range []string{"dev", "dev.global"} {
		found := byID[name].Block(t, "data", "aws_route53_zone", "zone")
		found.WantValue(t, "zone_id", id)
		found.WantAbsent(t, "name")
	}
}
