package limits

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

var (
	iamSid      = regexp.MustCompile(`^[A-Za-z0-9]*$`)
	resourceSid = regexp.MustCompile(`^[A-Za-z0-9 _-]*$`)
	action      = regexp.MustCompile(`^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$`)
	arn         = regexp.MustCompile(`^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$`)
	globalARN   = regexp.MustCompile(`^arn:[^:]*:(s3:[^:]+|s3::[^:]+|iam:[^:]+):`)
	operator    = regexp.MustCompile(`^(ForAllValues:|ForAnyValue:)?(Null|(String(Not)?(Equals|EqualsIgnoreCase|Like)|` +
		`Numeric(Not)?Equals|Numeric(LessThan|GreaterThan)(Equals)?|Date(Not)?Equals|` +
		`Date(LessThan|GreaterThan)(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$`)
)

// checkPolicy holds a policy to the grammar (IAM user guide, 'Grammar of the IAM JSON policy language').
func checkPolicy(member, document string, call *protocol.Call, report *Report) {
	statements, isPolicy := statementsOf(document)
	if !isPolicy {
		report.Breaks(member, document, "a JSON document with Statement")
		return
	}
	sids, allowed := map[string]bool{}, resourceSid
	if call.Service.Name == "iam" {
		allowed = iamSid
	}
	for _, one := range statements {
		if one.Sid != nil {
			if sids[*one.Sid] {
				report.Breaks(member, *one.Sid, "a Sid is there once")
			}
			if !allowed.MatchString(*one.Sid) {
				report.Breaks(member, *one.Sid, "a Sid of "+allowed.String())
			}
			sids[*one.Sid] = true
		}
		one.check(member, call, report)
	}
}

func (s statement) check(member string, call *protocol.Call, report *Report) {
	if s.Effect != "Allow" && s.Effect != "Deny" {
		report.Breaks(member, s.Effect, "an Effect that is Allow or Deny")
	}
	if (s.Action == nil) == (s.NotAction == nil) {
		report.Breaks(member, s.name(), "one of Action and NotAction")
	}
	actions := append(texts(s.Action), texts(s.NotAction)...)
	if len(actions) == 0 {
		report.Breaks(member, s.name(), "an action")
	}
	for _, one := range actions {
		if one != "*" && !action.MatchString(one) {
			report.Breaks(member, one, "service:Action")
		}
	}
	s.checkElements(member, call, report)
	for _, resource := range append(texts(s.Resource), texts(s.NotResource)...) {
		switch {
		case resource == "*":
		case !arn.MatchString(resource):
			report.Breaks(member, resource, "* or an ARN as Resource")
		case globalARN.MatchString(resource):
			report.Breaks(member, resource, "an ARN with neither region nor account for S3, without region for IAM")
		}
	}
	for name, keys := range s.Condition {
		if !operator.MatchString(name) {
			report.Breaks(member, name, "a condition operator of IAM's")
		}
		for key := range keys {
			if !strings.Contains(key, ":") {
				report.Breaks(member, key, "a condition key with its service")
			}
		}
	}
	switch call.Service.Name {
	case "s3":
		s.checkBucketActions(member, report)
	case "sns":
		s.checkTopicActions(member, report)
	}
}

// checkElements looks at what a policy of its kind has and has not: an identity's, a trust policy, a resource's.
func (s statement) checkElements(member string, call *protocol.Call, report *Report) {
	hasPrincipal := (s.Principal == nil) != (s.NotPrincipal == nil)
	hasResource := (s.Resource == nil) != (s.NotResource == nil)
	switch call.Name() {
	case "iam PutRolePolicy", "iam CreatePolicy", "iam CreatePolicyVersion":
		if s.Principal != nil || s.NotPrincipal != nil || !hasResource {
			report.Breaks(member, s.name(), "an identity's policy has Resource or NotResource and no Principal")
		}
	case "iam CreateRole", "iam UpdateAssumeRolePolicy":
		if !hasPrincipal || s.Resource != nil || s.NotResource != nil {
			report.Breaks(member, s.name(), "a trust policy has a Principal and no Resource")
		}
	default:
		if !hasPrincipal {
			report.Breaks(member, s.name(), "a resource's policy has Principal or NotPrincipal")
		}
		if !hasResource && call.Service.Name != "ecr" { // a repository's policy has none
			report.Breaks(member, s.name(), "one of Resource and NotResource")
		}
	}
}

func (s statement) name() string {
	if s.Sid != nil {
		return "statement " + *s.Sid
	}
	return fmt.Sprintf("statement of %v", append(texts(s.Action), texts(s.NotAction)...))
}

var (
	objectAction = regexp.MustCompile(`(?i)^s3:(.*Object.*|AbortMultipartUpload|ListMultipartUploadParts|` +
		`Replicate(Delete|Tags)|BypassGovernanceRetention|InitiateReplication)$`)
	bucketAction = regexp.MustCompile(`(?i)^s3:(Get|Put)BucketObjectLockConfiguration$`)
	eitherAction = regexp.MustCompile(`(?i)^(s3:(\*|Get\*|Put\*|Delete\*|List\*)|\*)$`)
)

// checkBucketActions finds an action that applies to none of its statement's resources, which S3 refuses ('Action
// does not apply to any resource(s) in statement').
func (s statement) checkBucketActions(member string, report *Report) {
	resources := texts(s.Resource)
	for _, one := range texts(s.Action) {
		if eitherAction.MatchString(one) || len(resources) == 0 {
			continue
		}
		isOfObjects, applies := objectAction.MatchString(one) && !bucketAction.MatchString(one), false
		for _, resource := range resources {
			isObjects := strings.Contains(resource, "/") || strings.HasSuffix(resource, "*")
			isBucket := !strings.Contains(resource, "/")
			applies = applies || isOfObjects && isObjects || !isOfObjects && isBucket
		}
		if !applies {
			report.Breaks(member, fmt.Sprintf("%s on %v", one, resources), "an action that applies to one of the resources")
		}
	}
}

// topicActions are what a topic's policy may name (SNS developer guide, 'SNS API permissions').
var topicActions = regexp.MustCompile(`(?i)^sns:(AddPermission|DeleteTopic|GetDataProtectionPolicy|` +
	`GetTopicAttributes|ListSubscriptionsByTopic|ListTagsForResource|Publish|PutDataProtectionPolicy|Receive|` +
	`RemovePermission|SetTopicAttributes|Subscribe)$`)

func (s statement) checkTopicActions(member string, report *Report) {
	for _, one := range texts(s.Action) {
		if !topicActions.MatchString(one) {
			report.Breaks(member, one, "an action that SNS takes in a topic's policy")
		}
	}
}
