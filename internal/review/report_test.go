package review

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mixed are the plans of an environment in which a bit of everything happens.
func mixed(t testing.TB) []Plan {
	const database = `{"cluster_identifier":"db","engine_version":"17.6","kms_key_id":"key-a",` +
		`"backup_retention_period":35,"master_password_wo":null,"password":"hunter2-4711"}`
	moved := planned("aws_ssm_parameter.image", Move, `{"value":"x"}`, `{"value":"x"}`)
	moved.Previous = "aws_ssm_parameter.old"
	return []Plan{
		planOf(t, "prod",
			planned("aws_rds_cluster.aurora", Replace, database,
				swap(swap(swap(database, `"key-a"`, `"key-b"`), "35", "7"), "hunter2-4711", "hunter3-4711")).
				replacing(`[["kms_key_id"]]`).sensitive(`{"password":true}`, `{"password":true}`),
			planned("aws_eks_node_group.spot", Update, `{"scaling_config":[{"min_size":0,"max_size":9}]}`,
				`{"scaling_config":[{"min_size":0,"max_size":20}]}`),
			planned("aws_vpc_security_group_ingress_rule.office", Create, "",
				`{"security_group_id":"sg-1","ip_protocol":"tcp","from_port":5432,"to_port":5432,"cidr_ipv4":"198.51.100.0/24"}`),
			planned("aws_iam_role_policy.build", Update, policy(readOne), policy(readAll)),
			planned("aws_sns_topic.news", Create, "", `{"name":"news"}`),
			moved,
		),
		planOf(t, "prod.global",
			planned("aws_cloudfront_distribution.cdn", Update,
				`{"comment":"`+"`now`"+` <b>@everybody</b>","viewer_certificate":[{"minimum_protocol_version":"TLSv1.2_2021"}]}`,
				`{"comment":"later","viewer_certificate":[{"minimum_protocol_version":"TLSv1.1_2016"}]}`),
			planned("aws_s3_bucket.static", Delete, `{"bucket":"static"}`, "")),
	}
}

const screen = `Review of prod, prod.global: 2 to add, 3 to change, 1 to replace, 1 to destroy, 1 to move

edge
    ~ prod.global  aws_cloudfront_distribution.cdn
        comment: "` + "`now`" + ` <b>@everybody</b>" → "later"
        viewer_certificate.minimum_protocol_version: "TLSv1.2_2021" → "TLSv1.1_2016"

cluster
    ~ prod         aws_eks_node_group.spot
        scaling_config.max_size: 9 → 20

database
  -/+ prod         aws_rds_cluster.aurora   (it can't be changed in place)
        backup_retention_period: 35 → 7
        kms_key_id: "key-a" → "key-b"   forces the replacement
        password: (sensitive) → (sensitive)

network
    + prod         aws_vpc_security_group_ingress_rule.office

buckets and backups
    - prod.global  aws_s3_bucket.static   (its block is gone from the configuration)

permissions
    ~ prod         aws_iam_role_policy.build
        policy:
           {
             "Statement": [
               {
          -      "Action": [
          -        "s3:GetObject",
          -        "s3:ListBucket"
          -      ],
          +      "Action": "s3:*",
                 "Effect": "Allow",
          -      "Resource": "arn:aws:s3:::a",
          -      "Sid": "Read"
          +      "Resource": "*"
               }
             ],
             "Version": "2012-10-17"

delivery
   -> prod         aws_ssm_parameter.image   (was aws_ssm_parameter.old)

logs and alarms
    + prod         aws_sns_topic.news

Data loss
  prod: aws_rds_cluster.aurora
    replaced: all that it holds is lost
      forced by kms_key_id
      remedy: take back the change of kms_key_id
    backup_retention_period is lowered: older backups are deleted
      35 → 7
      remedy: keep what it was
    or acknowledge it: --allow data-loss=prod:aws_rds_cluster.aurora
  prod.global: aws_s3_bucket.static
    destroyed: all that it holds is lost
      its block is gone from the configuration
      remedy: was it renamed? Then say so with a moved block; else bring it back
    or acknowledge it: --allow data-loss=prod.global:aws_s3_bucket.static

Exposure
  prod.global: aws_cloudfront_distribution.cdn
    viewer_certificate.minimum_protocol_version is lowered: older TLS is accepted
      "TLSv1.2_2021" → "TLSv1.1_2016"
      remedy: keep what it was
    or acknowledge it: --allow exposure=prod.global:aws_cloudfront_distribution.cdn
  prod: aws_vpc_security_group_ingress_rule.office
    newly allows tcp 5432 from 198.51.100.0/24
      remedy: allow the addresses or the group that need it
    or acknowledge it: --allow exposure=prod:aws_vpc_security_group_ingress_rule.office
  prod: aws_iam_role_policy.build
    policy newly allows
      allows s3:* on *
      remedy: allow what is needed, and no more
    or acknowledge it: --allow exposure=prod:aws_iam_role_policy.build

Outage
  prod: aws_rds_cluster.aurora
    replaced: nothing answers meanwhile
    or acknowledge it: --allow outage=prod:aws_rds_cluster.aurora

Money, to be aware of
  prod: aws_eks_node_group.spot
    scaling_config.max_size is raised: more nodes may be paid for
      9 → 20

refused: 7 findings are not acknowledged
`

func TestTheScreen(t *testing.T) {
	var text bytes.Buffer
	if err := Review(mixed(t), Rules{}).Human(&text); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(screen, text.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTheMarkdown(t *testing.T) {
	var text bytes.Buffer
	if err := Review(mixed(t), Rules{}).Markdown(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"### ⛔ Review: refused: 7 findings are not acknowledged\n\n`prod`, `prod.global`: 2 to add, 3 to change",
		"#### Data loss\n\n- `prod` `aws_rds_cluster.aurora`: **replaced: all that it holds is lost**\n  " +
			"`forced by kms_key_id`\n",
		"Or acknowledge it: `--allow data-loss=prod:aws_rds_cluster.aurora`",
		"**backup\\_retention\\_period is lowered",
		"<details><summary>edge</summary>\n\n```diff\n! prod.global: changed aws_cloudfront_distribution.cdn\n",
		"- prod.global: destroyed aws_s3_bucket.static (its block is gone from the configuration)",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("lacks %q:\n%s", want, text.String())
		}
	}
}

// What a plan holds can't write Markdown, mention somebody, or move a terminal's cursor.
func TestValuesAreNoMarkup(t *testing.T) {
	evil := "```\n<img src=x> @titan-platform/everybody [x](http://y)\x1b[2J " + strings.Repeat("long ", 40)
	report := reviewed(t,
		planned("aws_elasticache_user.x", Update, `{"access_string":`+quoted("on")+`,"note":"a"}`,
			`{"access_string":`+quoted(evil)+`,"note":`+quoted(evil)+`}`))
	var human, markdown bytes.Buffer
	if report.Human(&human) != nil || report.Markdown(&markdown) != nil {
		t.Fatal("not written")
	}
	if strings.Contains(human.String()+markdown.String(), "\x1b") {
		t.Error("an escape of a terminal comes through")
	}
	if fences := strings.Count(markdown.String(), "````"); fences == 0 || fences%2 != 0 {
		t.Errorf("a fence of the value ends the block:\n%s", markdown.String())
	}
}

func TestAcknowledgements(t *testing.T) {
	for name, c := range map[string]struct {
		allow        []string
		failures     int
		acknowledged int
		idle         int
		code         int
	}{
		"none":                         {nil, 7, 0, 0, 1},
		"one, of two":                  {[]string{"data-loss=aws_rds_cluster.aurora"}, 5, 2, 0, 1},
		"of another stack":             {[]string{"data-loss=prod.global:aws_rds_cluster.aurora"}, 7, 0, 1, 1},
		"of nothing":                   {[]string{"money=aws_rds_cluster.aurora"}, 7, 0, 1, 1},
		"of what is only worth a look": {[]string{"money=aws_eks_node_group.spot"}, 7, 0, 1, 1},
		"all": {[]string{"data-loss=prod:aws_rds_cluster.aurora", "data-loss=prod.global:aws_s3_bucket.static",
			"outage=aws_rds_cluster.aurora", "exposure=aws_cloudfront_distribution.cdn",
			"exposure=aws_vpc_security_group_ingress_rule.office", "exposure=aws_iam_role_policy.build"}, 0, 7, 0, 0},
		"all, and one of nothing": {[]string{"data-loss=prod:aws_rds_cluster.aurora",
			"data-loss=prod.global:aws_s3_bucket.static", "outage=aws_rds_cluster.aurora",
			"exposure=aws_cloudfront_distribution.cdn", "exposure=aws_vpc_security_group_ingress_rule.office",
			"exposure=aws_iam_role_policy.build", "money=aws_s3_bucket.static"}, 0, 7, 1, 1},
	} {
		var rules Rules
		for _, text := range c.allow {
			allowance, err := ParseAllowance(text)
			if err != nil {
				t.Fatal(err)
			}
			rules.Allow = append(rules.Allow, allowance)
		}
		report := Review(mixed(t), rules)
		if len(report.Failures()) != c.failures || len(report.Acknowledgements()) != c.acknowledged ||
			len(report.Idle) != c.idle || report.ExitCode() != c.code {
			t.Errorf("%s: %d failures, %d acknowledged, %d idle, exit code %d; want %+v", name, len(report.Failures()),
				len(report.Acknowledgements()), len(report.Idle), report.ExitCode(), c)
		}
	}
	for _, text := range []string{"", "data-loss", "data-loss=", "=x", "dataloss=x", "everything=x"} {
		if _, err := ParseAllowance(text); err == nil ||
			!strings.Contains(err.Error(), "data-loss, exposure, outage, money") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A comment has room for 65,536 characters. What is left out is said, and the verdict never is.
func TestALongReportFitsIntoAComment(t *testing.T) {
	var resources []resource
	for i := range 1500 {
		resources = append(resources, planned(fmt.Sprint("aws_s3_bucket.b", i), Delete, `{"bucket":"a"}`, ""),
			planned(fmt.Sprint("aws_sns_topic.t", i), Update, `{"display_name":"a"}`, `{"display_name":"b"}`))
	}
	var text bytes.Buffer
	if err := reviewed(t, resources...).Markdown(&text); err != nil {
		t.Fatal(err)
	}
	if text.Len() > 65536 || !strings.Contains(text.String(), "more findings do not fit") ||
		!strings.Contains(text.String(), "chapters of changes do not fit") ||
		!strings.Contains(text.String(), "refused: 1500 findings") {
		t.Errorf("%d bytes:\n%.600s", text.Len(), text.String())
	}
}

func TestNothingChanges(t *testing.T) {
	report := reviewed(t, planned("aws_s3_bucket", NoOp, `{"bucket":"a"}`, `{"bucket":"a"}`))
	var text bytes.Buffer
	if err := report.Human(&text); err != nil {
		t.Fatal(err)
	}
	if text.String() != "Review of prod: nothing changes\n\nnothing is lost, opened, interrupted or bought\n" ||
		report.ExitCode() != 0 {
		t.Errorf("exit code %d\n%s", report.ExitCode(), text.String())
	}
}
