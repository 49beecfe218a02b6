package proof

import (
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// What the cases of delivery are about.
var (
	here  = Scope.Target
	names = role.Delivery{
		Image: "titan-prod/birthday-app", Chart: "titan-prod/charts/birthday-app",
		Parameter:  "/titan-prod/birthday-app/image",
		Artifacts:  role.Store{Bucket: "titan-prod-artifacts", Region: Scope.Region, KeyARN: dataKey},
		ClusterARN: arns("eks")("cluster/titan-prod-cluster"),
	}
	inVPC = role.Network{SubnetIDs: []string{"subnet-a", "subnet-b"}, SecurityGroupID: "sg-builds"}

	image, chart = role.Repository(here, names.Image), role.Repository(here, names.Chart)
	parameter    = arns("ssm")("parameter/titan-prod/birthday-app/image")
	artifact     = "arn:aws:s3:::titan-prod-artifacts/titan-prod-birthday/Application/1"
	connection   = arns("codeconnections")("connection/1")
	throughS3    = keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}
	stateOf      = "arn:aws:s3:::titan-prod-state"
	promotion    = "arn:aws:iam::222222222222:role/titan-staging-promotion"
)

// DeliveryCases are all the roles that deliver. None of them is a service account's: who assumes
// them is in their trust.
func DeliveryCases() []Case {
	return []Case{
		pipeline(), build(), promote(), promotedFrom(), publish(), deploy(), deployStandby(), deployerPlan(), deployerApply(),
		gitHubPlan(),
	}
}

func delivering(r role.Role, needed, forbidden []Call) Case {
	return Case{Workload: workload.Workload{Name: r.Name, Statements: r.Statements}, Needed: needed, Forbidden: forbidden}
}

// logOf is a stream of a project's log.
func logOf(project string) string {
	return arns("logs")("log-group:/aws/codebuild/" + project + ":log-stream:1")
}

// pipeline knows the key of its second store by its alias, and the key's region is the store's.
func pipeline() Case {
	second := role.Store{
		Bucket:   "titan-prod-artifacts-there",
		Region:   "eu-central-1",
		KeyAlias: "alias/titan-prod-second-data",
	}
	there := here.In(second.Region)
	throughS3There := keys{"kms:ViaService": "s3.eu-central-1.amazonaws.com", "kms:ResourceAliases": second.KeyAlias}
	project := arns("codebuild")("project/titan-prod-deploy")
	return delivering(role.Pipeline(here, role.Run{
		Pipeline: "titan-prod-birthday-app", RoleName: "titan-prod-pipeline", ConnectionARN: connection,
		Stores: []role.Store{names.Artifacts, second}, ProjectARNs: []string{project},
	}),
		[]Call{
			{"codeconnections:UseConnection", connection, nil},
			{"codebuild:StartBuild", project, nil},
			{"codebuild:BatchGetBuilds", project, nil},
			{"s3:GetObject", artifact, nil},
			{"s3:PutObject", artifact, nil},
			{"kms:GenerateDataKey", dataKey, throughS3},
			{"kms:GenerateDataKey", there.ARN("kms", "key/1"), throughS3There},
		},
		[]Call{
			{"codebuild:StartBuild", arns("codebuild")("project/titan-prod-deployer-apply"), nil},
			{"codebuild:UpdateProject", project, nil},
			{"s3:GetObject", stateOf + "/prod/terraform.tfstate", nil},
			{"kms:Decrypt", otherKey, throughS3},
			{"kms:GenerateDataKey", otherKey, throughS3There},
			{"kms:GenerateDataKey", there.ARN("kms", "key/2"),
				keys{"kms:ViaService": "s3.eu-central-1.amazonaws.com", "kms:ResourceAliases": "alias/titan-other"}},
			{"ecr:PutImage", image, nil},
			{"ssm:PutParameter", parameter, nil},
			{"codeconnections:UseConnection", arns("codeconnections")("connection/2"), nil},
		})
}

// pushing is what Docker and Helm do to push.
func pushing(repository string) []Call {
	return []Call{
		{"ecr:GetAuthorizationToken", "*", nil},
		{"ecr:InitiateLayerUpload", repository, nil},
		{"ecr:UploadLayerPart", repository, nil},
		{"ecr:CompleteLayerUpload", repository, nil},
		{"ecr:BatchCheckLayerAvailability", repository, nil},
		{"ecr:PutImage", repository, nil},
		{"ecr:DescribeImages", repository, nil},
	}
}

// fetching is what a build does to get its input.
func fetching() []Call {
	return []Call{{"s3:GetObject", artifact, nil}, {"kms:Decrypt", dataKey, throughS3}}
}

func build() Case {
	needed := append(pushing(image), fetching()...)
	return delivering(role.Build(here, names),
		append(needed, Call{"logs:PutLogEvents", logOf("titan-prod-build"), nil}),
		[]Call{
			{"ecr:BatchDeleteImage", image, nil},
			{"ecr:PutImageTagMutability", image, nil},
			{"ecr:PutLifecyclePolicy", image, nil},
			{"ecr:PutImage", chart, nil},
			{"ecr:PutImage", role.Repository(here, "titan-staging/birthday-app"), nil},
			{"s3:PutObject", artifact, nil},
			{"ssm:PutParameter", parameter, nil},
			{"ssm:GetParameter", parameter, nil},
			{"eks:DescribeCluster", names.ClusterARN, nil},
			{"logs:PutLogEvents", logOf("titan-prod-deploy"), nil},
			{"kms:Decrypt", dataKey, nil},
		})
}

func promote() Case {
	return delivering(role.Promote(here, names, promotion),
		append(append(pushing(image), fetching()...), Call{"sts:AssumeRole", promotion, nil},
			Call{"logs:PutLogEvents", logOf("titan-prod-promote"), nil}),
		[]Call{
			{"sts:AssumeRole", "arn:aws:iam::222222222222:role/titan-staging-deploy", nil},
			{"ecr:BatchDeleteImage", image, nil},
			{"ecr:PutImage", chart, nil},
			{"ssm:PutParameter", parameter, nil},
			{"ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:222222222222:repository/titan-staging/birthday-app", nil},
		})
}

func promotedFrom() Case {
	return delivering(role.Promotion(here, names, "titan-prod-birthday-app", []string{"444444444444"},
		[]string{"arn:aws:iam::444444444444:role/titan-next-promote"}),
		[]Call{
			{"ecr:GetAuthorizationToken", "*", nil},
			{"ecr:BatchGetImage", image, nil},
			{"ecr:GetDownloadUrlForLayer", image, nil},
			{"ecr:DescribeImages", image, nil},
			{"ssm:GetParameter", parameter, nil},
			{"codepipeline:ListPipelineExecutions", arns("codepipeline")("titan-prod-birthday-app"), nil},
		},
		[]Call{
			{"codepipeline:ListPipelineExecutions", arns("codepipeline")("titan-prod-deployer"), nil},
			{"codepipeline:StartPipelineExecution", arns("codepipeline")("titan-prod-birthday-app"), nil},
			{"ecr:PutImage", image, nil},
			{"ecr:BatchGetImage", chart, nil},
			{"ssm:PutParameter", parameter, nil},
			{"ssm:GetParameter", arns("ssm")("parameter/titan-prod/other"), nil},
			{"s3:GetObject", artifact, nil},
		})
}

func publish() Case {
	return delivering(role.Publish(here, names),
		append(append(pushing(chart), fetching()...), Call{"ecr:BatchGetImage", chart, nil},
			Call{"logs:PutLogEvents", logOf("titan-prod-publish"), nil}),
		[]Call{
			{"ecr:PutImage", image, nil},
			{"ecr:BatchDeleteImage", chart, nil},
			{"ssm:PutParameter", parameter, nil},
			{"eks:DescribeCluster", names.ClusterARN, nil},
		})
}
