package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
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
	{[]string{"aws_vpc_endpoint_policy", "aws_ecr_registry_policy", "aws_dynamodb_resource_policy", "aws_xray_resource_policy",
		"aws_s3_access_point", "aws_s3control_access_point_policy"}, "policy", ""},
}

// AnyOther is a PolicyComparison that takes every other document for a wider one. It knows equal ones by their JSON,
// with lists in any order.
func AnyOther(before, after []byte) ([]string, error) {
	var b, a any
	for text, into := range map[*[]byte]*any{&before: &b, &after: &a} {
		if err := json.Unmarshal(*text, into); err != nil {
			return nil, fmt.Errorf("a policy is no JSON: %w", withoutValues(err, len(*text)))
		}
	}
	if reflect.DeepEqual(normal(b), normal(a)) {
		return nil, nil
	}
	return []string{"another document, which is not compared by its meaning"}, nil
}

// normal is a policy with each list sorted and without Sids, which say nothing.
func normal(value any) any {
	switch v := value.(type) {
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = normal(item)
		}
		if len(list) == 1 {
			return list[0]
		}
		slices.SortFunc(list, func(a, b any) int { return strings.Compare(compact(a), compact(b)) })
		return list
	case map[string]any:
		object := map[string]any{}
		for name, item := range v {
			if name != "Sid" && name != "Id" {
				object[name] = normal(item)
			}
		}
		return object
	}
	return value
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

const nothingAllowed = `{"Version":"2012-10-17","Statement":[]}`

// document is a node's policy document; nothing is one that allows nothing.
func document(n node) []byte {
	if text := n.text(); text != "" {
		return []byte(text)
	}
	return []byte(nothingAllowed)
}

// compared finds what a document newly allows, or denies no longer.
func (r *reviewer) compared(c *change, path string, before, after node) {
	f := Finding{Verdict: Exposure, Rule: "policy", Remedy: "allow what is needed, and no more"}
	switch {
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
	if less, err := r.rules.Policies(is, was); err != nil || len(less) > 0 {
		f := Finding{Verdict: Exposure, Rule: "policy", Summary: path + " denies less than before",
			Detail: strings.Join(less, "\n"), Remedy: "keep the denial"}
		r.policyFinding(c, f, before, after)
	}
}

// denials are the Deny statements of a document, as if they allowed.
func denials(text []byte) ([]byte, error) {
	all, err := statements(text)
	if err != nil {
		return nil, err
	}
	denying := []any{}
	for _, statement := range all {
		if statement["Effect"] == "Deny" {
			statement["Effect"] = "Allow"
			denying = append(denying, statement)
		}
	}
	if len(denying) == 0 {
		return []byte(nothingAllowed), nil
	}
	return json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": denying})
}

// statements are the statements of a document, which may hold a single one without a list.
func statements(text []byte) ([]map[string]any, error) {
	var policy struct{ Statement json.RawMessage }
	if err := json.Unmarshal(text, &policy); err != nil {
		return nil, withoutValues(err, len(text))
	}
	var list []map[string]any
	if json.Unmarshal(policy.Statement, &list) == nil {
		return list, nil
	}
	var single map[string]any
	if err := json.Unmarshal(policy.Statement, &single); err != nil {
		return nil, errors.New("its Statement is neither an object nor a list of them")
	}
	return []map[string]any{single}, nil
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

func isEveryone(principal any) bool {
	switch p := principal.(type) {
	case string:
		return p == "*"
	case map[string]any:
		return isEveryone(p["AWS"])
	case []any:
		return slices.ContainsFunc(p, isEveryone)
	}
	return false
}
