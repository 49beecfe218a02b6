package emulator

import (
	"fmt"
	"strings"
	"testing"
)

// alarm puts the metric alarm down of eu-west-1, with more parameters.
func alarm(t *testing.T, proxy *Proxy, more string) {
	t.Helper()
	const form = "Action=PutMetricAlarm&AlarmName=down&EvaluationPeriods=3&ComparisonOperator=LessThanThreshold&"
	if status, body := call(t, proxy, "POST", "/", "monitoring", query, form+more); status != 200 {
		t.Fatalf("the alarm: %d %s", status, body)
	}
}

// ofBalancer are the parameters of an alarm on a load balancer, whose name is to be added.
const ofBalancer = "Namespace=AWS/ApplicationELB&MetricName=HealthyHostCount&Statistic=Minimum&Period=60&Threshold=1&" +
	"Dimensions.member.1.Name=LoadBalancer&Dimensions.member.1.Value="

// check makes a health check on an alarm, with a caller reference.
func check(t *testing.T, proxy *Proxy, reference, alarm string) (int, string) {
	t.Helper()
	body := fmt.Sprintf(`<CreateHealthCheckRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">`+
		`<CallerReference>%s</CallerReference><HealthCheckConfig><Type>CLOUDWATCH_METRIC</Type><AlarmIdentifier>`+
		`<Region>eu-west-1</Region><Name>%s</Name></AlarmIdentifier></HealthCheckConfig></CreateHealthCheckRequest>`,
		reference, alarm)
	return call(t, proxy, "POST", "/2013-04-01/healthcheck", "route53", nil, body)
}

func TestHealthChecksCopyTheirAlarmWhenTheyAreToldTo(t *testing.T) {
	proxy := started(t)
	alarm(t, proxy, ofBalancer+"first")
	_, made := check(t, proxy, "one", "down")
	id := healthCheckID.FindStringSubmatch(made)
	if id == nil {
		t.Fatalf("made: %s", made)
	}
	path := "/2013-04-01/healthcheck/" + id[1]
	watches := func(want string) {
		t.Helper()
		for _, path := range []string{path, "/2013-04-01/healthcheck"} {
			_, got := call(t, proxy, "GET", path, "route53", nil, "")
			for _, part := range []string{"<MetricName>HealthyHostCount<", "<Name>LoadBalancer</Name><Value>" + want + "<"} {
				if !strings.Contains(got, part) {
					t.Errorf("%s: %s, want %s", path, got, part)
				}
			}
		}
	}
	const update = `<UpdateHealthCheckRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">` +
		`<Inverted>false</Inverted></UpdateHealthCheckRequest>`
	watches("first")
	alarm(t, proxy, ofBalancer+"second")
	watches("first")
	proxy.Lose("eu-west-1", Refusing)
	if status, body := call(t, proxy, "POST", path, "route53", nil, update); status != 400 {
		t.Errorf("updated while the alarm's region is lost: %d %s", status, body)
	}
	if status, body := check(t, proxy, "two", "down"); status != 400 {
		t.Errorf("made while the alarm's region is lost: %d %s", status, body)
	}
	watches("first")
	proxy.Restore("eu-west-1")
	if status, body := call(t, proxy, "POST", path, "route53", nil, update); status != 200 {
		t.Errorf("updated: %d %s", status, body)
	}
	watches("second")
}

func TestHealthChecksTakePlainMetricAlarmsAlone(t *testing.T) {
	proxy := started(t)
	for more, why := range map[string]string{
		"Metrics.member.1.Id=e&Metrics.member.1.Expression=a":                  "metric math",
		"Namespace=n&MetricName=m&ExtendedStatistic=p99&Period=60&Threshold=1": "a percentile",
	} {
		alarm(t, proxy, more)
		if status, body := check(t, proxy, why, "down"); status != 400 || !strings.Contains(body, "InvalidInput") {
			t.Errorf("%s: %d %s", why, status, body)
		}
	}
	alarm(t, proxy, ofBalancer+"first")
	if status, body := check(t, proxy, "no such", "up"); status != 400 {
		t.Errorf("an alarm that is not there: %d %s", status, body)
	}
	call(t, proxy, "POST", "/", "monitoring", query, "Action=DeleteAlarms&AlarmNames.member.1=down")
	if status, body := check(t, proxy, "gone", "down"); status != 400 {
		t.Errorf("an alarm that is gone: %d %s", status, body)
	}
}
