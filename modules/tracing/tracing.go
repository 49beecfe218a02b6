// Package tracing provides X-Ray for the traces that the OpenTelemetry collector in the cluster sends: who may send
// them, how many there are, and the group that shows the application's. The collector itself belongs to <env>.platform.
package tracing

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iampolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	policyattachment "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicyattachment"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/xraygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/xraysamplingrule"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	policies "github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Config is what tracing needs from the rest of the system.
type Config struct {
	target.Target
	GroupName string // app-tracing-group-prod, at most 32 characters
	// ServiceName is what the application calls itself: OTEL_SERVICE_NAME, which the chart takes as
	// tracing.serviceName. The collector passes it on as the segment's name.
	ServiceName          string
	RoleName, PolicyName string // of the collector
	Settings             environments.Tracing

	ProviderARN string // the cluster's identity provider in IAM
	Issuer      string // the cluster's issuer without https://
	TopicARN    string // hears of anomalies that X-Ray finds

	ClusterName string
	LogKeyARN   string // encrypts the log group of Kubernetes' events, which the collector writes as well
}

// Output is what other modules may use.
type Output struct {
	RoleARN   string // for the collector's service account
	GroupName string
	// Grants are what the role may do; the collector depends on them.
	Grants []cdktf.ITerraformDependable
}

// New declares tracing under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	group := xraygroup.NewXrayGroup(this, jsii.String("app_tracing"), &xraygroup.XrayGroupConfig{
		GroupName:        jsii.String(config.GroupName),
		FilterExpression: jsii.String(fmt.Sprintf("service(%q)", config.ServiceName)),
		InsightsConfiguration: &xraygroup.XrayGroupInsightsConfiguration{
			InsightsEnabled:      jsii.Bool(config.Settings.Insights),
			NotificationsEnabled: jsii.Bool(config.Settings.Insights),
		},
	})
	sample(this, config)
	if config.Settings.Insights {
		tellOfInsights(this, config)
	}
	role, grants := role(this, config)
	return Output{RoleARN: role, GroupName: *group.GroupName(), Grants: grants}
}

// sample declares how many requests are traced: the first of each second, and a share of the others. The collector asks
// X-Ray for the rule, so a change holds within minutes and without a deployment.
func sample(scope constructs.Construct, config Config) {
	xraysamplingrule.NewXraySamplingRule(scope, jsii.String("sampling"), &xraysamplingrule.XraySamplingRuleConfig{
		RuleName:      jsii.String(config.Name),
		Version:       jsii.Number(1),
		Priority:      jsii.Number(1000), // before X-Ray's own default, 10000
		ReservoirSize: jsii.Number(1),
		FixedRate:     jsii.Number(float64(config.Settings.SamplingPercent) / 100),
		ServiceName:   jsii.String(config.ServiceName),
		ServiceType:   jsii.String("*"),
		Host:          jsii.String("*"),
		HttpMethod:    jsii.String("*"),
		UrlPath:       jsii.String("*"),
		ResourceArn:   jsii.String("*"),
	})
}

// role declares who may send traces: the collector's service account, under the document's names. Its xray-eks-role
// trusts eks.amazonaws.com, the control plane, so that no pod could take it.
func role(scope constructs.Construct, config Config) (arn string, grants []cdktf.ITerraformDependable) {
	collector := workload.Tracing(workload.Scope{Target: config.Target, Cluster: config.ClusterName})
	events := loggroup.NewCloudwatchLogGroup(scope, jsii.String("events"), &loggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(workload.EventLogGroup(config.ClusterName)),
		KmsKeyId:        jsii.String(config.LogKeyARN),
		RetentionInDays: jsii.Number(config.LogDays),
	})
	policy := iampolicy.NewIamPolicy(scope, jsii.String("xray_policy"), &iampolicy.IamPolicyConfig{
		Name:        jsii.String(config.PolicyName),
		Description: jsii.String("Send traces to X-Ray and ask for its sampling rules"),
		Policy:      jsii.String(policies.Document(collector.Statements...)),
		DependsOn:   &[]cdktf.ITerraformDependable{events},
	})
	xray := iamrole.NewIamRole(scope, jsii.String("xray_role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(config.RoleName),
		Description:         jsii.String(fmt.Sprintf("Service account %s/%s", collector.Namespace, collector.ServiceAccount)),
		PermissionsBoundary: config.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(irsa.Trust(config.ProviderARN, config.Issuer, collector)),
	})
	attachment := policyattachment.NewIamRolePolicyAttachment(scope, jsii.String("xray_role_attach"),
		&policyattachment.IamRolePolicyAttachmentConfig{
			Role:      xray.Name(),
			PolicyArn: policy.Arn(),
		})
	return *xray.Arn(), []cdktf.ITerraformDependable{attachment}
}
