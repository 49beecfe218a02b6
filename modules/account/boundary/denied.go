package boundary

import "github.com/titan-platform/titan/internal/iampolicy"

// denied is what no role may do, also where somebody allows more above one day.
func (c Config) denied() []iampolicy.Statement {
	everything := []string{"*"}
	deny := func(sid string, resources []string, actions ...string) iampolicy.Statement {
		return iampolicy.Statement{Sid: sid, Effect: iampolicy.Deny, Action: actions, Resource: resources}
	}
	own := ARN(c.Target, c.Project)
	// A role without the boundary has no such key, and a negated operator holds then: it is denied too (IAM User
	// Guide, 'Delegating responsibility to others using permissions boundaries').
	unlike := deny("RolesCarryTheBoundary", everything,
		"iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
		"iam:PutRolePermissionsBoundary", "iam:PutRolePolicy")
	unlike.Condition = iampolicy.Conditions{"StringNotEquals": {"iam:PermissionsBoundary": {own}}}

	statements := []iampolicy.Statement{
		unlike,
		deny("BoundaryStays", everything, "iam:Delete*PermissionsBoundary", "iam:PutUserPermissionsBoundary"),
		deny("BoundaryIsNotChanged", []string{own},
			"iam:CreatePolicyVersion", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion"),
		// Keys and passwords live for ever, and so nobody gets one by way of a role.
		deny("NoUsers", everything,
			"iam:*AccessKey*", "iam:*LoginProfile*", "iam:*MFADevice*", "iam:*SAMLProvider*", "iam:*SSHPublicKey*",
			"iam:*ServiceSpecificCredential*", "iam:*SigningCertificate*", "iam:AddUserToGroup", "iam:Attach*User*",
			"iam:Create*User*", "iam:CreateGroup", "iam:PutGroupPolicy", "iam:PutUserPolicy",
			"sts:GetFederationToken"),
		deny("Watchers", everything, "access-analyzer:*", "cloudtrail:*", "config:*", "guardduty:*", "securityhub:*"),
		deny("Organization", everything, "account:*", "organizations:*"),
		deny("AccountSettings", everything,
			"backup:UpdateGlobalSettings", "backup:UpdateRegionSettings", "ec2:Disable*BlockPublicAccess",
			"ec2:DisableEbsEncryptionByDefault", "ec2:ModifyEbsDefaultKmsKeyId",
			"ec2:ModifyInstanceMetadataDefaults", "ec2:ResetEbsDefaultKmsKeyId", "ecr:DeleteRegistryPolicy",
			"ecr:PutRegistryPolicy", "ecr:PutRegistryScanningConfiguration", "ecr:PutReplicationConfiguration",
			"iam:CreateAccountAlias", "iam:DeleteAccount*", "iam:UpdateAccountPasswordPolicy",
			"s3:BypassGovernanceRetention", "s3:PutAccountPublicAccessBlock", "shield:CreateSubscription",
			"shield:DeleteSubscription", "shield:UpdateSubscription", "xray:PutEncryptionConfig"),
	}
	if len(c.Unbound) > 0 {
		statements = append(statements, deny("UnboundRoles", c.Unbound,
			"iam:DeleteRole*", "iam:PassRole", "iam:Update*", "sts:AssumeRole"))
	}
	if len(c.Telling) > 0 {
		statements = append(statements, deny("WhatTells", c.Telling,
			"cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions", "cloudwatch:PutMetricAlarm",
			"events:DeleteRule", "events:DisableRule", "events:PutRule", "events:RemoveTargets", "logs:Delete*",
			"logs:PutMetricFilter", "logs:PutRetentionPolicy", "sns:DeleteTopic", "sns:SetTopicAttributes"))
	}
	return append(statements, c.trail()...)
}

// trail keeps the trail's files readable: nobody changes its bucket or its key.
func (c Config) trail() []iampolicy.Statement {
	if c.TrailBucket == "" {
		return nil
	}
	bucket := c.BucketARN(c.TrailBucket)
	return []iampolicy.Statement{
		{
			Sid: "TrailFiles", Effect: iampolicy.Deny, Resource: []string{bucket, bucket + "/*"},
			Action: []string{"s3:Delete*", "s3:Put*", "s3:Replicate*"},
		},
		{
			Sid: "TrailKey", Effect: iampolicy.Deny, Resource: []string{c.KeysARN()},
			Action:    []string{"kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"},
			Condition: iampolicy.Conditions{"ForAnyValue:StringEquals": {"kms:ResourceAliases": {c.TrailKeyAlias}}},
		},
		// Without its alias the key would not be known as the trail's.
		{
			Sid: "TrailKeyAlias", Effect: iampolicy.Deny, Resource: []string{c.AliasARN(c.TrailKeyAlias)},
			Action: []string{"kms:DeleteAlias", "kms:UpdateAlias"},
		},
	}
}
