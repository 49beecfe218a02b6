package fresh

import (
	"fmt"
	"time"
)

// plants are calls that come too early, for what makes possible what they need.
var plants = []struct {
	kind  Kind
	name  string // of the refusal
	makes []sent
	call  sent
	says  string
	after time.Duration // it is taken, from when the last of makes was made
}{
	{
		kind: RoleUnseen, name: "eks POST /clusters InvalidParameterException",
		makes: []sent{makesRole},
		call:  rest("eks", "POST", "/clusters", `{"roleArn":"`+arn+`"}`),
		says:  "roleArn, " + arn + ", does not exist", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "eks POST /clusters/*/access-entries InvalidParameterException",
		makes: []sent{makesRole},
		call:  rest("eks", "POST", "/clusters/c/access-entries", `{"principalArn":"`+arn+`"}`),
		says:  "invalid principal", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "codebuild CreateProject InvalidInputException",
		makes: []sent{makesRole, makesPermission},
		call:  target("codebuild", "CreateProject", `{"serviceRole":"`+arn+`"}`),
		says:  "sts:AssumeRole on " + arn, after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "codepipeline CreatePipeline InvalidStructureException",
		makes: []sent{makesRole},
		call:  target("codepipeline", "CreatePipeline", `{"pipeline":{"roleArn":"`+arn+`"}}`),
		says:  "AssumeRole on role " + arn, after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "firehose CreateDeliveryStream InvalidArgumentException",
		makes: []sent{makesRole},
		call:  target("firehose", "CreateDeliveryStream", `{"ExtendedS3DestinationConfiguration":{"RoleARN":"`+arn+`"}}`),
		says:  arn, after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "logs PutSubscriptionFilter ValidationException",
		makes: []sent{makesPermission, makesRole},
		call:  target("logs", "PutSubscriptionFilter", `{"roleArn":"`+arn+`"}`),
		says:  "permission to assume", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "ec2 CreateFlowLogs InvalidParameter",
		makes: []sent{makesRole},
		call:  form("ec2", "Action=CreateFlowLogs&DeliverLogsPermissionArn="+arn, "<r/>"),
		says:  "Unable to assume", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "backup PUT /backup/plans/*/selections InvalidParameterValueException",
		makes: []sent{makesRole, makesPermission},
		call:  rest("backup", "PUT", "/backup/plans/p/selections", `{"BackupSelection":{"IamRoleArn":"`+arn+`"}}`),
		says:  "cannot be assumed", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "rds StartExportTask IamRoleNotFound",
		makes: []sent{makesRole, makesPermission},
		call:  form("rds", "Action=StartExportTask&IamRoleArn="+arn, "<r/>"),
		says:  "role is missing", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "cloudtrail CreateTrail InvalidCloudWatchLogsRoleArnException",
		makes: []sent{bucketPut("?policy"), makesRole, makesPermission},
		call:  target("cloudtrail", "CreateTrail", `{"S3BucketName":"b","CloudWatchLogsRoleArn":"`+arn+`"}`),
		says:  "trust relationships", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "kms CreateKey MalformedPolicyDocumentException",
		makes: []sent{makesRole},
		call:  target("kms", "CreateKey", fmt.Sprintf(`{"Policy":%q}`, document)),
		says:  "invalid principals", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "iam CreateRole MalformedPolicyDocument",
		makes: []sent{makesRole},
		call:  form("iam", "Action=UpdateAssumeRolePolicy&PolicyDocument="+document, "<r/>"),
		says:  `"AWS":"` + arn, after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "secretsmanager PutResourcePolicy MalformedPolicyDocumentException",
		makes: []sent{makesRole},
		call:  target("secretsmanager", "PutResourcePolicy", fmt.Sprintf(`{"ResourcePolicy":%q}`, document)),
		says:  "unsupported principal", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: `s3 PUT /*\?policy MalformedPolicy`,
		makes: []sent{makesRole},
		call:  rest("s3", "PUT", "/old?policy", document),
		says:  "Invalid principal in policy", after: iamDelay,
	},
	{
		kind: RoleUnseen, name: "ecr SetRepositoryPolicy InvalidParameterException",
		makes: []sent{makesRole},
		call:  target("ecr", "SetRepositoryPolicy", fmt.Sprintf(`{"policyText":%q}`, document)),
		says:  "Invalid repository policy", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "codebuild CreateProject InvalidInputException",
		makes: []sent{makesRole, later(makesPermission)},
		call:  target("codebuild", "CreateProject", `{"serviceRole":"`+arn+`","vpcConfig":{"vpcId":"vpc-1"}}`),
		says:  "DescribeSecurityGroups", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "logs PutSubscriptionFilter InvalidParameterException",
		makes: []sent{makesRole, later(makesPermission)},
		call:  target("logs", "PutSubscriptionFilter", `{"roleArn":"`+arn+`"}`),
		says:  "Could not deliver test message", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "rds CreateDBCluster InvalidParameterValue",
		makes: []sent{makesRole, makesPermission},
		call:  form("rds", "Action=CreateDBInstance&MonitoringRoleArn="+arn, "<r/>"),
		says:  "ENHANCED_MONITORING", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "rds StartExportTask IamRoleMissingPermissions",
		makes: []sent{makesRole, later(makesPermission)},
		call:  form("rds", "Action=StartExportTask&IamRoleArn="+arn, "<r/>"),
		says:  "additional permissions", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "backup PUT /backup/plans/*/selections InvalidParameterValueException",
		makes: []sent{makesRole, later(makesPermission)},
		call:  rest("backup", "PUT", "/backup/plans/p/selections", `{"BackupSelection":{"IamRoleArn":"`+arn+`"}}`),
		says:  "tag:GetResources", after: iamDelay,
	},
	{
		kind: PermissionUnseen, name: "cloudtrail CreateTrail InvalidCloudWatchLogsLogGroupArnException",
		makes: []sent{bucketPut("?policy"), makesRole, later(makesPermission)},
		call:  target("cloudtrail", "CreateTrail", `{"S3BucketName":"b","CloudWatchLogsRoleArn":"`+arn+`"}`),
		says:  "permissions for your role", after: iamDelay,
	},
	{
		kind: SettingUnseen, name: `s3 PUT /*\?replication InvalidRequest`,
		makes: []sent{bucketPut("?versioning")},
		call:  bucketPut("?replication"),
		says:  "Versioning must be", after: settingDelay,
	},
	{
		kind: SettingUnseen, name: "cloudtrail CreateTrail InsufficientS3BucketPolicyException",
		makes: []sent{bucketPut("?policy")},
		call:  target("cloudtrail", "CreateTrail", `{"S3BucketName":"b"}`),
		says:  "bucket: b", after: settingDelay,
	},
	{
		kind: SettingUnseen, name: "config PutDeliveryChannel InsufficientDeliveryPolicyException",
		makes: []sent{bucketPut("?policy")},
		call:  target("config", "PutDeliveryChannel", `{"DeliveryChannel":{"s3BucketName":"b"}}`),
		says:  "s3 bucket: b", after: settingDelay,
	},
	{
		kind: Throttled, name: "route53 POST /2013-04-01/hostedzone/*/rrset PriorRequestNotComplete",
		makes: []sent{recordSet},
		call:  recordSet,
		says:  "prior request", after: changeTime,
	},
	{
		kind: NoGateway, name: "elasticloadbalancing CreateLoadBalancer InvalidSubnet",
		makes: []sent{makesSubnet, attachesGateway},
		call:  form("elasticloadbalancing", "Action=CreateLoadBalancer&Subnets.member.1=subnet-1", "<r/>"),
		says:  "VPC vpc-1 has no internet gateway", after: 0,
	},
	{
		kind: NoGateway, name: "ec2 CreateNatGateway Gateway.NotAttached",
		makes: []sent{makesSubnet, attachesGateway},
		call:  form("ec2", "Action=CreateNatGateway&SubnetId=subnet-1", "<r/>"),
		says:  "Network vpc-1", after: 0,
	},
	{
		kind: NoServiceLinkedRole, name: "rds CreateDBSubnetGroup InvalidParameterValue",
		call: form("rds", "Action=CreateDBSubnetGroup", "<r/>"),
		says: "permission to create service linked role", after: iamDelay,
	},
	{
		kind: NoServiceLinkedRole, name: "elasticache CreateCacheCluster ServiceLinkedRoleNotFoundFault",
		call: form("elasticache", "Action=CreateReplicationGroup", "<r/>"),
		says: "was not found", after: iamDelay,
	},
	{
		kind: NoServiceLinkedRole, name: "codestar-notifications POST /createNotificationRule ConfigurationException",
		makes: nil,
		call:  rest("codestar-notifications", "POST", "/createNotificationRule", "{}"),
		says:  "up to 15 minutes", after: roleDelay,
	},
	{
		kind: ConnectionPending, name: "codebuild CreateProject OAuthProviderException",
		makes: nil,
		call:  target("codebuild", "CreateProject", `{"source":{"auth":{"type":"CODECONNECTIONS","resource":"c"}}}`),
		says:  "connection c", after: never,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeVpcs InvalidVpcID.NotFound",
		makes: []sent{form("ec2", "Action=CreateVpc", "<vpcId>vpc-1</vpcId>")},
		call:  form("ec2", "Action=DescribeVpcs&VpcId.1=vpc-1", "<r/>"),
		says:  "The vpc ID 'vpc-1' does not exist", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeSubnets InvalidSubnetID.NotFound",
		makes: []sent{makesSubnet},
		call:  form("ec2", "Action=DescribeSubnets&SubnetId.1=subnet-1", "<r/>"),
		says:  "'subnet-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeRouteTables InvalidRouteTableID.NotFound",
		makes: []sent{form("ec2", "Action=CreateRouteTable", "<routeTableId>rtb-1</routeTableId>")},
		call:  form("ec2", "Action=DescribeRouteTables&RouteTableId.1=rtb-1", "<r/>"),
		says:  "'rtb-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeSecurityGroups InvalidGroup.NotFound",
		makes: []sent{form("ec2", "Action=CreateSecurityGroup", "<groupId>sg-1</groupId>")},
		call:  form("ec2", "Action=DescribeSecurityGroups&GroupId.1=sg-1", "<r/>"),
		says:  "'sg-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeInternetGateways InvalidInternetGatewayID.NotFound",
		makes: []sent{form("ec2", "Action=CreateInternetGateway", "<internetGatewayId>igw-1</internetGatewayId>")},
		call:  form("ec2", "Action=DescribeInternetGateways&InternetGatewayId.1=igw-1", "<r/>"),
		says:  "'igw-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeAddresses InvalidAllocationID.NotFound",
		makes: []sent{form("ec2", "Action=AllocateAddress", "<allocationId>e-1</allocationId>")},
		call:  form("ec2", "Action=DescribeAddresses&AllocationId.1=e-1", "<r/>"),
		says:  "'e-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeNatGateways NatGatewayNotFound",
		makes: []sent{form("ec2", "Action=CreateNatGateway", "<natGatewayId>nat-1</natGatewayId>")},
		call:  form("ec2", "Action=DescribeNatGateways&NatGatewayId.1=nat-1", "<r/>"),
		says:  "nat-1", after: again,
	},
	{
		kind: NotFoundYet, name: "ec2 DescribeVpcEndpoints InvalidVpcEndpointId.NotFound",
		makes: []sent{form("ec2", "Action=CreateVpcEndpoint", "<vpcEndpointId>vpce-1</vpcEndpointId>")},
		call:  form("ec2", "Action=DescribeVpcEndpoints&VpcEndpointId.1=vpce-1", "<r/>"),
		says:  "'vpce-1'", after: again,
	},
	{
		kind: NotFoundYet, name: "elasticloadbalancing DescribeTargetGroups TargetGroupNotFound",
		makes: []sent{form("elasticloadbalancing", "Action=CreateTargetGroup", "<TargetGroupArn>t</TargetGroupArn>")},
		call:  form("elasticloadbalancing", "Action=DescribeTargetGroups&TargetGroupArns.member.1=t", "<r/>"),
		says:  "target groups", after: again,
	},
	{
		kind: NotFoundYet, name: "elasticloadbalancing DescribeListeners ListenerNotFound",
		makes: []sent{form("elasticloadbalancing", "Action=CreateListener", "<ListenerArn>l</ListenerArn>")},
		call:  form("elasticloadbalancing", "Action=DescribeListeners&ListenerArns.member.1=l", "<r/>"),
		says:  "listeners", after: again,
	},
	{
		kind: NotFoundYet, name: "iam GetRole NoSuchEntity",
		makes: []sent{makesRole},
		call:  form("iam", "Action=GetRole&RoleName=a", "<r/>"),
		says:  "The role with name a", after: again,
	},
	{
		kind: NotFoundYet, name: `s3 PUT /*\?versioning NoSuchBucket`,
		makes: []sent{bucketPut("")},
		call:  bucketPut("?encryption"),
		says:  "bucket does not exist", after: settingDelay,
	},
	{
		kind: NotFoundYet, name: "kms EnableKeyRotation NotFoundException",
		makes: []sent{makesKey},
		call:  target("kms", "CreateAlias", `{"TargetKeyId":"arn:x:key/k"}`),
		says:  "Key 'k'", after: again,
	},
	{
		kind: NotFoundYet, name: "kms DescribeKey NotFoundException",
		makes: []sent{target("kms", "CreateAlias", `{"AliasName":"alias/a"}`)},
		call:  target("kms", "DescribeKey", `{"KeyId":"alias/a"}`),
		says:  "Alias alias/a", after: again,
	},
	{
		kind: NotFoundYet, name: "secretsmanager DescribeSecret ResourceNotFoundException",
		makes: []sent{answered(target("secretsmanager", "CreateSecret", "{}"), `{"ARN":"s"}`)},
		call:  target("secretsmanager", "DescribeSecret", `{"SecretId":"s"}`),
		says:  "can't find", after: again,
	},
	{
		kind: NotFoundYet, name: "ecr DescribeRepositories RepositoryNotFoundException",
		makes: []sent{target("ecr", "CreateRepository", `{"repositoryName":"r"}`)},
		call:  target("ecr", "DescribeRepositories", `{"repositoryNames":["r"]}`),
		says:  "'r'", after: again,
	},
}

const (
	again = -1 * time.Second // the second call is taken at once
	never = -2 * time.Second
)
