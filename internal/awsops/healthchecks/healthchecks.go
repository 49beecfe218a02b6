// Package healthchecks keeps Route 53's health checks on CloudWatch alarms up to those alarms: Route 53 copies an
// alarm's settings when a check is made, and again only when it is told to (Route 53 Developer Guide, 'Updating health
// checks when you change CloudWatch alarm settings').
package healthchecks

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cloudwatchtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// Alarms is what of CloudWatch is used.
type Alarms interface {
	DescribeAlarms(
		context.Context, *cloudwatch.DescribeAlarmsInput, ...func(*cloudwatch.Options),
	) (*cloudwatch.DescribeAlarmsOutput, error)
}

// Checks is what of Route 53 is used.
type Checks interface {
	ListHealthChecks(
		context.Context, *route53.ListHealthChecksInput, ...func(*route53.Options),
	) (*route53.ListHealthChecksOutput, error)
	UpdateHealthCheck(
		context.Context, *route53.UpdateHealthCheckInput, ...func(*route53.Options),
	) (*route53.UpdateHealthCheckOutput, error)
}

// HealthChecks are the health checks of an account and the alarms that they watch.
type HealthChecks struct {
	Checks Checks
	Alarms func(environments.Region) Alarms
}

// Of are the health checks of an account. Route 53 is controlled from us-east-1.
func Of(account *awsops.Account) HealthChecks {
	return HealthChecks{
		Checks: route53.NewFromConfig(account.In(environments.GlobalRegion)),
		Alarms: func(region environments.Region) Alarms { return cloudwatch.NewFromConfig(account.In(region)) },
	}
}

// Refresh has Route 53 copy anew each of a region's alarms that has other dimensions than the checks that watch it, as
// after another load balancer has taken the place of the one before. It returns what it did, a line a check, and how
// many checks there are; before us-east-1's stack is made there are none.
func (h HealthChecks) Refresh(
	ctx context.Context, region environments.Region, alarms []string,
) (updated []string, checks int, err error) {
	dimensions, err := h.dimensions(ctx, region, alarms)
	if err != nil {
		return nil, 0, err
	}
	watching, err := h.watching(ctx, region, alarms)
	if err != nil {
		return nil, 0, err
	}
	for _, check := range watching {
		alarm := aws.ToString(check.HealthCheckConfig.AlarmIdentifier.Name)
		wanted, found := dimensions[alarm]
		if !found {
			return updated, len(watching), fmt.Errorf("health check %s watches alarm %s, which is not in %s: "+
				"deploy what makes it", aws.ToString(check.Id), alarm, region)
		}
		copied := map[string]string{}
		if check.CloudWatchAlarmConfiguration != nil {
			for _, d := range check.CloudWatchAlarmConfiguration.Dimensions {
				copied[aws.ToString(d.Name)] = aws.ToString(d.Value)
			}
		}
		if maps.Equal(copied, wanted) {
			continue
		}
		if err := h.update(ctx, check); err != nil {
			return updated, len(watching), err
		}
		updated = append(updated, fmt.Sprintf("health check %s follows alarm %s to %s (it had %s)",
			aws.ToString(check.Id), alarm, inWords(wanted), inWords(copied)))
	}
	return updated, len(watching), nil
}

// update has Route 53 read the alarm again. The version keeps an update that somebody else made in between.
func (h HealthChecks) update(ctx context.Context, check types.HealthCheck) error {
	_, err := h.Checks.UpdateHealthCheck(ctx, &route53.UpdateHealthCheckInput{
		HealthCheckId:      check.Id,
		HealthCheckVersion: check.HealthCheckVersion,
		AlarmIdentifier:    check.HealthCheckConfig.AlarmIdentifier,
	})
	if err != nil {
		return fmt.Errorf("updating health check %s: %w", aws.ToString(check.Id), err)
	}
	return nil
}

// watching are the checks that watch one of a region's alarms.
func (h HealthChecks) watching(
	ctx context.Context, region environments.Region, alarms []string,
) ([]types.HealthCheck, error) {
	var watching []types.HealthCheck
	pages := route53.NewListHealthChecksPaginator(h.Checks, &route53.ListHealthChecksInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing health checks: %w", err)
		}
		for _, check := range page.HealthChecks {
			if check.HealthCheckConfig == nil || check.HealthCheckConfig.AlarmIdentifier == nil {
				continue
			}
			of := check.HealthCheckConfig.AlarmIdentifier
			if string(of.Region) == string(region) && slices.Contains(alarms, aws.ToString(of.Name)) {
				watching = append(watching, check)
			}
		}
	}
	return watching, nil
}

// dimensions are those of alarms, by the alarm's name.
func (h HealthChecks) dimensions(
	ctx context.Context, region environments.Region, alarms []string,
) (map[string]map[string]string, error) {
	answer, err := h.Alarms(region).DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{
		AlarmNames: alarms, AlarmTypes: []cloudwatchtypes.AlarmType{cloudwatchtypes.AlarmTypeMetricAlarm},
	})
	if err != nil {
		return nil, fmt.Errorf("describing alarms %s in %s: %w", strings.Join(alarms, ", "), region, err)
	}
	all := map[string]map[string]string{}
	for _, alarm := range answer.MetricAlarms {
		own := map[string]string{}
		for _, d := range alarm.Dimensions {
			own[aws.ToString(d.Name)] = aws.ToString(d.Value)
		}
		all[aws.ToString(alarm.AlarmName)] = own
	}
	return all, nil
}

func inWords(dimensions map[string]string) string {
	if len(dimensions) == 0 {
		return "no dimensions"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(dimensions)) {
		parts = append(parts, name+" "+dimensions[name])
	}
	return strings.Join(parts, ", ")
}
