package architecture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/stacks/order"
)

// readServices are the regional services beside the VPC.
func (r reader) readServices(f *facts) {
	number := func(types ...string) int { return len(r.of(order.Environment, types...)) }
	add := func(title string, lines ...string) {
		f.services = append(f.services, service{title: title, lines: lines})
	}
	watch := []string{fmt.Sprintf("%s, %s", count(number("aws_cloudwatch_metric_alarm"), "alarm"),
		count(number("aws_cloudwatch_log_group"), "log group"))}
	if f.traced {
		watch = append(watch, "traces by OpenTelemetry")
	}
	add("CloudWatch, X-Ray", watch...)
	add("Secrets Manager", count(number("aws_secretsmanager_secret"), "secret"))
	add("KMS", count(number("aws_kms_key"), "key"))
	add("ECR", r.repositories(f)...)
	var backups []string
	for _, plan := range r.of(order.Environment, "aws_backup_plan") {
		kept := number0(plan.At("rule.0.lifecycle.delete_after"))
		backups = append(backups, fmt.Sprintf("%s, kept %s", plan.Text("rule.0.rule_name"), count(kept, "day")))
	}
	add("AWS Backup", backups...)
	add("S3", r.buckets(order.Environment)...)
	if number("aws_vpc_endpoint") > 0 {
		add("VPC endpoints", count(number("aws_vpc_endpoint"), "endpoint"))
	}
}

func (r reader) repositories(f *facts) []string {
	found := r.of(order.Environment, "aws_ecr_repository")
	if len(found) == 0 {
		return []string{"the images of " + f.primary}
	}
	lines := []string{count(len(found), "repository")}
	if len(found) > 1 {
		lines[0] = fmt.Sprintf("%d repositories", len(found))
	}
	if found[0].Text("image_tag_mutability") == "IMMUTABLE" {
		lines[0] += ", immutable tags"
	}
	return lines
}

// buckets are the purposes of buckets, which their names say: titan-prod-logs-333333333333-eu-west-1.
func (r reader) buckets(kind order.Kind) []string {
	var purposes []string
	for _, bucket := range r.of(kind, "aws_s3_bucket") {
		before, _, ok := accountIn(bucket.Text("bucket"))
		if ok {
			purposes = append(purposes, before[strings.LastIndex(before, "-")+1:])
		}
	}
	const aLine = 3
	var lines []string
	for purposes := range slices.Chunk(purposes, aLine) {
		lines = append(lines, strings.Join(purposes, ", "))
	}
	return lines
}

var account = regexp.MustCompile(`-\d{12}-`)

// accountIn cuts a name at the account's number.
func accountIn(name string) (before, after string, found bool) {
	at := account.FindStringIndex(name)
	if at == nil {
		return name, "", false
	}
	return name[:at[0]], name[at[1]:], true
}

func number0(value any) int {
	if number, ok := value.(float64); ok {
		return int(number)
	}
	return 0
}

// readPipeline is how a commit comes to the cluster: the stages of the application's pipeline.
func (r reader) readPipeline(f *facts) {
	for _, pipeline := range r.of(order.Environment, "aws_codepipeline") {
		if strings.HasSuffix(pipeline.Text("name"), "-deployer") {
			continue
		}
		stages, _ := pipeline.At("stage").([]any)
		for _, stage := range stages {
			if fields, ok := stage.(map[string]any); ok {
				f.pipeline = append(f.pipeline, fmt.Sprint(fields["name"]))
			}
		}
		return
	}
}

// readRecovery is what the second region holds.
func (r reader) readRecovery(f *facts) {
	if f.second == "" || r.stacks[order.Second] == "" {
		return
	}
	number := func(types ...string) int { return len(r.of(order.Second, types...)) }
	add := func(of, title string, lines ...string) { f.recovery = append(f.recovery, service{title, lines, of}) }
	if f.standby != "" {
		add(standbyPlace, "Environment "+f.standby, "the same platform, standing by")
	}
	replicas := 0
	for _, secret := range r.of(order.Environment, "aws_secretsmanager_secret") {
		if secret.Len("replica") > 0 {
			replicas++
		}
	}
	if replicas > 0 {
		add("Secrets Manager", "Secrets Manager", count(replicas, "replica"))
	}
	if keys := number("aws_kms_key"); keys > 0 {
		add("KMS", "KMS", count(keys, "key"))
	}
	if number("aws_ecr_repository") > 0 {
		add("ECR", "ECR", fmt.Sprintf("%d repositories, replicated", number("aws_ecr_repository")))
	}
	var vault []string
	for _, plan := range r.of(order.Environment, "aws_backup_plan") {
		if plan.At("rule.0.copy_action") != nil {
			kept := number0(plan.At("rule.0.copy_action.0.lifecycle.delete_after"))
			vault = append(vault, fmt.Sprintf("%s copies, kept %s", plan.Text("rule.0.rule_name"), count(kept, "day")))
		}
	}
	for range r.of(order.Environment, "aws_db_cluster_snapshot") {
		vault = append(vault, "a snapshot for the standby")
	}
	if len(vault) > 0 {
		add("AWS Backup", "AWS Backup", vault...)
	}
	if number("aws_s3_bucket") > 0 {
		add("S3", "S3", r.buckets(order.Second)...)
	}
}

// standbyPlace puts the standby beside the edge, which fails over to it.
const standbyPlace = "edge"
