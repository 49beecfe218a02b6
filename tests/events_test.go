package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/eventpattern"
	"github.com/titan-platform/titan/internal/eventpattern/sample"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// wantedEvents are the events that each rule is for, in AWS's documented form, by what follows the stack's prefix in
// the rule's name. Every other one is not for it.
var wantedEvents = map[string][]string{
	"backup-failed":       {"backup-job-aborted", "backup-job-expired", "backup-job-failed"},
	"copy-failed":         {"copy-job-failed"},
	"restore-test-failed": {"restore-test-failed"},
	"deleted-for-good":    {"s3-object-deleted-permanently"},
	"tracing-insight":     {"xray-insight-active", "xray-insight-closed"},
	"pipeline-failed":     {"codepipeline-pipeline-failed"},
	"pipeline-succeeded":  {"codepipeline-pipeline-succeeded"},
	"approval-needed":     {"codepipeline-approval-started"},
	"approval-rejected":   {"codepipeline-approval-failed"},
}

// TestEveryEventPatternMatchesWhatItIsFor feeds AWS's sample events, made with the stack's own names, through every
// pattern of every stack. A pattern that matches nothing never rings, and looks like peace.
func TestEveryEventPatternMatchesWhatItIsFor(t *testing.T) {
	rules := 0
	for _, name := range stackNames() {
		if tabled(t, name).Kind == order.Account { // see TestTheAccountsEventsAreTold
			continue
		}
		one := stack(t, name)
		for _, rule := range one.Resources("aws_cloudwatch_event_rule") {
			rules++
			for _, problem := range patternProblems(t, one, rule) {
				t.Errorf("%s: %s", name, problem)
			}
		}
	}
	if rules < 30 {
		t.Errorf("only %d rules", rules)
	}
}

// The pattern that was there before: the vault is titan-prod, and no name begins with titan-prod-.
func TestAPatternThatMatchesNothingIsFound(t *testing.T) {
	for plant, want := range map[string]string{
		`{"source":["aws.backup"],"detail-type":["Backup Job State Change"],` +
			`"detail":{"state":["FAILED","ABORTED","EXPIRED"],"backupVaultName":[{"prefix":"titan-prod-"}]}}`: "does not match backup-job-failed",
		`{"source":["aws.backup"],"detail-type":["Backup Job State Change"],` +
			`"detail":{"state":["FAILED","ABORTED","EXPIRED"]}}`: "matches backup-job-failed of another environment",
		`{"source":["aws.backup"],"detail-type":["Backup Job State Change"],"detail":{"backupVaultName":["titan-prod"]}}`: "matches backup-job-completed",
		`{"source":["aws.backup"],"detail":{"state":"FAILED"}}`:                                                           "is no pattern",
	} {
		planted := stack(t, "prod").Copy()
		rule := planted.Find("aws_cloudwatch_event_rule", "observability_backup-failed")
		rule.Body["event_pattern"] = plant
		problems := patternProblems(t, planted, rule)
		if !slices.ContainsFunc(problems, func(problem string) bool { return strings.Contains(problem, want) }) {
			t.Errorf("%s: got %q, want %q", plant, problems, want)
		}
	}
}

// patternProblems holds a rule's pattern against the events that it is for, and all others, of its own
// environment and of another.
func patternProblems(t *testing.T, s Stack, rule Block) []string {
	t.Helper()
	vault := s.Find("aws_backup_vault", "backup_vault")
	text := strings.ReplaceAll(fmt.Sprint(rule.At("event_pattern")), "${"+vault.Address+".name}",
		fmt.Sprint(vault.At("name")))
	pattern, err := eventpattern.Parse([]byte(text))
	if err != nil {
		return []string{fmt.Sprintf("%s is no pattern: %v", rule.Address, err)}
	}
	var wanted []string
	for id, events := range wantedEvents {
		if strings.HasSuffix(fmt.Sprint(rule.At("name")), "-"+id) {
			wanted = events
		}
	}
	if wanted == nil {
		return []string{rule.Address + " is in no table: say which of AWS's events it is for, in tests/events_test.go"}
	}
	own, others := ownNames(t, s), maps.Clone(ownNames(t, s))
	for field, value := range others {
		others[field] = "other-" + value
	}
	var problems []string
	for _, name := range sample.Names() {
		if matches(t, pattern, name, others) {
			problems = append(problems, fmt.Sprintf("%s matches %s of another environment", rule.Address, name))
		}
		switch matched := matches(t, pattern, name, own); {
		case matched && !slices.Contains(wanted, name):
			problems = append(problems, fmt.Sprintf("%s matches %s", rule.Address, name))
		case !matched && slices.Contains(wanted, name):
			problems = append(problems, fmt.Sprintf("%s does not match %s", rule.Address, name))
		}
	}
	return problems
}

func matches(t *testing.T, pattern eventpattern.Pattern, name string, values map[string]string) bool {
	t.Helper()
	event, err := sample.Event(name, values)
	if err != nil {
		t.Fatal(err)
	}
	matched, err := pattern.Matches(event)
	if err != nil {
		t.Fatal(err)
	}
	return matched
}

// ownNames are what a stack's own resources are called in events: taken from what is synthesized,
// here and where copies go.
func ownNames(t *testing.T, s Stack) map[string]string {
	t.Helper()
	environment := environmentOf(t, s.Name)
	named := func(one Stack, kind, prefix, attribute string) string {
		return fmt.Sprint(one.Find(kind, prefix).At(attribute))
	}
	names := map[string]string{
		"account":      environment.Account.ID,
		"region":       string(environment.Region),
		"resourceType": "Aurora",
		"objectKey":    "prod/terraform.tfstate",
		"vaultName":    named(s, "aws_backup_vault", "backup_vault", "name"),
		"resourceARN": "arn:aws:rds:" + string(environment.Region) + ":" + environment.Account.ID + ":cluster:" +
			named(s, "aws_rds_cluster", "database_aurora", "cluster_identifier"),
		"roleARN": "arn:aws:iam::" + environment.Account.ID + ":role/" + named(s, "aws_iam_role", "backup_role",
			"name"),
		"restoreTestingPlanARN": "${" + s.Find("aws_backup_restore_testing_plan", "backup_restore-tests").Address + ".arn}",
		"bucketName":            named(s, "aws_s3_bucket", "backup_backups", "bucket"),
		"pipelineName":          named(s, "aws_codepipeline", "", "name"),
		"groupName":             named(s, "aws_xray_group", "tracing_app_tracing", "group_name"),
		"stageName":             "Deploy",
		"actionName":            "Deploy",
		"serviceName":           "birthday-app-service",
		"destinationRegion":     string(environment.SecondRegion),
	}
	names["bucketARN"], names["pipelineARN"] = "arn:aws:s3:::"+names["bucketName"],
		"arn:aws:codepipeline:"+names["region"]+":"+names["account"]+":"+names["pipelineName"]
	vaultARN := func(region, vault string) string {
		return fmt.Sprintf("arn:aws:backup:%s:%s:backup-vault:%s", region, environment.Account.ID, vault)
	}
	names["vaultARN"] = vaultARN(names["region"], names["vaultName"])
	names["sourceVaultARN"], names["destinationVaultARN"] = names["vaultARN"], names["vaultARN"]
	if second, ok := synthesized[order.Name(environment, order.Second)]; ok {
		names["destinationVaultARN"] = vaultARN(names["destinationRegion"],
			named(second, "aws_backup_vault", "backup_vault", "name"))
	}
	return names
}

// TestEveryAlarmOfBackupsNamesWhatIsThere holds the alarms on what never came against the vaults and rules
// that other stacks make.
func TestEveryAlarmOfBackupsNamesWhatIsThere(t *testing.T) {
	vaults, rules := map[string]bool{}, map[string]bool{}
	for _, name := range stackNames() {
		one := stack(t, name)
		for _, vault := range one.Resources("aws_backup_vault") {
			vaults[fmt.Sprint(vault.At("name"))] = true
		}
		for _, configuration := range one.Resources("aws_s3_bucket_replication_configuration") {
			source := fmt.Sprint(configuration.At("bucket"))
			for _, bucket := range one.Resources("aws_s3_bucket") {
				if bucket.Address == addressIn(source) {
					source = fmt.Sprint(bucket.At("bucket"))
				}
			}
			for i := range synth.List(configuration.At("rule")) {
				rule := fmt.Sprintf("rule.%d.", i)
				configuration.WantValue(t, rule+"destination.metrics.status", "Enabled") // else there is no metric
				destination := strings.TrimPrefix(fmt.Sprint(configuration.At(rule+"destination.bucket")), "arn:aws:s3:::")
				rules[fmt.Sprint(source, " ", destination, " ", configuration.At(rule+"id"))] = true
			}
		}
	}
	watchedVaults, watchedRules := map[string]bool{}, map[string]bool{}
	for _, name := range stackNames() {
		for _, alarm := range stack(t, name).Resources("aws_cloudwatch_metric_alarm") {
			if vault := alarm.At("metric_query.1.metric.dimensions.BackupVaultName"); vault != nil {
				watchedVaults[dereferenced(t, name, vault)] = true
				alarm.WantValue(t, "treat_missing_data", "breaching")
				alarm.WantValue(t, "evaluation_periods", 26)
				alarm.WantValue(t, "metric_query.1.metric.period", 3600)
			}
			if alarm.At("metric_name") == "OperationsFailedReplication" {
				d := func(dimension string) any { return alarm.At("dimensions." + dimension) }
				watchedRules[fmt.Sprint(d("SourceBucket"), " ", d("DestinationBucket"), " ", d("RuleId"))] = true
			}
		}
	}
	for vault := range watchedVaults {
		if !vaults[vault] {
			t.Errorf("an alarm watches vault %q, which no stack makes", vault)
		}
	}
	for _, vault := range []string{"titan-prod", "titan-prod-second"} {
		if !watchedVaults[vault] {
			t.Errorf("no alarm misses what does not come to vault %q", vault)
		}
	}
	for rule := range watchedRules {
		if !rules[rule] {
			t.Errorf("an alarm watches the replication %q, which no stack asks for", rule)
		}
	}
	for rule := range rules {
		if !watchedRules[rule] && !strings.Contains(rule, "titan-prod-dr") {
			t.Errorf("no alarm tells of failures of the replication %q", rule)
		}
	}
}

// dereferenced is a name, or the one that a reference to a vault stands for.
func dereferenced(t *testing.T, name string, value any) string {
	t.Helper()
	for _, vault := range stack(t, name).Resources("aws_backup_vault") {
		if vault.Address == addressIn(value) {
			return fmt.Sprint(vault.At("name"))
		}
	}
	return fmt.Sprint(value)
}

// A standby makes no backups of its stale data, and misses none.
func TestAStandbyBacksUpNothing(t *testing.T) {
	standby := stack(t, "prod-dr")
	for _, id := range []string{"daily", "restore-test-database"} {
		for _, kind := range []string{"aws_backup_plan", "aws_backup_restore_testing_selection"} {
			if found, ok := standby.Lookup(kind, "backup/"+id); ok {
				t.Errorf("%s in a standby", found.Address)
			}
		}
	}
	for _, id := range []string{"backup-missing", "copy-missing"} {
		if found, ok := standby.Lookup("aws_cloudwatch_metric_alarm", "observability/"+id); ok {
			t.Errorf("%s in a standby would ring for ever", found.Address)
		}
	}
	// What it tests and watches is its primary's copies, in its own region.
	plan := standby.Resource(t, "aws_backup_restore_testing_plan", "backup/copy-tests")
	vault := stack(t, "prod.second").Resource(t, "aws_backup_vault", "backup/vault").At("name")
	plan.WantValue(t, "recovery_point_selection.0.include_vaults", []string{fmt.Sprintf(
		"arn:aws:backup:eu-central-1:333333333333:backup-vault:%s", vault)})
	standby.Resource(t, "aws_cloudwatch_metric_alarm", "observability/primary-copy-missing").
		WantValue(t, "metric_query.1.metric.dimensions.BackupVaultName", vault)
}
