package limits

import (
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func regionRules() []Rule {
	return []Rule{{"regions", "AWS Fault Isolation Boundaries, 'Regional services'", nil, regions}}
}

// crossRegion are calls that may, or have to, name a resource of another region.
var crossRegion = []string{
	"s3 PutBucketReplication", "s3 PutBucketPolicy", "s3 PutObject",
	"kms CreateKey", "kms PutKeyPolicy", "kms ReplicateKey",
	"rds CopyDBClusterSnapshot",
	"secretsmanager CreateSecret", "secretsmanager PutResourcePolicy", "secretsmanager ReplicateSecretToRegions",
	"backup CreateBackupPlan", "backup UpdateBackupPlan", "backup PutBackupVaultAccessPolicy",
	"backup StartCopyJob",
	"iam PutRolePolicy", "iam CreatePolicy", "iam CreatePolicyVersion", "iam CreateRole",
	"iam UpdateAssumeRolePolicy", "iam SimulateCustomPolicy",
	"sns SetTopicAttributes", "sns CreateTopic",
	"cloudwatch PutDashboard",
	"ec2 CreateVpcEndpoint", "ec2 ModifyVpcEndpoint",
	"ecr PutReplicationConfiguration",
	"codepipeline CreatePipeline", "codepipeline UpdatePipeline",
	"events PutTargets",
}

// globalServices know resources of every region.
var globalServices = []string{"cloudfront", "iam", "route53", "budgets", "sts", "organizations", "shield"}

var (
	reading     = regexp.MustCompile(`^(Describe|Get|List|Head|Batch)`)
	regionalARN = regexp.MustCompile(`^arn:[^:]*:[a-z0-9-]+:([a-z]{2}-[a-z]+-\d):\d{12}:`)
)

func regions(call *protocol.Call, report *Report) {
	if slices.Contains(crossRegion, call.Name()) || slices.Contains(globalServices, call.Service.Name) ||
		reading.MatchString(call.Operation.Name) {
		return
	}
	walk("", call.Input, func(path string, value any) {
		text, isText := value.(string)
		found := regionalARN.FindStringSubmatch(text)
		if !isText || found == nil || strings.Contains(text, " ") || found[1] == call.Request.Endpoint {
			return
		}
		report.Breaks(path, text, "a resource of the call's region, "+call.Request.Endpoint)
	})
}
