package proof

import (
	"github.com/titan-platform/titan/modules/delivery/role"
)

// inside is what CodeBuild does to run a build in the VPC, and what it must not do there.
func inside() (needed, forbidden []Call) {
	eni := ec2("network-interface/eni-1")
	inSubnet := keys{"ec2:Subnet": ec2("subnet/subnet-a")}
	return []Call{
			{"ec2:DescribeSecurityGroups", "*", nil},
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-b"), nil},
			{"ec2:CreateNetworkInterface", ec2("security-group/sg-builds"), nil},
			{"ec2:CreateNetworkInterfacePermission", eni,
				keys{"ec2:Subnet": ec2("subnet/subnet-a"), "ec2:AuthorizedService": "codebuild.amazonaws.com"}},
			{"ec2:DeleteNetworkInterface", eni, inSubnet},
		}, []Call{
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-data"), nil},
			{"ec2:CreateNetworkInterface", ec2("security-group/sg-nodes"), nil},
			{"ec2:DeleteNetworkInterface", eni, keys{"ec2:Subnet": ec2("subnet/subnet-data")}},
			{"ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-builds"), nil},
		}
}

func deploy() Case {
	needed, forbidden := inside()
	return delivering(role.Deploy(here, names, inVPC),
		append(append(needed, fetching()...),
			Call{"ecr:GetAuthorizationToken", "*", nil},
			Call{"ecr:GetDownloadUrlForLayer", chart, nil},
			Call{"ecr:BatchGetImage", image, nil},
			Call{"ecr:PutImage", image, nil},
			Call{"ssm:GetParameter", parameter, nil},
			Call{"ssm:PutParameter", parameter, nil},
			Call{"eks:DescribeCluster", names.ClusterARN, nil},
			Call{"logs:PutLogEvents", logOf("titan-prod-deploy"), nil},
		),
		append(forbidden,
			Call{"ecr:InitiateLayerUpload", image, nil}, // no new image: only another tag for one
			Call{"ecr:UploadLayerPart", image, nil},
			Call{"ecr:PutImage", chart, nil},
			Call{"ecr:BatchDeleteImage", image, nil},
			Call{"ssm:PutParameter", arns("ssm")("parameter/titan-staging/birthday-app/image"), nil},
			Call{"ssm:DeleteParameter", parameter, nil},
			Call{"eks:DescribeCluster", arns("eks")("cluster/other"), nil},
			Call{"eks:CreateAccessEntry", names.ClusterARN, nil},
			Call{"secretsmanager:GetSecretValue", userSecret, nil},
		))
}

// deployStandby reads its input from a bucket of another stack, whose key it knows by its alias.
func deployStandby() Case {
	standby := names
	standby.Artifacts = role.Store{
		Bucket:   "titan-prod-artifacts",
		Region:   Scope.Region,
		KeyAlias: "alias/titan-prod-second-data",
	}
	there := here
	there.Name = "titan-prod-dr"
	return delivering(role.Deploy(there, standby, inVPC),
		[]Call{
			{"s3:GetObject", artifact, nil},
			{"kms:Decrypt", dataKey,
				keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com", "kms:ResourceAliases": "alias/titan-prod-second-data"}},
		},
		[]Call{
			{"kms:Decrypt", dataKey,
				keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com", "kms:ResourceAliases": "alias/titan-prod-secrets"}},
			{"s3:PutObject", artifact, nil},
		})
}

// platformOf is what both steps of the deployer do: a plan's lock of the state, what is read, and what neither may.
func platformOf(step role.PlatformStep) (r role.Role, needed, forbidden []Call) {
	needed, forbidden = inside()
	key := arns("kms")("key/33333333-3333-3333-3333-333333333333")
	r = role.Deployer(here, role.Platform{
		Step:          step,
		Stack:         "prod.platform",
		Environment:   "prod",
		StateBucket:   "titan-prod-state",
		StateKeyAlias: "alias/titan-prod-state",
		ClusterARN:    names.ClusterARN,
		Artifacts:     names.Artifacts,
	}, inVPC)
	return r, append(append(needed, fetching()...),
			Call{"s3:GetObject", stateOf + "/prod.platform/terraform.tfstate", nil},
			Call{"s3:PutObject", stateOf + "/prod.platform/terraform.tfstate.tflock", nil},
			Call{"s3:DeleteObject", stateOf + "/prod.platform/terraform.tfstate.tflock", nil},
			Call{"s3:GetObject", stateOf + "/prod/terraform.tfstate", nil},
			Call{"kms:Decrypt", key, keys{"kms:ResourceAliases": "alias/titan-prod-state"}},
			Call{"eks:DescribeCluster", names.ClusterARN, nil},
			Call{"logs:PutLogEvents", logOf("titan-prod-deployer-" + string(step)), nil},
		), append(forbidden,
			Call{"s3:PutObject", stateOf + "/prod/terraform.tfstate", nil},
			Call{"s3:PutObject", stateOf + "/prod/terraform.tfstate.tflock", nil},
			Call{"s3:GetObject", "arn:aws:s3:::titan-staging-state/staging/terraform.tfstate", nil},
			Call{"kms:Decrypt", key, keys{"kms:ResourceAliases": "alias/app-key-prod"}},
			Call{"codeconnections:UseConnection", connection, nil}, // the pipeline hands the source over
			Call{"ssm:PutParameter", parameter, nil},
			Call{"ecr:PutImage", image, nil},
			Call{"secretsmanager:GetSecretValue", userSecret, nil},
		)
}

// deployerPlan leaves a plan, and changes nothing: not even the state.
func deployerPlan() Case {
	r, needed, forbidden := platformOf(role.PlatformPlan)
	return delivering(r,
		append(needed, Call{"s3:PutObject", artifact, nil}, Call{"kms:GenerateDataKey", dataKey, throughS3}),
		append(forbidden, Call{"s3:PutObject", stateOf + "/prod.platform/terraform.tfstate", nil}))
}

// deployerApply writes the state, and no plan.
func deployerApply() Case {
	r, needed, forbidden := platformOf(role.PlatformApply)
	return delivering(r,
		append(needed, Call{"s3:PutObject", stateOf + "/prod.platform/terraform.tfstate", nil}),
		append(forbidden, Call{"s3:PutObject", artifact, nil}))
}
