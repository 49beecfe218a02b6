package wire

import "strings"

// namePlants break the characters and lengths of names and tags that models leave open.
func namePlants() []plant {
	const names = "documented: names"
	return []plant{
		planted(names, "Name", form("elasticloadbalancing", "CreateLoadBalancer", "Name="+strings.Repeat("a", 33))),
		planted(names, "internal-", form("elasticloadbalancing", "CreateLoadBalancer", "Name=internal-a")),
		planted(names, "a--b", form("rds", "CreateDBCluster", "DBClusterIdentifier=a--b", "Engine=aurora-postgresql")),
		planted(names, "rdsadmin-1", form("rds", "CreateDBCluster", "DBClusterIdentifier=a", "Engine=aurora-postgresql",
			"MasterUsername=rdsadmin-1")),
		planted(names, "ReplicationGroupId", form("elasticache", "CreateReplicationGroup",
			"ReplicationGroupId="+strings.Repeat("a", 41),
			"ReplicationGroupDescription=d")),
		planted(names, "Bucket_1", rest("s3", "PUT", "/Bucket_1", "")),
		planted(names, "sg-a", form("ec2", "CreateSecurityGroup", "GroupName=sg-a", "GroupDescription=d", "VpcId=vpc-1")),
		planted(names, "it's", form("ec2", "CreateSecurityGroup", "GroupName=a", "GroupDescription=it's", "VpcId=vpc-1")),
		planted(names, "titan-origin", target("secretsmanager", "secretsmanager.CreateSecret",
			`{"Name":"titan-origin","SecretString":"x"}`)),
		planted(names, "/aws/x", target("ssm", "AmazonSSM.PutParameter", `{"Name":"/aws/x","Value":"v","Type":"String"}`)),
		planted(names, "Name", rest("cloudfront", "POST", "/2020-05-31/origin-access-control",
			`<OriginAccessControlConfig><Name>`+
				strings.Repeat("a", 65)+`</Name><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>always</SigningBehavior>
			<OriginAccessControlOriginType>s3</OriginAccessControlOriginType></OriginAccessControlConfig>`)),
		planted(names, "a b", rest("cloudfront", "POST", "/2020-05-31/cache-policy",
			`<CachePolicyConfig><Name>a b</Name><MinTTL>0</MinTTL></CachePolicyConfig>`)),
		planted(names, "a-b", rest("backup", "PUT", "/restore-testing/plans",
			`{"RestoreTestingPlan":{"RestoreTestingPlanName":"a-b",
			"ScheduleExpression":"cron(0 5 ? * * *)","RecoveryPointSelection":{"Algorithm":"LATEST_WITHIN_WINDOW"}}}`)),

		planted("documented: tags", "Owner=it's", target("kms", "TrentService.CreateKey",
			`{"Tags":[{"TagKey":"Owner","TagValue":"it's"}]}`)),
		planted("documented: tags", "aws:a", rest("eks", "POST", "/tags/arn", `{"tags":{"aws:a":"b"}}`)),
		planted("documented: tags", "50", rest("s3", "PUT", "/bucket?tagging", `<Tagging><TagSet>`+
			strings.ReplaceAll(many(51, `<Tag><Key>k%d</Key><Value>v</Value></Tag>`), ",", "")+`</TagSet></Tagging>`)),
		planted("documented: tags", "more than case", form("iam", "TagRole", "RoleName=r", "Tags.member.1.Key=Owner",
			"Tags.member.1.Value=a",
			"Tags.member.2.Key=owner", "Tags.member.2.Value=b")),
	}
}
