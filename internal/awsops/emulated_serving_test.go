package awsops_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/serving"
	"github.com/titan-platform/titan/internal/emulator"
)

func testServing(t *testing.T, _ *emulator.Emulator, account *awsops.Account) {
	s, records := serving.Of(account), route53.NewFromConfig(account.In("us-east-1"))
	dns := environments.DNS{Zone: "titan.example.com", Domain: "titan.example.com"}
	if named, _, err := s.Named(t.Context(), "api.titan.example.com"); err != nil || named != "" {
		t.Errorf("without a distribution %q serves: %v", named, err)
	}
	zone := ok[*route53.CreateHostedZoneOutput](t)(records.CreateHostedZone(t.Context(),
		&route53.CreateHostedZoneInput{Name: &dns.Zone, CallerReference: aws.String("1")}))
	for role, threshold := range map[environments.DRRole]int32{environments.DRPrimary: 1, environments.DRSecondary: 2} {
		check := ok[*route53.CreateHealthCheckOutput](t)(records.CreateHealthCheck(t.Context(),
			&route53.CreateHealthCheckInput{
				CallerReference: aws.String(string(role)),
				HealthCheckConfig: &route53types.HealthCheckConfig{
					Type: route53types.HealthCheckTypeCalculated, HealthThreshold: &threshold, ChildHealthChecks: []string{"a"},
				},
			}))
		ok[*route53.ChangeResourceRecordSetsOutput](t)(records.ChangeResourceRecordSets(t.Context(),
			&route53.ChangeResourceRecordSetsInput{
				HostedZoneId: zone.HostedZone.Id,
				ChangeBatch: &route53types.ChangeBatch{Changes: []route53types.Change{{
					Action: route53types.ChangeActionCreate,
					ResourceRecordSet: &route53types.ResourceRecordSet{
						Name: aws.String(dns.Origin()), Type: route53types.RRTypeA, TTL: aws.Int64(60),
						SetIdentifier: aws.String(string(role)), HealthCheckId: check.HealthCheck.Id,
						Failover:        route53types.ResourceRecordSetFailover(strings.ToUpper(string(role))),
						ResourceRecords: []route53types.ResourceRecord{{Value: aws.String("192.0.2.1")}},
					},
				}}},
			}))
		if healthy, err := s.CanBeHealthy(t.Context(), dns, role); err != nil || healthy != (threshold == 1) {
			t.Errorf("%s: %v, %v", role, healthy, err)
		}
	}
}
