package database

import (
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// monitoringSeconds is how often an instance tells of its operating system: once a minute, as
// CloudWatch's other metrics come.
const monitoringSeconds = 60

// insights is Database Insights: the mode and how long Performance Insights keeps what it has seen, in days. Advanced
// takes 465 days or more (Aurora User Guide, 'Considerations for Database Insights'); 7 is what costs nothing.
type insights struct {
	mode string
	days int
}

func (c Config) insights() insights {
	if c.AdvancedInsights {
		return insights{"advanced", 465}
	}
	return insights{"standard", 7}
}

// logs are what the cluster exports. `instance` is written only where instances pause, and says what keeps them from it
// (Aurora User Guide, 'Aurora PostgreSQL database log files').
func (c Config) logs() []string {
	logs := []string{"postgresql", "iam-db-auth-error"}
	if c.pauses() {
		logs = append(logs, "instance")
	}
	return logs
}

// logGroup is where RDS exports a log to (Aurora User Guide, 'Publishing Aurora PostgreSQL logs to
// Amazon CloudWatch Logs').
func (c Config) logGroup(log string) string { return "/aws/rds/cluster/" + c.Identifier + "/" + log }

// logGroups declares the groups before the cluster: RDS makes its own, kept for ever and without a key,
// wherever it finds none.
func (d *database) logGroups() []cdktf.ITerraformDependable {
	var groups []cdktf.ITerraformDependable
	for _, log := range d.logs() {
		group := loggroup.NewCloudwatchLogGroup(d.scope, jsii.String("logs-"+log), &loggroup.CloudwatchLogGroupConfig{
			Name:            jsii.String(d.logGroup(log)),
			KmsKeyId:        jsii.String(d.LogKeyARN),
			RetentionInDays: jsii.Number(d.LogDays),
		})
		d.logGroupNames = append(d.logGroupNames, *group.Name())
		groups = append(groups, group)
	}
	return groups
}

// monitoringRole declares the role of enhanced monitoring and returns its policy, which instances need from the start.
func (d *database) monitoringRole() cdktf.ITerraformDependable {
	role := iamrole.NewIamRole(d.scope, jsii.String("monitoring_role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(d.Name + "-database-monitoring"),
		Description:         jsii.String("RDS tells of the operating systems of " + d.Identifier),
		PermissionsBoundary: d.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(d.monitoringTrust()),
	})
	d.role = role.Arn()
	return iamrolepolicy.NewIamRolePolicy(d.scope, jsii.String("monitoring_role_policy"),
		&iamrolepolicy.IamRolePolicyConfig{
			Name:   jsii.String("write-metrics"),
			Role:   role.Name(),
			Policy: jsii.String(d.monitoringPolicy()),
		})
}

// monitoringTrust lets RDS assume the role for instances of this account and region (RDS User Guide, 'Setting up and
// enabling Enhanced Monitoring', 'Protecting against the confused deputy problem'). Any of them: an autoscaled reader
// is called application-autoscaling-<uuid>, and a reader that RDS may not monitor is not made.
func (c Config) monitoringTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "EnhancedMonitoring",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("monitoring.rds.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("rds", "db:*"), c.ARN("rds", "cluster:"+c.Identifier)}},
		},
	})
}

// monitoringPolicy is AWS's AmazonRDSEnhancedMonitoringRole, held to this account, this region and the one group it
// writes to. An account has that group once a region, RDS makes it and keeps it for 30 days, so it is nobody's here.
func (c Config) monitoringPolicy() string {
	const group = "log-group:RDSOSMetrics"
	return iampolicy.Document(
		iampolicy.Statement{
			Sid: "LogGroup", Effect: iampolicy.Allow,
			Action:   []string{"logs:CreateLogGroup", "logs:PutRetentionPolicy"},
			Resource: []string{c.ARN("logs", group), c.ARN("logs", group+":*")},
		},
		iampolicy.Statement{
			Sid: "LogStreams", Effect: iampolicy.Allow,
			Action:   []string{"logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"},
			Resource: []string{c.ARN("logs", group+":log-stream:*")},
		},
	)
}
