package compare

// Policies as the platform's stacks declare them, and changes that a pull request could make to them.
const (
	endpointOfS3 = `{"Version":"2012-10-17","Statement":[
		{"Sid":"OwnPrincipalsOwnBuckets","Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*",
			"Condition":{"StringEquals":{"aws:PrincipalAccount":"333333333333","aws:ResourceAccount":"333333333333"}}},
		{"Sid":"ImageLayersOfECR","Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",
			"Resource":"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"},
		{"Sid":"ImageLayersOfKubernetes","Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",
			"Resource":"arn:aws:s3:::*/*","Condition":{"StringEquals":{"aws:ResourceAccount":"513428760722"}}}
	]}`

	endpointOfSTS = `{"Version":"2012-10-17","Statement":[
		{"Sid":"OwnPrincipals","Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":"*",
			"Condition":{"StringEquals":{"aws:PrincipalAccount":"333333333333"}}},
		{"Sid":"ServiceAccountsOwnRoles","Effect":"Allow","Principal":{"AWS":"*","Federated":"*"},
			"Action":"sts:AssumeRoleWithWebIdentity","Resource":"arn:aws:iam::333333333333:role/*"}
	]}`

	dataKey = `{"Version":"2012-10-17","Statement":[
		{"Sid":"AccountAllowsByIAM","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:root"},
			"Action":"kms:*","Resource":"*"},
		{"Sid":"AutoScalingUsesVolumes","Effect":"Allow","Principal":{"AWS":"*"},
			"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],
			"Resource":"*",
			"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"},
				"StringEquals":{"kms:CallerAccount":"333333333333"}}},
		{"Sid":"AutoScalingAttachesVolumes","Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:CreateGrant",
			"Resource":"*",
			"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"},
				"Bool":{"kms:GrantIsForAWSResource":"true"},"StringEquals":{"kms:CallerAccount":"333333333333"}}}
	]}`

	trailBucket = `{"Version":"2012-10-17","Statement":[
		{"Sid":"DenyWithoutTLS","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*",
			"Resource":["arn:aws:s3:::titan-trail-333333333333-eu-west-1",
				"arn:aws:s3:::titan-trail-333333333333-eu-west-1/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Sid":"TrailChecks","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
			"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::titan-trail-333333333333-eu-west-1",
			"Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan"}}},
		{"Sid":"TrailWrites","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
			"Action":"s3:PutObject","Resource":"arn:aws:s3:::titan-trail-333333333333-eu-west-1/AWSLogs/333333333333/*",
			"Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan",
				"s3:x-amz-acl":"bucket-owner-full-control"}}}
	]}`

	secretReaders = `{"Version":"2012-10-17","Statement":[
		{"Sid":"OnlyReaders","Effect":"Deny","Principal":{"AWS":"*"},"Action":"secretsmanager:GetSecretValue",
			"Resource":"*",
			"Condition":{"ArnNotEquals":{"aws:PrincipalArn":["arn:aws:iam::333333333333:role/titan-prod-external-secrets",
				"arn:aws:iam::333333333333:role/platform-admin","arn:aws:iam::333333333333:root"]}}}
	]}`

	alarmTopic = `{"Version":"2012-10-17","Statement":[
		{"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish",
			"Resource":"arn:aws:sns:eu-west-1:333333333333:titan-operations",
			"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:eu-west-1:333333333333:alarm:titan-*"},
				"StringEquals":{"aws:SourceAccount":"333333333333"}}},
		{"Sid":"Events","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish",
			"Resource":"arn:aws:sns:eu-west-1:333333333333:titan-operations"},
		{"Sid":"DenyWithoutTLS","Effect":"Deny","Principal":{"AWS":"*"},"Action":"sns:Publish",
			"Resource":"arn:aws:sns:eu-west-1:333333333333:titan-operations",
			"Condition":{"Bool":{"aws:SecureTransport":"false"}}}
	]}`

	externalSecrets = `{"Version":"2012-10-17","Statement":[
		{"Sid":"ReadSecrets","Effect":"Allow",
			"Action":["secretsmanager:GetSecretValue","secretsmanager:DescribeSecret"],
			"Resource":["arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-credentials-prod-??????",
				"arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-grafana-??????"]},
		{"Sid":"DecryptSecrets","Effect":"Allow","Action":"kms:Decrypt",
			"Resource":"arn:aws:kms:eu-west-1:333333333333:key/1",
			"Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"},
				"StringLike":{"kms:EncryptionContext:SecretARN":[
					"arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-credentials-prod-??????",
				"arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-grafana-??????"]}}}
	]}`

	replication = `{"Version":"2012-10-17","Statement":[
		{"Sid":"WriteReplicas","Effect":"Allow",
			"Action":["s3:ReplicateDelete","s3:ReplicateObject","s3:ReplicateTags"],
			"Resource":"arn:aws:s3:::titan-state-replica-333333333333-eu-central-1/*"},
		{"Sid":"Encrypt","Effect":"Allow","Action":["kms:Encrypt","kms:GenerateDataKey"],
			"Resource":"arn:aws:kms:eu-central-1:333333333333:key/*",
			"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/titan-state"},
				"StringEquals":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}}
	]}`
)

var platformPairs = []pair{
	{"S3 endpoint: every bucket of anyone",
		endpointOfS3,
		edited(endpointOfS3, `,"aws:ResourceAccount":"333333333333"`, ""),
		Wider, []string{
			`OwnPrincipalsOwnBuckets: allows s3:* on * to * where aws:PrincipalAccount is 333333333333 and ` +
				`aws:ResourceAccount is * except 333333333333, or missing`,
		}},
	{"S3 endpoint: anyone's principals",
		endpointOfS3,
		edited(endpointOfS3, `"aws:PrincipalAccount":"333333333333",`, ""),
		Wider, []string{
			`OwnPrincipalsOwnBuckets: allows s3:* on * to * where aws:PrincipalAccount is * except 333333333333, ` +
				`or missing and aws:ResourceAccount is 333333333333`,
		}},
	{"S3 endpoint: one more account's buckets",
		endpointOfS3,
		edited(
			endpointOfS3,
			`"aws:ResourceAccount":"333333333333"`,
			`"aws:ResourceAccount":["333333333333","444444444444"]`,
		),
		Wider, []string{
			`OwnPrincipalsOwnBuckets: allows s3:* on * to * where aws:PrincipalAccount is 333333333333 and ` +
				`aws:ResourceAccount is 444444444444`,
		}},
	{"S3 endpoint: no layers of Kubernetes",
		endpointOfS3,
		edited(endpointOfS3, `513428760722`, `333333333333`),
		Incomparable, []string{
			`ImageLayersOfKubernetes: allows s3:GetObject on arn:aws:s3:::*/* ` +
				`except arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/* to * ` +
				`where aws:PrincipalAccount is * except 333333333333, or missing and aws:ResourceAccount is 333333333333`,
		}},
	{"S3 endpoint: the policy falls to AWS's default",
		endpointOfS3,
		`{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*","Principal":"*"}]}`,
		Wider, []string{
			`allows * on * to *`,
		}},
	{"STS endpoint: roles of other accounts",
		endpointOfSTS,
		edited(endpointOfSTS, "arn:aws:iam::333333333333:role/*", "*"),
		Wider, []string{
			`ServiceAccountsOwnRoles: allows sts:AssumeRoleWithWebIdentity on * except arn:aws:iam::333333333333:role/* to *, ` +
				`Federated:*`,
		}},
	{"STS endpoint: any action without a token",
		endpointOfSTS,
		edited(endpointOfSTS, `"sts:AssumeRoleWithWebIdentity"`, `"sts:*"`),
		Wider, []string{
			`ServiceAccountsOwnRoles: allows sts:* except sts:AssumeRoleWithWebIdentity on arn:aws:iam::333333333333:role/* ` +
				`to *, Federated:*`,
		}},
	{"key: another account by IAM",
		dataKey,
		edited(
			dataKey,
			`{"AWS":"arn:aws:iam::333333333333:root"}`,
			`{"AWS":["arn:aws:iam::333333333333:root","444444444444"]}`,
		),
		Wider, []string{
			`AccountAllowsByIAM: allows kms:* on * to 444444444444`,
		}},
	{"key: any caller",
		dataKey,
		edited(
			dataKey,
			`"Action":"kms:CreateGrant","Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"},`,
			`"Action":"kms:CreateGrant","Resource":"*","Condition":{`,
		),
		Wider, []string{
			`AutoScalingAttachesVolumes: allows kms:CreateGrant on * to * except arn:aws:iam::333333333333:root ` +
				`where aws:PrincipalArn is * except ` +
				`arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling, ` +
				`or missing and kms:CallerAccount is 333333333333 and kms:GrantIsForAWSResource is true`,
		}},
	{"key: grants not for AWS's resources",
		dataKey,
		edited(dataKey, `"Bool":{"kms:GrantIsForAWSResource":"true"},`, ""),
		Wider, []string{
			`AutoScalingAttachesVolumes: allows kms:CreateGrant on * to * except arn:aws:iam::333333333333:root ` +
				`where aws:PrincipalArn is ` +
				`arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling and ` +
				`kms:CallerAccount is 333333333333 and kms:GrantIsForAWSResource is * except true, or missing`,
		}},
	{"key: an action in the list",
		dataKey,
		edited(dataKey, `"kms:DescribeKey"]`, `"kms:DescribeKey","kms:CreateGrant"]`),
		Wider, []string{
			`AutoScalingUsesVolumes: allows kms:CreateGrant on * to * except arn:aws:iam::333333333333:root ` +
				`where aws:PrincipalArn is ` +
				`arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling and ` +
				`kms:CallerAccount is 333333333333 and kms:GrantIsForAWSResource is * except true, or missing`,
		}},
	{"key: the list in another order",
		dataKey,
		edited(dataKey, `"kms:Encrypt","kms:Decrypt"`, `"kms:Decrypt","kms:Encrypt"`),
		Equal, nil},
	{"key: GenerateDataKey alone",
		dataKey,
		edited(dataKey, `kms:GenerateDataKey*`, `kms:GenerateDataKey`),
		Narrower, nil},
	{"trail's bucket: without TLS",
		trailBucket,
		edited(
			trailBucket,
			`{"Sid":"DenyWithoutTLS","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*",`+
				`"Resource":["arn:aws:s3:::titan-trail-333333333333-eu-west-1",`+
				`"arn:aws:s3:::titan-trail-333333333333-eu-west-1/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},`,
			"",
		),
		Wider, []string{
			`DenyWithoutTLS: no longer denies s3:* on arn:aws:s3:::titan-trail-333333333333-eu-west-1, ` +
				`arn:aws:s3:::titan-trail-333333333333-eu-west-1/* to * where aws:SecureTransport is false`,
		}},
	{"trail's bucket: TLS for the objects alone",
		trailBucket,
		edited(
			trailBucket,
			`["arn:aws:s3:::titan-trail-333333333333-eu-west-1","arn:aws:s3:::titan-trail-333333333333-eu-west-1/*"]`,
			`"arn:aws:s3:::titan-trail-333333333333-eu-west-1/*"`,
		),
		Wider, []string{
			`DenyWithoutTLS: no longer denies s3:* on arn:aws:s3:::titan-trail-333333333333-eu-west-1 to * ` +
				`where aws:SecureTransport is false`,
		}},
	{"trail's bucket: any trail of the account",
		trailBucket,
		edited(
			trailBucket,
			`"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan","s3`,
			`"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:333333333333:trail/*"},"StringEquals":{"s3`,
		),
		Wider, []string{
			`TrailWrites: allows s3:PutObject on arn:aws:s3:::titan-trail-333333333333-eu-west-1/AWSLogs/333333333333/* to ` +
				`cloudtrail.amazonaws.com where aws:SourceArn is arn:aws:cloudtrail:*:333333333333:trail/* ` +
				`except arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan and s3:x-amz-acl is bucket-owner-full-control`,
		}},
	{"trail's bucket: the source as an ARN",
		trailBucket,
		edited(
			trailBucket,
			`"Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan"}}`,
			`"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan"}}`,
		),
		Equal, nil},
	{"secret: one more reader",
		secretReaders,
		edited(
			secretReaders,
			`"arn:aws:iam::333333333333:role/platform-admin"`,
			`"arn:aws:iam::333333333333:role/platform-admin","arn:aws:iam::333333333333:role/titan-prod-grafana"`,
		),
		Wider, []string{
			`OnlyReaders: no longer denies secretsmanager:GetSecretValue on * to * ` +
				`where aws:PrincipalArn is arn:aws:iam::333333333333:role/titan-prod-grafana`,
		}},
	{"secret: one reader less",
		secretReaders,
		edited(secretReaders, `"arn:aws:iam::333333333333:role/platform-admin",`, ""),
		Narrower, nil},
	{"secret: readers by pattern",
		secretReaders,
		edited(secretReaders, "role/titan-prod-external-secrets", "role/titan-*"),
		Wider, []string{
			`OnlyReaders: no longer denies secretsmanager:GetSecretValue on * to * ` +
				`where aws:PrincipalArn is arn:aws:iam::333333333333:role/titan-* ` +
				`except arn:aws:iam::333333333333:role/titan-prod-external-secrets`,
		}},
	{"secret: no policy", secretReaders, "", Wider, []string{
		`OnlyReaders: no longer denies secretsmanager:GetSecretValue on * to * ` +
			`where aws:PrincipalArn is * except arn:aws:iam::333333333333:role/titan-prod-external-secrets, ` +
			`arn:aws:iam::333333333333:role/platform-admin, arn:aws:iam::333333333333:root, or missing`,
	}},
	{"topic: alarms of every name", alarmTopic, edited(alarmTopic, "alarm:titan-*", "alarm:*"), Wider, []string{
		`Alarms: allows sns:Publish on arn:aws:sns:eu-west-1:333333333333:titan-operations to cloudwatch.amazonaws.com ` +
			`where aws:SourceAccount is 333333333333 and aws:SourceArn is arn:aws:cloudwatch:eu-west-1:333333333333:alarm:* ` +
			`except arn:aws:cloudwatch:eu-west-1:333333333333:alarm:titan-*`,
	}},
	{"topic: alarms of every account",
		alarmTopic,
		edited(
			alarmTopic,
			`,"StringEquals":{"aws:SourceAccount":"333333333333"}`,
			"",
			"arn:aws:cloudwatch:eu-west-1:333333333333:",
			"arn:aws:cloudwatch:eu-west-1:*:",
		),
		Wider, []string{
			`Alarms: allows sns:Publish on arn:aws:sns:eu-west-1:333333333333:titan-operations to cloudwatch.amazonaws.com ` +
				`where aws:SourceArn is arn:aws:cloudwatch:eu-west-1:*:alarm:titan-*`,
		}},
	{"topic: events from this account only",
		alarmTopic,
		edited(
			alarmTopic,
			`"Resource":"arn:aws:sns:eu-west-1:333333333333:titan-operations"},{"Sid":"DenyWithoutTLS"`,
			`"Resource":"arn:aws:sns:eu-west-1:333333333333:titan-operations",`+
				`"Condition":{"StringEquals":{"aws:SourceAccount":"333333333333"}}},{"Sid":"DenyWithoutTLS"`,
		),
		Narrower, nil},
	{"secrets' role: every secret of the environment",
		externalSecrets,
		edited(externalSecrets, `:titan-prod-grafana-??????"]},{"Sid"`, `:titan-prod-*"]},{"Sid"`),
		Wider, []string{
			`ReadSecrets: allows secretsmanager:GetSecretValue, secretsmanager:DescribeSecret on ` +
				`arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-* ` +
				`except arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-grafana-??????`,
		}},
	{"secrets' role: writes too",
		externalSecrets,
		edited(
			externalSecrets,
			`"secretsmanager:DescribeSecret"]`,
			`"secretsmanager:DescribeSecret","secretsmanager:PutSecretValue"]`,
		),
		Wider, []string{
			`ReadSecrets: allows secretsmanager:PutSecretValue on ` +
				`arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-credentials-prod-??????, ` +
				`arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-grafana-??????`,
		}},
	{"secrets' role: decrypts by any way",
		externalSecrets,
		edited(externalSecrets, `"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"},`, ""),
		Wider, []string{
			`DecryptSecrets: allows kms:Decrypt on arn:aws:kms:eu-west-1:333333333333:key/1 ` +
				`where kms:EncryptionContext:SecretARN is ` +
				`arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-credentials-prod-??????, ` +
				`arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-grafana-?????? and kms:ViaService is * ` +
				`except secretsmanager.eu-west-1.amazonaws.com, or missing`,
		}},
	{"replication: every key",
		replication,
		edited(replication, `"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/titan-state"},`, ""),
		Wider, []string{
			`Encrypt: allows kms:Encrypt, kms:GenerateDataKey on arn:aws:kms:eu-central-1:333333333333:key/* ` +
				`where kms:ResourceAliases has only * except alias/titan-state, ` +
				`or is missing and kms:ViaService is s3.eu-central-1.amazonaws.com`,
		}},
	{"replication: keys of a pattern",
		replication,
		edited(
			replication,
			`"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/titan-state"}`,
			`"ForAnyValue:StringLike":{"kms:ResourceAliases":"alias/titan-*"}`,
		),
		Wider, []string{
			`Encrypt: allows kms:Encrypt, kms:GenerateDataKey on arn:aws:kms:eu-central-1:333333333333:key/* ` +
				`where kms:ResourceAliases has alias/titan-* except alias/titan-state and only * ` +
				`except alias/titan-state and kms:ViaService is s3.eu-central-1.amazonaws.com`,
		}},
	{"replication: every value of the aliases",
		replication,
		edited(replication, "ForAnyValue:", "ForAllValues:"),
		Incomparable, []string{
			`Encrypt: allows kms:Encrypt, kms:GenerateDataKey on arn:aws:kms:eu-central-1:333333333333:key/* ` +
				`where kms:ResourceAliases has no value and kms:ViaService is s3.eu-central-1.amazonaws.com`,
		}},
	{"replication: all by one wildcard",
		replication,
		edited(replication, `["s3:ReplicateDelete","s3:ReplicateObject","s3:ReplicateTags"]`, `"s3:Replicate*"`),
		Wider, []string{
			`WriteReplicas: allows s3:Replicate* except s3:ReplicateDelete, s3:ReplicateObject, ` +
				`s3:ReplicateTags on arn:aws:s3:::titan-state-replica-333333333333-eu-central-1/*`,
		}},
}
