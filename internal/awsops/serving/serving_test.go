package serving

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/environments"
)

type world struct {
	distributions []types.DistributionSummary
	thresholds    map[string]int32 // of calculated checks of two children, by the role of the record
}

func (w *world) ListDistributions(
	context.Context, *cloudfront.ListDistributionsInput, ...func(*cloudfront.Options),
) (*cloudfront.ListDistributionsOutput, error) {
	return &cloudfront.ListDistributionsOutput{DistributionList: &types.DistributionList{Items: w.distributions}}, nil
}

func (w *world) ListHostedZonesByName(
	context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
) (*route53.ListHostedZonesByNameOutput, error) {
	zone := func(id, name string, private bool) route53types.HostedZone {
		return route53types.HostedZone{Id: &id, Name: &name, Config: &route53types.HostedZoneConfig{PrivateZone: private}}
	}
	return &route53.ListHostedZonesByNameOutput{HostedZones: []route53types.HostedZone{
		zone("/hostedzone/Z0", "example.com.", true), zone("/hostedzone/Z1", "example.com.", false),
		zone("/hostedzone/Z2", "example.net.", false),
	}}, nil
}

func (w *world) ListResourceRecordSets(
	_ context.Context, in *route53.ListResourceRecordSetsInput, _ ...func(*route53.Options),
) (*route53.ListResourceRecordSetsOutput, error) {
	answer := &route53.ListResourceRecordSetsOutput{}
	if *in.HostedZoneId == "Z1" && *in.StartRecordName == "origin.example.com" {
		for role := range w.thresholds {
			answer.ResourceRecordSets = append(answer.ResourceRecordSets, route53types.ResourceRecordSet{
				Name: aws.String("origin.example.com."), SetIdentifier: &role, HealthCheckId: &role,
			})
		}
	}
	return answer, nil
}

func (w *world) GetHealthCheck(
	_ context.Context, in *route53.GetHealthCheckInput, _ ...func(*route53.Options),
) (*route53.GetHealthCheckOutput, error) {
	threshold := w.thresholds[*in.HealthCheckId]
	config := &route53types.HealthCheckConfig{HealthThreshold: &threshold, ChildHealthChecks: []string{"a", "b"}}
	return &route53.GetHealthCheckOutput{HealthCheck: &route53types.HealthCheck{HealthCheckConfig: config}}, nil
}

func distribution(alias, status string, headers ...string) types.DistributionSummary {
	origin := types.Origin{CustomHeaders: &types.CustomHeaders{}}
	for i := 0; i < len(headers); i += 2 {
		origin.CustomHeaders.Items = append(origin.CustomHeaders.Items,
			types.OriginCustomHeader{HeaderName: &headers[i], HeaderValue: &headers[i+1]})
	}
	return types.DistributionSummary{
		Aliases: &types.Aliases{Items: []string{alias}}, Status: &status,
		Origins: &types.Origins{Items: []types.Origin{{}, origin}}, // the first one is a bucket
	}
}

func TestTheDistributionSaysWhoServes(t *testing.T) {
	w := &world{distributions: []types.DistributionSummary{
		distribution("dev.example.com", "Deployed", environments.ServingHeader, "dev"),
		distribution("api.example.com", "InProgress",
			"X-Origin-Verify", "v", strings.ToLower(environments.ServingHeader), "prod-dr"),
	}}
	s := Serving{Distributions: w}
	if named, rolledOut, err := s.Named(t.Context(), "api.example.com"); err != nil || named != "prod-dr" || rolledOut {
		t.Errorf("%q, %v, %v", named, rolledOut, err)
	}
	if named, rolledOut, err := s.Named(t.Context(), "dev.example.com"); err != nil || named != "dev" || !rolledOut {
		t.Errorf("%q, %v, %v", named, rolledOut, err)
	}
	if named, _, err := s.Named(t.Context(), "none.example.com"); err != nil || named != "" {
		t.Errorf("%q, %v", named, err)
	}
}

func TestAHealthCheckThatAsksForTooMuchIsNeverHealthy(t *testing.T) {
	w := &world{thresholds: map[string]int32{"primary": 3, "secondary": 2}}
	s, dns := Serving{Records: w}, environments.DNS{Zone: "example.com", Domain: "example.com"}
	for role, want := range map[environments.DRRole]bool{environments.DRPrimary: false, environments.DRSecondary: true} {
		if got, err := s.CanBeHealthy(t.Context(), dns, role); err != nil || got != want {
			t.Errorf("%s: %v, %v", role, got, err)
		}
	}
	_, err := s.CanBeHealthy(t.Context(), dns, "other")
	if err == nil || !strings.Contains(err.Error(), "no failover record other") {
		t.Errorf("without a record: %v", err)
	}
	dns.Zone = "example.org"
	if _, err := s.CanBeHealthy(t.Context(), dns, environments.DRPrimary); err == nil {
		t.Error("without a zone there is a record")
	}
}
