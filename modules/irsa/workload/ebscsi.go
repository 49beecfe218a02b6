package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// EBSCSI makes, attaches, grows and deletes the volumes of pods, encrypted with the data key: only those that the
// driver made, which all carry its tag. Source: aws-ebs-csi-driver, docs/example-iam-policy.json, without snapshots,
// clones and later changes of tags.
func EBSCSI(p Scope, keyARN string) Workload {
	volumes := []string{p.ARN("ec2", "volume/*")}
	const tag = "ebs.csi.aws.com/cluster"
	when := func(s iampolicy.Statement, key, value string) iampolicy.Statement {
		s.Condition = iampolicy.Conditions{"StringEquals": {key: {value}}}
		return s
	}

	// What EBS does with a key for who makes or attaches an encrypted volume (EBS User Guide, 'How Amazon EBS encryption
	// works'), through EC2 alone and with grants for AWS resources alone, as the key policy of aws/ebs has it.
	viaEC2 := iampolicy.Values{"ec2." + p.Region + ".amazonaws.com"}
	use := allow("EncryptVolumes", []string{keyARN}, "kms:Decrypt", "kms:DescribeKey",
		"kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo")
	use.Condition = iampolicy.Conditions{"StringEquals": {"kms:ViaService": viaEC2}}
	grant := allow("AttachEncryptedVolumes", []string{keyARN}, "kms:CreateGrant")
	grant.Condition = iampolicy.Conditions{
		"StringEquals": {"kms:ViaService": viaEC2},
		"Bool":         {"kms:GrantIsForAWSResource": {"true"}},
	}

	return Workload{
		Name:           "ebs-csi",
		Namespace:      SystemNamespace,
		ServiceAccount: "ebs-csi-controller-sa",
		Statements: []iampolicy.Statement{
			allow("Look", everything, "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInstanceTypes",
				"ec2:DescribeSnapshots", "ec2:DescribeTags", "ec2:DescribeVolumes", "ec2:DescribeVolumesModifications",
				"ec2:DescribeVolumeStatus"),
			when(allow("CreateVolumes", volumes, "ec2:CreateVolume"), "aws:RequestTag/"+tag, "true"),
			when(allow("TagNewVolumes", volumes, "ec2:CreateTags"), "ec2:CreateAction", "CreateVolume"),
			when(allow("ManageOwnVolumes", volumes, "ec2:AttachVolume", "ec2:DetachVolume", "ec2:ModifyVolume",
				"ec2:DeleteVolume"), "aws:ResourceTag/"+tag, "true"),
			// As AWS's own AmazonEBSCSIDriverEKSClusterScopedPolicy has it.
			when(allow("AttachToNodes", []string{p.ARN("ec2", "instance/*")}, "ec2:AttachVolume", "ec2:DetachVolume"),
				"aws:ResourceTag/eks:cluster-name", p.Cluster),
			use,
			grant,
		},
	}
}
