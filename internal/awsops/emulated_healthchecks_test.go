package awsops_test

import (
	"net/http"
	neturl "net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/healthchecks"
	"github.com/titan-platform/titan/internal/emulator"
)

// putAlarm is PutMetricAlarm in the query protocol, in which Terraform's provider speaks to CloudWatch, and which the
// stand-in for health checks reads.
func putAlarm(t *testing.T, url, alarm, balancer string) {
	t.Helper()
	form := neturl.Values{
		"Action": {"PutMetricAlarm"}, "Version": {"2010-08-01"}, "AlarmName": {alarm}, "Namespace": {"AWS/ApplicationELB"},
		"MetricName": {"HealthyHostCount"}, "Statistic": {"Minimum"}, "Period": {"60"}, "EvaluationPeriods": {"3"},
		"Threshold": {"1"}, "ComparisonOperator": {"LessThanThreshold"},
		"Dimensions.member.1.Name": {"LoadBalancer"}, "Dimensions.member.1.Value": {balancer},
		"Dimensions.member.2.Name": {"TargetGroup"}, "Dimensions.member.2.Value": {"targetgroup/x"},
	}
	body := strings.NewReader(form.Encode())
	call := ok[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodPost, url, body))
	call.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	call.Header.Set("Authorization", "AWS4-HMAC-SHA256 "+
		"Credential=test/20260203/"+string(home)+"/monitoring/aws4_request, SignedHeaders=host, Signature=0")
	answer := ok[*http.Response](t)(http.DefaultClient.Do(call))
	_ = answer.Body.Close() // only the status is wanted
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("putting the alarm: %s", answer.Status)
	}
}

func testHealthChecks(t *testing.T, e *emulator.Emulator, account *awsops.Account) {
	const alarm = "titan-prod-origin-hosts"
	put := func(balancer string) { t.Helper(); putAlarm(t, e.URL(), alarm, balancer) }
	put("app/old")
	ok[*route53.CreateHealthCheckOutput](t)(route53.NewFromConfig(account.In("us-east-1")).CreateHealthCheck(t.Context(),
		&route53.CreateHealthCheckInput{
			CallerReference: aws.String("1"),
			HealthCheckConfig: &route53types.HealthCheckConfig{
				Type:                         route53types.HealthCheckTypeCloudwatchMetric,
				InsufficientDataHealthStatus: route53types.InsufficientDataHealthStatusLastKnownStatus,
				AlarmIdentifier: &route53types.AlarmIdentifier{
					Name: aws.String(alarm), Region: route53types.CloudWatchRegion(home),
				},
			},
		}))
	checks := healthchecks.Of(account)
	for _, c := range []struct {
		balancer string
		updates  int
	}{{"app/old", 0}, {"app/new", 1}, {"app/new", 0}} {
		put(c.balancer)
		updated, found, err := checks.Refresh(t.Context(), home, []string{alarm})
		if err != nil || len(updated) != c.updates || found != 1 {
			t.Errorf("%s: %d checks, updated %v: %v", c.balancer, found, updated, err)
		}
	}
}
