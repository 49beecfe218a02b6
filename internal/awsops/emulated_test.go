package awsops_test

import (
	"net/http"
	neturl "net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	codebuildtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	secretstypes "github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/delivery"
	"github.com/titan-platform/titan/internal/awsops/healthchecks"
	"github.com/titan-platform/titan/internal/awsops/recoverypoints"
	"github.com/titan-platform/titan/internal/awsops/secrets"
	"github.com/titan-platform/titan/internal/awsops/serving"
	"github.com/titan-platform/titan/internal/emulator"
)

// The operations, with the SDK's own clients, against the emulator and its stand-ins for what an outage leaves behind.

const (
	home = environments.Region("eu-west-1")
	away = environments.Region("eu-central-1")
	id   = "123456789012"
)

var soon = awsops.Wait{Every: 10 * time.Millisecond, Most: 20 * time.Second}

func TestAgainstAnEmulatedAWS(t *testing.T) {
	e, err := emulator.Start(t.Context(), filepath.Join("..", "..", ".titan"), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	for _, entry := range emulator.Environment(e.URL()) {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	account, err := awsops.NewAccount(t.Context(), environments.Account{})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]func(*testing.T, *emulator.Emulator, *awsops.Account){
		"secrets": testSecrets, "database": testDatabase, "health checks": testHealthChecks, "delivery": testDelivery,
		"serving": testServing,
	} {
		t.Run(name, func(t *testing.T) { test(t, e, account) })
	}
}

// ok fails the test where setting it up failed.
func ok[T any](t *testing.T) func(T, error) T {
	return func(answer T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}

func testSecrets(t *testing.T, e *emulator.Emulator, account *awsops.Account) {
	const name = "db-credentials-prod"
	s := secrets.Of(account, soon)
	atHome, elsewhere := secretsmanager.NewFromConfig(account.In(home)), secretsmanager.NewFromConfig(account.In(away))
	ok[*secretsmanager.CreateSecretOutput](t)(atHome.CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{
		Name: aws.String(name), SecretString: aws.String("first"),
		AddReplicaRegions: []secretstypes.ReplicaRegionType{{Region: aws.String(string(away))}},
	}))
	if err := s.WaitForReplicas(t.Context(), []string{name}, home, away); err != nil {
		t.Fatal(err)
	}
	e.Lose(string(home), emulator.Refusing)
	if err := s.WaitForReplicas(t.Context(), []string{name}, home, away); !awsops.IsUnreachable(err) {
		t.Errorf("asked in an outage: %v", err)
	}
	for range 2 {
		if err := s.Promote(t.Context(), name, away); err != nil {
			t.Error(err)
		}
	}
	ok[*secretsmanager.PutSecretValueOutput](t)(elsewhere.PutSecretValue(t.Context(), &secretsmanager.PutSecretValueInput{
		SecretId: aws.String(name), SecretString: aws.String("renewed"),
	}))
	e.Restore(string(home))
	replica := environments.SecretReplica{Region: away, KeyID: environments.AWSSecretsKey}
	if err := s.Replicate(t.Context(), name, home, replica); err == nil {
		t.Error("a renewed value was overwritten")
	}
	for range 2 {
		if err := s.CarryHome(t.Context(), name, home, away); err != nil {
			t.Error(err)
		}
	}
	if err := s.Replicate(t.Context(), name, home, replica); err != nil {
		t.Error(err)
	}
	value := ok[*secretsmanager.GetSecretValueOutput](t)(atHome.GetSecretValue(t.Context(),
		&secretsmanager.GetSecretValueInput{SecretId: aws.String(name)}))
	if isReplica, err := s.IsReplica(t.Context(), name, away); err != nil || !isReplica || *value.SecretString != "renewed" {
		t.Errorf("a replica again: %v, %v; at home %q", isReplica, err, *value.SecretString)
	}
}

func testDatabase(t *testing.T, e *emulator.Emulator, account *awsops.Account) {
	const name = "birthday-db-prod"
	const arn = "arn:aws:rds:eu-west-1:" + id + ":cluster:" + name
	d, client := database.Of(account, soon), rds.NewFromConfig(account.In(home))
	ok[*rds.CreateDBClusterOutput](t)(client.CreateDBCluster(t.Context(), &rds.CreateDBClusterInput{
		DBClusterIdentifier: aws.String(name), Engine: aws.String("aurora-postgresql"), MasterUsername: aws.String("postgres"),
		ManageMasterUserPassword: aws.Bool(true), EnableIAMDatabaseAuthentication: aws.Bool(true),
		EnablePerformanceInsights: aws.Bool(true), DeletionProtection: aws.Bool(true),
	}))
	for _, instance := range []string{name + "-0", "application-autoscaling-1"} {
		ok[*rds.CreateDBInstanceOutput](t)(client.CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{
			DBInstanceIdentifier: &instance, DBClusterIdentifier: aws.String(name), Engine: aws.String("aurora-postgresql"),
			DBInstanceClass: aws.String("db.r8g.large"),
		}))
	}
	cluster, err := d.Cluster(t.Context(), home, name)
	if err != nil || !cluster.Complete || !cluster.Protected || cluster.Created.IsZero() {
		t.Errorf("the cluster: %+v, %v", cluster, err)
	}
	if err := d.Stop(t.Context(), home, name); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(t.Context(), home, name); err != nil {
		t.Fatal(err)
	}
	removed, err := d.RemoveAutoscaledReaders(t.Context(), home, name)
	if err != nil || !slices.Equal(removed, []string{"application-autoscaling-1"}) {
		t.Errorf("removed %v: %v", removed, err)
	}
	if missing, err := d.Cluster(t.Context(), away, name); err != nil || missing.Found {
		t.Errorf("a cluster of another region: %+v, %v", missing, err)
	}
	ok[*backup.CreateBackupVaultOutput](t)(backup.NewFromConfig(account.In(away)).CreateBackupVault(t.Context(),
		&backup.CreateBackupVaultInput{BackupVaultName: aws.String("titan-prod-second")}))
	var added []string
	for hour, status := range []string{"COMPLETED", "COMPLETED", "COMPLETED", "PARTIAL"} {
		added = append(added, ok[string](t)(e.AddRecoveryPoint(string(away), emulator.RecoveryPoint{
			Vault: "titan-prod-second", Cluster: arn, Status: status,
			Created: time.Date(2026, 2, 3, hour, 0, 0, 0, time.UTC),
		})))
	}
	points, err := recoverypoints.Of(account).Completed(t.Context(), away, "titan-prod-second", arn)
	if err != nil || len(points) != 3 || points[0].ARN != added[2] || points[0].Taken.Hour() != 2 {
		t.Errorf("recovery points %+v: %v; want three, %s first", points, err, added[2])
	}
	snapshot, err := d.Snapshot(t.Context(), away, added[2])
	if err != nil || !snapshot.Found || snapshot.Cluster != name || snapshot.Status != database.Available {
		t.Errorf("the snapshot of a recovery point: %+v, %v", snapshot, err)
	}
	if missing, err := d.Snapshot(t.Context(), away, "none"); err != nil || missing.Found {
		t.Errorf("a snapshot that is not there: %+v, %v", missing, err)
	}
}

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
	call := ok[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(form.Encode())))
	call.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	call.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260203/"+string(home)+"/monitoring/aws4_request, "+
		"SignedHeaders=host, Signature=0")
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
				AlarmIdentifier:              &route53types.AlarmIdentifier{Name: aws.String(alarm), Region: route53types.CloudWatchRegion(home)},
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

func testDelivery(t *testing.T, _ *emulator.Emulator, account *awsops.Account) {
	const repository, parameter, project = "titan-prod/birthday-app", "/titan-prod-dr/birthday-app/image", "titan-prod-dr-deploy"
	d, registry := delivery.Of(account, soon), ecr.NewFromConfig(account.In(away))
	ok[*ecr.CreateRepositoryOutput](t)(registry.CreateRepository(t.Context(),
		&ecr.CreateRepositoryInput{RepositoryName: aws.String(repository)}))
	image := ok[*ecr.PutImageOutput](t)(registry.PutImage(t.Context(), &ecr.PutImageInput{
		RepositoryName: aws.String(repository), ImageManifest: aws.String(`{}`), ImageTag: aws.String("release-1"),
	}))
	digest := *image.Image.ImageId.ImageDigest
	ok[*ssm.PutParameterOutput](t)(ssm.NewFromConfig(account.In(away)).PutParameter(t.Context(), &ssm.PutParameterInput{
		Name: aws.String(parameter), Type: ssmtypes.ParameterTypeString, Value: aws.String("registry/" + repository + "@" + digest),
	}))
	ok[*codebuild.CreateProjectOutput](t)(codebuild.NewFromConfig(account.In(away)).CreateProject(t.Context(),
		&codebuild.CreateProjectInput{
			Name: aws.String(project), ServiceRole: aws.String("arn:aws:iam::" + id + ":role/r"),
			Source:    &codebuildtypes.ProjectSource{Type: codebuildtypes.SourceTypeNoSource},
			Artifacts: &codebuildtypes.ProjectArtifacts{Type: codebuildtypes.ArtifactsTypeNoArtifacts},
			Environment: &codebuildtypes.ProjectEnvironment{
				Type: codebuildtypes.EnvironmentTypeLinuxContainer, Image: aws.String("i"),
				ComputeType: codebuildtypes.ComputeTypeBuildGeneral1Small,
			},
		}))
	running, err := d.Running(t.Context(), away, parameter)
	if err != nil || running != digest {
		t.Errorf("%q runs, want %q: %v", running, digest, err)
	}
	newest, err := d.NewestRelease(t.Context(), away, repository)
	if err != nil || newest != digest {
		t.Errorf("the newest is %q, want %q: %v", newest, digest, err)
	}
	for wanted, want := range map[string]bool{digest: true, "sha256:" + strings.Repeat("0", 64): false} {
		if has, err := d.Has(t.Context(), away, repository, wanted); err != nil || has != want {
			t.Errorf("%s: %v, %v", wanted, has, err)
		}
	}
	if err := d.Deploy(t.Context(), away, project, digest); err != nil {
		t.Error(err)
	}
	if err := d.Deploy(t.Context(), home, project, digest); err == nil {
		t.Error("a project that is not there deployed")
	}
}

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
