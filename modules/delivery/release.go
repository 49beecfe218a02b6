package delivery

import (
	"strconv"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ssmparameter"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// PlaceholderImage is the image that runs until the first delivery: it answers the health path, so an empty account
// converges. It is the default of the chart, too.
const PlaceholderImage = "ghcr.io/stefanprodan/podinfo@sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"

// ChartFolder and ChartVersion are the chart of applications that bring none of their own.
const (
	ChartFolder  = "charts/birthday-app"
	ChartVersion = "0.1.0" // as its Chart.yaml has it
)

// Chart is the application's chart where it is published from.
type Chart struct {
	Folder  string // in the repository of the platform
	Version string // which deployments pin
}

// ChartOf is the chart of an application: its own, or the one that runs any application which keeps the contract.
func ChartOf(application environments.Application) Chart {
	if application.Chart == "" {
		return Chart{ChartFolder, ChartVersion}
	}
	return Chart{application.Chart, application.ChartVersion}
}

// NewParameter declares the parameter that says which image runs, `<repository>@<digest>`. Terraform makes it and
// ignores its value from then on: the pipeline writes it, and the platform stack reads it, so that an apply never
// rolls the application back.
func NewParameter(scope constructs.Construct, id, name string) {
	ssmparameter.NewSsmParameter(scope, jsii.String(id), &ssmparameter.SsmParameterConfig{
		Name: jsii.String(name),
		Description: jsii.String(
			"The image that runs: repository@digest. Written by the pipeline, read by the platform stack"),
		Type:           jsii.String("String"),
		InsecureValue:  jsii.String(PlaceholderImage),                // no secret, and a plan may show it
		AllowedPattern: jsii.String(`^[^@\s]+@sha256:[0-9a-f]{64}$`), // by digest, never by a tag that may move
		Lifecycle:      &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("insecure_value", "value")},
	})
}

// DeployConfig is what a deploying project needs from the rest of the system.
type DeployConfig struct {
	Common

	VPCID                   string
	SubnetIDs               []string                     // private
	Egress                  []cdktf.ITerraformDependable // the subnets' ways out
	EndpointSecurityGroupID string                       // of the interface endpoints; empty where there are none

	ClusterName                 string
	ControlPlaneSecurityGroupID string

	Namespace    string // of the release
	Release      string // its name
	ChartVersion string // which is deployed
}

// DeployersGroup is the Kubernetes group of who deploys to a namespace. The platform stack binds it to a role for the
// custom resources of the release, ExternalSecret above all: no access policy of EKS reaches those.
func DeployersGroup(namespace string) string { return namespace + ":deployers" }

// replicaMinutes is how long a deployment waits for an image's replica. Most are there in 30 minutes (ECR User Guide,
// 'Private image replication').
const replicaMinutes = 40

// NewDeploy declares the project that deploys: inside the VPC, and in the cluster within the application's namespace.
func NewDeploy(scope constructs.Construct, id string, config DeployConfig) build.Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	vpc := &build.VPCConfig{
		VPCID:     config.VPCID,
		SubnetIDs: config.SubnetIDs,
		Egress:    config.Egress,
		Group: build.NewGroup(this, "network", build.GroupConfig{
			Target:                      config.Target,
			Part:                        "deploy",
			Description:                 "CodeBuild that deploys the application",
			VPCID:                       config.VPCID,
			ControlPlaneSecurityGroupID: config.ControlPlaneSecurityGroupID,
			EndpointSecurityGroupID:     config.EndpointSecurityGroupID,
		}),
		Access: cluster.Access{
			ClusterName: config.ClusterName,
			Partition:   config.Partition,
			Policy:      cluster.Edit,
			Namespaces:  []string{config.Namespace},
			Groups:      []string{DeployersGroup(config.Namespace)},
		},
	}
	return build.New(this, "project", build.Config{
		Role:      role.Deploy(config.Target, config.Delivery, vpc.Network()),
		Buildspec: deploySpec,
		Variables: []build.Variable{
			{Name: "HELM_URL", Value: helm.url},
			{Name: "HELM_SHA256", Value: helm.sha256},
			{Name: "REGISTRY", Value: config.registry()},
			{Name: "REPOSITORY", Value: config.ImageURL()},
			{Name: "REPOSITORY_NAME", Value: config.Delivery.Image},
			{Name: "CHART", Value: config.ChartURL()},
			{Name: "CHART_VERSION", Value: config.ChartVersion},
			{Name: "PARAMETER", Value: config.Delivery.Parameter},
			{Name: "CLUSTER", Value: config.ClusterName},
			{Name: "NAMESPACE", Value: config.Namespace},
			{Name: "RELEASE", Value: config.Release},
			{Name: "WAIT_SECONDS", Value: strconv.Itoa(replicaMinutes * 60)},
			{Name: "POLL_SECONDS", Value: "20"},
		},
		Minutes:    replicaMinutes + 20,
		VPC:        vpc,
		LogDays:    config.LogDays,
		LogKeyARN:  config.LogKeyARN,
		DataKeyARN: config.DataKeyARN,
	})
}
