package encryption

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// globalRegion is where CloudFront's log deliveries come from.
const globalRegion = "us-east-1"

// Policy is the policy of a key of an account: the account's own statement, and the uses that no IAM policy of ours can
// allow, because an AWS service, or a role that AWS writes, makes them. It panics at a statement that gives more than
// its use needs, see problems. None names the caller, which would differ from plan to plan.
func Policy(t target.Target, uses ...iampolicy.Statement) string {
	for _, use := range uses {
		if found := problems(use, t.AccountID); len(found) > 0 {
			panic(fmt.Sprintf("key policy statement %q: %s", use.Sid, strings.Join(found, "; ")))
		}
	}
	// AWS's default key policy, word for word. It allows nobody by itself but the account's root user; it lets IAM
	// policies allow, and keeps the key from becoming unmanageable (KMS Developer Guide, 'Default key policy').
	administration := iampolicy.Statement{
		Sid: "AccountAllowsByIAM", Effect: iampolicy.Allow, Principal: iampolicy.Account(t.Partition, t.AccountID),
		Action: []string{"kms:*"}, Resource: []string{"*"},
	}
	return iampolicy.Document(append([]iampolicy.Statement{administration}, uses...)...)
}

// problems are what makes a statement of a key policy wider than a use of the key may be, or one that AWS refuses.
func problems(s iampolicy.Statement, accountID string) []string {
	if s.Effect == iampolicy.Deny || s.Principal == nil {
		return nil
	}
	var found []string
	for _, action := range s.Action {
		if action == "*" || action == "kms:*" {
			found = append(found, fmt.Sprintf("action %q is the account's alone; name the actions of the use", action))
		}
	}
	for _, principal := range s.Principal.AWS {
		switch {
		case strings.Contains(principal, ":role/aws-service-role/"):
			// MalformedPolicyDocumentException until the service has made the role (terraform-aws-eks#3013).
			found = append(found, fmt.Sprintf(
				"principal %q is a service-linked role, which a new account does not have yet; "+
					"use \"*\" with kms:CallerAccount and aws:PrincipalArn", principal))
		case principal == "*" && (!pinned(s, "kms:CallerAccount", accountID) || !tested(s, "aws:PrincipalArn")):
			found = append(found, "principal \"*\" is everyone; add kms:CallerAccount and aws:PrincipalArn")
		}
	}
	for _, service := range s.Principal.Service {
		if !narrowed(s, accountID) {
			found = append(found, fmt.Sprintf(
				"service %q may act for any account; add aws:SourceAccount, or an aws:SourceArn or encryption context that names "+
					"account %s", service, accountID))
		}
	}
	return found
}

// narrowed is whether a statement holds for this account's resources alone.
func narrowed(s iampolicy.Statement, accountID string) bool {
	if pinned(s, "aws:SourceAccount", accountID) {
		return true
	}
	for _, keys := range s.Condition {
		for key, values := range keys {
			elsewhere := func(arn string) bool { return !strings.Contains(arn, ":"+accountID+":") }
			names := key == "aws:SourceArn" || strings.HasPrefix(key, "kms:EncryptionContext:")
			if names && !slices.ContainsFunc(values, elsewhere) {
				return true
			}
		}
	}
	return false
}

// pinned is whether a condition demands that the key is this value.
func pinned(s iampolicy.Statement, key, value string) bool {
	return slices.Equal(s.Condition["StringEquals"][key], iampolicy.Values{value})
}

// tested is whether a condition demands that the key is one of some ARNs.
func tested(s iampolicy.Statement, key string) bool {
	return len(s.Condition["ArnEquals"][key]) > 0
}

// logGroups lets CloudWatch Logs encrypt the log groups of this account and region. Logs gives the log group's ARN as
// encryption context (CloudWatch Logs User Guide, 'Encrypt log data using AWS KMS').
func logGroups(t target.Target) iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "LogGroups", Effect: iampolicy.Allow, Principal: iampolicy.Service("logs." + t.Region + ".amazonaws.com"),
		Action:    []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
		Resource:  []string{"*"},
		Condition: iampolicy.Conditions{"ArnLike": {"kms:EncryptionContext:aws:logs:arn": {t.ARN("logs", "log-group:*")}}},
	}
}

// logDelivery lets AWS services' logs be delivered to a bucket encrypted with the key. CloudFront's come from
// us-east-1, whatever the bucket's region (CloudWatch Logs User Guide, 'Enable logging from AWS services', SSE-KMS).
func logDelivery(t target.Target) iampolicy.Statement {
	sources := iampolicy.Values{t.ARN("logs", "*")}
	if t.Region != globalRegion {
		sources = append(sources, t.In(globalRegion).ARN("logs", "*"))
	}
	return iampolicy.Statement{
		Sid: "LogDelivery", Effect: iampolicy.Allow, Principal: iampolicy.Service("delivery.logs.amazonaws.com"),
		Action:   []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
		Resource: []string{"*"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {t.AccountID}},
			"ArnLike":      {"aws:SourceArn": sources},
		},
	}
}

// autoScaling lets EC2 Auto Scaling start nodes with encrypted volumes, by its service-linked role, which is nobody's
// to give an IAM policy (EC2 Auto Scaling User Guide, 'Required AWS KMS key policy for use with encrypted volumes').
func autoScaling(t target.Target) []iampolicy.Statement {
	role := t.RoleARN("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling")
	isRole := func(more iampolicy.Conditions) iampolicy.Conditions {
		conditions := iampolicy.Conditions{
			"StringEquals": {"kms:CallerAccount": {t.AccountID}},
			"ArnEquals":    {"aws:PrincipalArn": {role}},
		}
		for operator, keys := range more {
			conditions[operator] = keys
		}
		return conditions
	}
	// KMS refuses a principal that does not exist, as the role in a new account, and the account as principal would only
	// pass the question on to IAM policies. So the statements are for everyone in this account who is that role.
	anyone := &iampolicy.Principal{AWS: iampolicy.Values{"*"}}
	return []iampolicy.Statement{
		{
			Sid: "AutoScalingUsesVolumes", Effect: iampolicy.Allow, Principal: anyone,
			Action:    []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
			Resource:  []string{"*"},
			Condition: isRole(nil),
		},
		{
			Sid: "AutoScalingAttachesVolumes", Effect: iampolicy.Allow, Principal: anyone,
			Action: []string{"kms:CreateGrant"}, Resource: []string{"*"},
			Condition: isRole(iampolicy.Conditions{"Bool": {"kms:GrantIsForAWSResource": {"true"}}}),
		},
	}
}

// publishers lets the services that tell of trouble publish to encrypted topics. SNS itself needs nothing: it uses the
// key as who publishes (SNS Developer Guide, 'Key management').
func publishers(t target.Target) []iampolicy.Statement {
	return []iampolicy.Statement{
		alarms(t),
		publisher(t, "Budgets", "budgets.amazonaws.com", t.GlobalARN("budgets", "*")),
		// 'Adding the aws:SourceAccount and aws:SourceArn to a AWS KMS policy is not supported for EventBridge-to-encrypted
		// topics' (same guide; landing-zone-accelerator-on-aws#407), and AWS Backup documents neither: the topic alone.
		publisher(t, "Events", "events.amazonaws.com", ""),
		publisher(t, "BackupVaults", "backup.amazonaws.com", ""),
	}
}

// alarms lets CloudWatch alarms publish to encrypted topics.
func alarms(t target.Target) iampolicy.Statement {
	return publisher(t, "Alarms", "cloudwatch.amazonaws.com", t.ARN("cloudwatch", "alarm:*"))
}

// publisher lets a service publish to encrypted topics of this account and region, which SNS names in the encryption
// context, and where the service says for what it acts, only for this account's.
func publisher(t target.Target, sid, service, source string) iampolicy.Statement {
	conditions := iampolicy.Conditions{"ArnLike": {"kms:EncryptionContext:aws:sns:topicArn": {t.ARN("sns", "*")}}}
	if source != "" {
		conditions["StringEquals"] = map[string]iampolicy.Values{"aws:SourceAccount": {t.AccountID}}
		conditions["ArnLike"]["aws:SourceArn"] = iampolicy.Values{source}
	}
	return iampolicy.Statement{
		Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service(service),
		Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"}, Resource: []string{"*"},
		Condition: conditions,
	}
}
