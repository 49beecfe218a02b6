package healthchecks

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cloudwatchtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/environments"
)

// world is CloudWatch's alarms, with the load balancer that each watches, and Route 53's checks a page each.
type world struct {
	alarms  map[string]string
	checks  []types.HealthCheck
	updates []route53.UpdateHealthCheckInput
}

func (w *world) DescribeAlarms(
	_ context.Context, in *cloudwatch.DescribeAlarmsInput, _ ...func(*cloudwatch.Options),
) (*cloudwatch.DescribeAlarmsOutput, error) {
	answer := &cloudwatch.DescribeAlarmsOutput{}
	for _, name := range in.AlarmNames {
		if balancer, ok := w.alarms[name]; ok {
			answer.MetricAlarms = append(answer.MetricAlarms, cloudwatchtypes.MetricAlarm{
				AlarmName:  &name,
				Dimensions: []cloudwatchtypes.Dimension{{Name: aws.String("LoadBalancer"), Value: &balancer}},
			})
		}
	}
	return answer, nil
}

func (w *world) ListHealthChecks(
	_ context.Context, in *route53.ListHealthChecksInput, _ ...func(*route53.Options),
) (*route53.ListHealthChecksOutput, error) {
	at := 0
	if in.Marker != nil {
		at = int((*in.Marker)[0] - '0')
	}
	if at >= len(w.checks) {
		return &route53.ListHealthChecksOutput{}, nil
	}
	next := string(rune('0' + at + 1))
	return &route53.ListHealthChecksOutput{HealthChecks: w.checks[at : at+1], IsTruncated: true, NextMarker: &next}, nil
}

func (w *world) UpdateHealthCheck(
	_ context.Context, in *route53.UpdateHealthCheckInput, _ ...func(*route53.Options),
) (*route53.UpdateHealthCheckOutput, error) {
	w.updates = append(w.updates, *in)
	return &route53.UpdateHealthCheckOutput{}, nil
}

func (w *world) healthChecks() HealthChecks {
	return HealthChecks{Checks: w, Alarms: func(environments.Region) Alarms { return w }}
}

// check is a health check that copied an alarm when its load balancer was the one given.
func check(id, alarm, region, balancer string) types.HealthCheck {
	return types.HealthCheck{
		Id: &id, HealthCheckVersion: aws.Int64(7),
		HealthCheckConfig: &types.HealthCheckConfig{
			AlarmIdentifier: &types.AlarmIdentifier{Name: &alarm, Region: types.CloudWatchRegion(region)},
		},
		CloudWatchAlarmConfiguration: &types.CloudWatchAlarmConfiguration{
			Dimensions: []types.Dimension{{Name: aws.String("LoadBalancer"), Value: &balancer}},
		},
	}
}

func TestOnlyChecksThatWatchAnotherLoadBalancerAreUpdated(t *testing.T) {
	w := &world{
		alarms: map[string]string{"prod-origin-hosts": "app/new", "prod-origin-errors": "app/new"},
		checks: []types.HealthCheck{
			{Id: aws.String("calculated"), HealthCheckConfig: &types.HealthCheckConfig{}},
			check("current", "prod-origin-errors", "eu-west-1", "app/new"),
			check("elsewhere", "prod-origin-hosts", "eu-central-1", "app/old"),
			check("another", "dev-origin-hosts", "eu-west-1", "app/old"),
			check("old", "prod-origin-hosts", "eu-west-1", "app/old"),
		},
	}
	names := []string{"prod-origin-hosts", "prod-origin-errors"}
	updated, checks, err := w.healthChecks().Refresh(t.Context(), "eu-west-1", names)
	if err != nil || checks != 2 || len(w.updates) != 1 {
		t.Fatalf("%d checks, updates %+v: %v", checks, w.updates, err)
	}
	got := w.updates[0]
	if *got.HealthCheckId != "old" || *got.HealthCheckVersion != 7 || *got.AlarmIdentifier.Name != "prod-origin-hosts" {
		t.Errorf("updated %+v", got)
	}
	const want = "health check old follows alarm prod-origin-hosts to LoadBalancer app/new (it had LoadBalancer app/old)"
	if strings.Join(updated, "\n") != want {
		t.Errorf("said %q, want %q", updated, want)
	}
}

func TestACheckOfAnAlarmThatIsGoneIsAnError(t *testing.T) {
	w := &world{checks: []types.HealthCheck{check("old", "prod-origin-hosts", "eu-west-1", "app/old")}}
	_, _, err := w.healthChecks().Refresh(t.Context(), "eu-west-1", []string{"prod-origin-hosts"})
	if err == nil || !strings.Contains(err.Error(), "alarm prod-origin-hosts, which is not in eu-west-1") {
		t.Errorf("got %v", err)
	}
}

func TestBeforeTheFirstChecksThereIsNothingToDo(t *testing.T) {
	w := &world{alarms: map[string]string{"prod-origin-hosts": "app/new"}}
	updated, checks, err := w.healthChecks().Refresh(t.Context(), "eu-west-1", []string{"prod-origin-hosts"})
	if err != nil || checks != 0 || updated != nil {
		t.Errorf("%v, %d, %v", updated, checks, err)
	}
}
