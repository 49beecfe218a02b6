package limits

import (
	"github.com/titan-platform/titan/internal/wire/javaregex"
	"github.com/titan-platform/titan/internal/wire/protocol"
)

// pattern is what a member's whole value has to match.
type pattern struct{ operation, member, pattern, source string }

const (
	// identifier is RDS's and ElastiCache's form: letters, digits and single hyphens, a letter first, no hyphen last.
	identifier      = `(?!.*--)[A-Za-z][A-Za-z0-9-]*(?<!-)`
	groupCharacters = `[A-Za-z0-9. _\-:/()#,@\[\]+=&;{}!$*]`
)

// namePatterns are characters and lengths that the models leave open.
var namePatterns = []pattern{
	{"elbv2 CreateLoadBalancer", "Name", `(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)`, "ELB API, CreateLoadBalancer"},
	{"elbv2 CreateTargetGroup", "Name", `(?!-)[A-Za-z0-9-]{1,32}(?<!-)`, "ELB API, CreateTargetGroup"},

	{"rds CreateDBCluster", "DBClusterIdentifier", `(?=.{1,63}$)` + identifier, "RDS API, CreateDBCluster"},
	{"rds CreateDBInstance", "DBInstanceIdentifier", `(?=.{1,63}$)` + identifier, "RDS API, CreateDBInstance"},
	{"rds CreateDBCluster", "MasterUsername", `[A-Za-z][A-Za-z0-9_]{0,15}`, "RDS API, CreateDBCluster"},
	{"rds CreateDBCluster", "DatabaseName", `[A-Za-z_][A-Za-z0-9_]{0,62}`, "RDS API, CreateDBCluster"},
	{"rds CreateDBSubnetGroup", "DBSubnetGroupName", `(?!default$)[A-Za-z0-9._ -]{1,255}`,
		"RDS API, CreateDBSubnetGroup"},
	{"rds CreateDBClusterParameterGroup", "DBClusterParameterGroupName", `(?=.{1,255}$)` + identifier,
		"RDS API, CreateDBClusterParameterGroup"},
	{"rds CreateDBClusterSnapshot", "DBClusterSnapshotIdentifier", `(?=.{1,63}$)` + identifier,
		"RDS API, CreateDBClusterSnapshot"},
	{"rds CopyDBClusterSnapshot", "TargetDBClusterSnapshotIdentifier", `(?=.{1,63}$)` + identifier,
		"RDS API, CopyDBClusterSnapshot"},
	{"rds StartExportTask", "ExportTaskIdentifier", `(?=.{1,60}$)` + identifier,
		"RDS user guide, 'Exporting DB cluster snapshot data'"},

	{"elasticache CreateReplicationGroup", "ReplicationGroupId", `(?=.{1,40}$)` + identifier,
		"ElastiCache API, CreateReplicationGroup"},
	{"elasticache CreateCacheCluster", "CacheClusterId", `(?=.{1,50}$)` + identifier,
		"ElastiCache API, CreateCacheCluster"},
	{"elasticache CreateCacheParameterGroup", "CacheParameterGroupName", `(?=.{1,255}$)` + identifier,
		"ElastiCache API, CreateCacheParameterGroup"},
	{"elasticache CreateCacheSubnetGroup", "CacheSubnetGroupName", `[A-Za-z0-9-]{1,255}`,
		"ElastiCache API, CreateCacheSubnetGroup"},
	{"elasticache CreateUser", "UserId", `(?=.{1,40}$)` + identifier, "ElastiCache API, CreateUser"},
	{"elasticache CreateUserGroup", "UserGroupId", `(?=.{1,40}$)` + identifier, "ElastiCache API, CreateUserGroup"},

	{"s3 CreateBucket", "Bucket", `(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)` +
		`[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)`, "S3 user guide, 'General purpose bucket naming rules'"},
	{"sns CreateTopic", "Name", `[A-Za-z0-9_-]{1,256}(\.fifo)?`, "SNS API, CreateTopic"},

	{"ec2 CreateSecurityGroup", "GroupName", `(?!sg-)` + groupCharacters + `{1,255}`, "EC2 API, CreateSecurityGroup"},
	{"ec2 CreateSecurityGroup", "Description", groupCharacters + `{1,255}`, "EC2 API, CreateSecurityGroup"},
	{"ec2 CreateLaunchTemplate", "LaunchTemplateName", `[A-Za-z0-9().\-/_]{3,128}`, "EC2 API, CreateLaunchTemplate"},

	{"cloudfront CreateCachePolicy", "CachePolicyConfig.Name", `[A-Za-z0-9_-]{1,128}`,
		"CloudFront API, CachePolicyConfig"},
	{"cloudfront CreateOriginRequestPolicy", "OriginRequestPolicyConfig.Name", `[A-Za-z0-9_-]{1,128}`,
		"CloudFront API, OriginRequestPolicyConfig"},
	{"cloudfront CreateResponseHeadersPolicy", "ResponseHeadersPolicyConfig.Name", `[A-Za-z0-9_-]{1,128}`,
		"CloudFront API, ResponseHeadersPolicyConfig"},
	{"cloudfront CreateOriginAccessControl", "OriginAccessControlConfig.Name", `.{1,64}`,
		"CloudFront API, OriginAccessControlConfig"},
	{"cloudfront CreateOriginAccessControl", "OriginAccessControlConfig.Description", `.{0,256}`,
		"CloudFront API, OriginAccessControlConfig"},

	{"secretsmanager CreateSecret", "Name", `(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]{1,512}`,
		"Secrets Manager API, CreateSecret"},
	{"eks CreateNodegroup", "nodegroupName", `[A-Za-z0-9][A-Za-z0-9_-]{0,62}`, "EKS API, CreateNodegroup"},
	{"iam CreateRole", "RoleName", `[A-Za-z0-9_+=,.@-]{1,64}`, "IAM user guide, 'IAM and AWS STS quotas'"},
	{"backup CreateRestoreTestingPlan", "RestoreTestingPlan.RestoreTestingPlanName", `[A-Za-z0-9_]+`,
		"AWS Backup API, RestoreTestingPlanForCreate"},
	{"backup CreateRestoreTestingSelection", "RestoreTestingSelection.RestoreTestingSelectionName", `[A-Za-z0-9_]+`,
		"AWS Backup API, RestoreTestingSelectionForCreate"},
	{"budgets CreateBudget", "Budget.BudgetName", `[^:\\]{1,100}`, "Budgets API, Budget"},
	{"ssm PutParameter", "Name", `(?!/?(?i:aws|ssm)(/|$))[A-Za-z0-9_.\-/]{1,900}`, "Systems Manager API, PutParameter"},
}

func nameRules() []Rule {
	var rules []Rule
	for _, one := range namePatterns {
		rules = append(rules, Rule{"names", one.source, []string{one.operation}, func(call *protocol.Call, report *Report) {
			value, given := member(call.Input, one.member).(string)
			if !given {
				return
			}
			compiled, err := namePatternCache.Compile(one.pattern)
			if err != nil {
				panic(err) // a test compiles them all
			}
			if matches, err := compiled.Matches(value); err == nil && !matches {
				report.Breaks("."+one.member, value, one.pattern)
			}
		}})
	}
	return rules
}

var namePatternCache javaregex.Cache
