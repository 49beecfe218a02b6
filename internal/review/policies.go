package review

import (
	"slices"
	"strings"
)

// documents are the arguments that hold an IAM policy document, and what a new one is attached to.
var documents = []struct {
	kinds    []string
	argument string
	attached string // the argument that names it; empty for a document of the resource's own
}{
	{[]string{"aws_iam_role"}, "assume_role_policy", ""},
	{[]string{"aws_iam_role_policy"}, "policy", "role"},
	{[]string{"aws_iam_user_policy"}, "policy", "user"},
	{[]string{"aws_iam_group_policy"}, "policy", "group"},
	{[]string{"aws_iam_policy", "aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_s3_bucket",
		"aws_sns_topic", "aws_sqs_queue", "aws_secretsmanager_secret", "aws_vpc_endpoint", "aws_efs_file_system_policy"},
		"policy", ""},
	{[]string{"aws_kms_key_policy"}, "policy", "key_id"},
	{[]string{"aws_s3_bucket_policy"}, "policy", "bucket"},
	{[]string{"aws_sns_topic_policy"}, "policy", "arn"},
	{[]string{"aws_sqs_queue_policy"}, "policy", "queue_url"},
	{[]string{"aws_secretsmanager_secret_policy"}, "policy", "secret_arn"},
	{[]string{"aws_ecr_repository_policy"}, "policy", "repository"},
	{[]string{"aws_backup_vault_policy"}, "policy", "backup_vault_name"},
	{[]string{"aws_cloudwatch_log_resource_policy"}, "policy_document", ""},
	{[]string{"aws_vpc_endpoint_policy", "aws_ecr_registry_policy", "aws_dynamodb_resource_policy",
		"aws_xray_resource_policy", "aws_s3_access_point", "aws_s3control_access_point_policy"}, "policy", ""},
}

// policies compares the policy documents of a change.
func (r *reviewer) policies(c *change) {
	for _, entry := range documents {
		if !slices.Contains(entry.kinds, c.kind) {
			continue
		}
		before, after := c.before.field(entry.argument), c.after.field(entry.argument)
		switch {
		case c.action == Create && (entry.attached == "" || r.standing.isNew(c.after.field(entry.attached))):
			r.public(c, entry.argument, after)
		case c.action == Delete && entry.attached != "":
			r.denied(c, entry.argument, before, node{name: before.name})
		case c.action == Create, c.action == Update, c.action == Replace:
			r.compared(c, entry.argument, before, after)
		}
	}
	r.inlinePolicies(c)
}

// inlinePolicies compares the documents in a role's own blocks, by their names.
func (r *reviewer) inlinePolicies(c *change) {
	if c.kind != "aws_iam_role" || c.action != Update {
		return
	}
	for _, p := range pairs(c.before, c.after, parse("inline_policy[name].policy"), "") {
		r.compared(c, p.path, p.before, p.after)
	}
}

// compared finds what a document newly allows, or denies no longer.
func (r *reviewer) compared(c *change, path string, before, after node) {
	f := Finding{Verdict: Exposure, Rule: "policy", Remedy: "allow what is needed, and no more"}
	switch {
	case c.isComputed(path, after):
		return // it has none of its own
	case after.unknown == true:
		f.Summary = path + " is known only after the apply, and can't be compared"
		if c.action == Create || c.action == Replace {
			f.Severity = Warning
		}
		r.find(c, f)
		return
	case before.text() == after.text():
		return
	}
	more, err := r.rules.Policies(document(before), document(after))
	if err != nil {
		f.Summary, f.Detail = path+" can't be compared", err.Error()
		r.policyFinding(c, f, before, after)
		return
	}
	if len(more) > 0 {
		f.Summary, f.Detail = path+" newly allows", strings.Join(more, "\n")
		r.policyFinding(c, f, before, after)
		return
	}
	r.denied(c, path, before, after)
}

// policyFinding leaves the detail out where the document is sensitive.
func (r *reviewer) policyFinding(c *change, f Finding, before, after node) {
	if before.isSensitive() || after.isSensitive() {
		f.Detail = masked
	}
	r.find(c, f)
}

// denied finds what a document does not deny any more. A Deny stops what another policy allows, so its end is a
// widening, which a comparison of what documents allow does not see. It is compared as what it would allow.
func (r *reviewer) denied(c *change, path string, before, after node) {
	was, err := denials(document(before))
	is, err2 := denials(document(after))
	if err != nil || err2 != nil || string(was) == nothingAllowed {
		return // compared has told of what is no document
	}
	less, err := r.rules.Policies(is, was)
	if err == nil && len(less) == 0 {
		return
	}
	if words, err := r.rules.Policies(document(before), document(after)); err == nil && len(words) > 0 {
		less = words // a comparison that knows of denials says it better
	}
	f := Finding{Verdict: Exposure, Rule: "policy", Summary: path + " denies less than before",
		Detail: strings.Join(less, "\n"), Remedy: "keep the denial"}
	r.policyFinding(c, f, before, after)
}

// public finds a new document that lets everybody in without a condition. That of an endpoint bounds what others
// allow, and has every principal by design.
func (r *reviewer) public(c *change, path string, after node) {
	all, err := statements(document(after))
	if err != nil || c.kind == "aws_vpc_endpoint" || c.kind == "aws_vpc_endpoint_policy" {
		return // AWS refuses what is no document
	}
	for _, statement := range all {
		if statement["Effect"] == "Allow" && isEmpty(statement["Condition"]) && isEveryone(statement["Principal"]) {
			r.find(c, Finding{Verdict: Exposure, Rule: "public", Summary: path + " lets everybody in, without a condition",
				Remedy: "name the principals, or condition it on this account"})
		}
	}
}
