package wire

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cloudwatchtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/internal/emulator"
)

// TestWhatAnSDKSendsIsJudged sends calls in each protocol with AWS's own SDK through the proxy of an emulator, and
// judges them.
func TestWhatAnSDKSendsIsJudged(t *testing.T) {
	running, err := emulator.Start(t.Context(), filepath.Join("..", "..", ".titan"), "345678901234")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	var lines bytes.Buffer
	recorder := Record(running.Proxy, &lines)
	config := aws.Config{
		Region: "eu-west-1", BaseEndpoint: aws.String(running.URL()),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
		HTTPClient:  &http.Client{Timeout: time.Minute},
	}
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	must(sts.NewFromConfig(config).GetCallerIdentity(t.Context(), nil))                                // query
	must(cloudwatch.NewFromConfig(config).PutMetricAlarm(t.Context(), &cloudwatch.PutMetricAlarmInput{ // cbor
		AlarmName: aws.String("a"), ComparisonOperator: cloudwatchtypes.ComparisonOperatorGreaterThanThreshold,
		EvaluationPeriods: aws.Int32(1),
		MetricName:        aws.String("M"), Namespace: aws.String("AWS/EC2"), Period: aws.Int32(90),
		Statistic: cloudwatchtypes.StatisticSum,
		Threshold: aws.Float64(1),
	}))
	must(route53.NewFromConfig(config).CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{ // rest-xml
		Name: aws.String("example.com"), CallerReference: aws.String("c"),
	}))
	must(backup.NewFromConfig(config).CreateBackupVault(t.Context(), &backup.CreateBackupVaultInput{ // rest-json
		BackupVaultName: aws.String("vault"), BackupVaultTags: map[string]string{"Owner": "it's"},
	}))
	must(secretsmanager.NewFromConfig(config).CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{ // json
		Name: aws.String("titan-origin"), SecretString: aws.String("hidden"),
	}))
	must(rds.NewFromConfig(config).CreateDBClusterParameterGroup(t.Context(),
		&rds.CreateDBClusterParameterGroupInput{ // query
			DBClusterParameterGroupName: aws.String("group"), DBParameterGroupFamily: aws.String("aurora-postgresql16"),
			Description: aws.String("d"),
		}))

	requests, err := recorder.Requests()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(&lines)
	if err != nil || len(again) != len(requests) {
		t.Fatalf("%d of %d requests were read again: %v", len(again), len(requests), err)
	}
	judgment := judge(t, again...)
	if judgment.Requests != len(requests) || len(judgment.Operations) != 6 {
		t.Errorf("%d requests judged, of %v", judgment.Requests, judgment.Operations)
	}
	var found []string
	for _, f := range judgment.Findings {
		found = append(found, f.Service+" "+f.Member+" "+f.Kind+" "+f.Value)
		if f.Region != "eu-west-1" || f.Status != http.StatusOK {
			t.Errorf("%s: in %s, answered %d", f, f.Region, f.Status)
		}
	}
	slices.Sort(found)
	want := []string{
		"backup .BackupVaultTags documented: tags (sensitive)", // AWS's model says so
		"cloudwatch .Period documented: metric alarms 90",
		"secretsmanager .Name documented: names titan-origin",
	}
	if !slices.Equal(found, want) {
		t.Errorf("found %q\nwant %q", found, want)
	}
}

// TestRecording judges a recording that `TITAN_WIRE=FOLDER make e2e` wrote: TITAN_WIRE=FILE go test -run
// TestRecording -v ./internal/wire.
func TestRecording(t *testing.T) {
	name := os.Getenv("TITAN_WIRE")
	if name == "" {
		t.Skip("TITAN_WIRE names no recording")
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	requests, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	judgment := judge(t, requests...)
	if err := judgment.Write(os.Stdout, filepath.Base(name)); err != nil {
		t.Fatal(err)
	}
	if len(judgment.Findings) > 0 {
		t.Errorf("%d findings", len(judgment.Findings))
	}
}
