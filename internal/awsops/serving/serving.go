// Package serving asks Route 53 and CloudFront which environment of a pair serves. Both are controlled from us-east-1.
package serving

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// Distributions is what of CloudFront is used.
type Distributions interface {
	ListDistributions(
		context.Context, *cloudfront.ListDistributionsInput, ...func(*cloudfront.Options),
	) (*cloudfront.ListDistributionsOutput, error)
}

// Records is what of Route 53 is used.
type Records interface {
	ListHostedZonesByName(
		context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
	) (*route53.ListHostedZonesByNameOutput, error)
	ListResourceRecordSets(
		context.Context, *route53.ListResourceRecordSetsInput, ...func(*route53.Options),
	) (*route53.ListResourceRecordSetsOutput, error)
	GetHealthCheck(
		context.Context, *route53.GetHealthCheckInput, ...func(*route53.Options),
	) (*route53.GetHealthCheckOutput, error)
}

// Serving asks who serves.
type Serving struct {
	Distributions Distributions
	Records       Records
}

// Of asks of an account.
func Of(account *awsops.Account) Serving {
	global := account.In(environments.GlobalRegion)
	return Serving{Distributions: cloudfront.NewFromConfig(global), Records: route53.NewFromConfig(global)}
}

// Named is the environment that the distribution of a public name tells the load balancers, environments.Nobody in
// between, and empty where there is no such distribution. rolledOut is whether every edge location says so.
func (s Serving) Named(ctx context.Context, publicName string) (environment string, rolledOut bool, err error) {
	pages := cloudfront.NewListDistributionsPaginator(s.Distributions, &cloudfront.ListDistributionsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return "", false, fmt.Errorf("listing distributions: %w", err)
		}
		if page.DistributionList == nil {
			continue
		}
		for _, distribution := range page.DistributionList.Items {
			if distribution.Aliases != nil && slices.Contains(distribution.Aliases.Items, publicName) {
				return named(distribution.Origins), aws.ToString(distribution.Status) == "Deployed", nil
			}
		}
	}
	return "", false, nil
}

// named is the value of the header that says who serves.
func named(origins *types.Origins) string {
	if origins == nil {
		return ""
	}
	for _, origin := range origins.Items {
		if origin.CustomHeaders == nil {
			continue
		}
		for _, header := range origin.CustomHeaders.Items {
			if strings.EqualFold(aws.ToString(header.HeaderName), environments.ServingHeader) {
				return aws.ToString(header.HeaderValue)
			}
		}
	}
	return ""
}

// CanBeHealthy is whether Route 53 would ever answer with the record of a role: not where its health check asks for
// more healthy signs than there are, as that of a standby and of a fenced primary does.
func (s Serving) CanBeHealthy(ctx context.Context, dns environments.DNS, role environments.DRRole) (bool, error) {
	zone, err := s.zoneID(ctx, dns)
	if err != nil {
		return false, err
	}
	record, err := s.record(ctx, zone, dns.Origin(), role)
	if err != nil {
		return false, err
	}
	answer, err := s.Records.GetHealthCheck(ctx, &route53.GetHealthCheckInput{HealthCheckId: record.HealthCheckId})
	if err != nil {
		return false, fmt.Errorf("reading the health check of the %s record of %s: %w", role, dns.Origin(), err)
	}
	check := answer.HealthCheck.HealthCheckConfig
	return int(aws.ToInt32(check.HealthThreshold)) <= len(check.ChildHealthChecks), nil
}

// record is the failover record of a role.
func (s Serving) record(
	ctx context.Context, zone, name string, role environments.DRRole,
) (*route53types.ResourceRecordSet, error) {
	answer, err := s.Records.ListResourceRecordSets(ctx, &route53.ListResourceRecordSetsInput{
		HostedZoneId: &zone, StartRecordName: &name, StartRecordType: route53types.RRTypeA,
	})
	if err != nil {
		return nil, fmt.Errorf("listing the records of %s: %w", name, err)
	}
	for _, record := range answer.ResourceRecordSets {
		isNamed := strings.TrimSuffix(aws.ToString(record.Name), ".") == name
		if isNamed && aws.ToString(record.SetIdentifier) == string(role) && record.HealthCheckId != nil {
			return &record, nil
		}
	}
	return nil, fmt.Errorf("%s has no failover record %s with a health check: deploy the stacks of us-east-1", name, role)
}

// zoneID is the id of the public zone with the names.
func (s Serving) zoneID(ctx context.Context, dns environments.DNS) (string, error) {
	if dns.ZoneID != "" {
		return dns.ZoneID, nil
	}
	answer, err := s.Records.ListHostedZonesByName(ctx, &route53.ListHostedZonesByNameInput{DNSName: &dns.Zone})
	if err != nil {
		return "", fmt.Errorf("looking for zone %s: %w", dns.Zone, err)
	}
	for _, zone := range answer.HostedZones {
		private := zone.Config != nil && zone.Config.PrivateZone
		if strings.TrimSuffix(aws.ToString(zone.Name), ".") == dns.Zone && !private {
			return strings.TrimPrefix(aws.ToString(zone.Id), "/hostedzone/"), nil
		}
	}
	return "", fmt.Errorf("there is no public zone %s in the account", dns.Zone)
}
