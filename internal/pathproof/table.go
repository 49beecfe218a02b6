package pathproof

// Invariants are what every environment holds, for a reviewer to read: a title, the question, those that the answer
// may name, and why. Words in braces are the environment's (scope.go). `account` is every principal of the account
// that no stack makes: what those may do is the account's to say.
var Invariants = []Invariant{
	{"Aurora answers the nodes", reach("database"), []string{"nodes on tcp 5432", "{databasecaller} on tcp 5432"},
		"what runs elsewhere has no business with the data, but for network.access of the file; " +
			"a restore gets a security group of its own"},
	{"Redis answers the nodes alone", reach("cache"), []string{"nodes on tcp 6379"},
		"a single node has neither TLS nor a login: the security group is all that guards it"},
	{"The load balancer answers its callers alone", reach("loadbalancer"),
		[]string{"{callers} on tcp 443", "{grafanacaller} on tcp 443"},
		"CloudFront, whose web ACL judges what comes; without an edge load_balancer.allow_cidrs of the file; " +
			"and whom addons.grafana lets call Grafana"},
	{"What the load balancer forwards", forwards(),
		[]string{originHeader, "{directname} from whoever may connect", "{grafananame} from {grafanacaller}"},
		"what its own distribution sends; without an edge what is for the public name; " +
			"Grafana's name, to the networks that the file lists"},
	{"Nodes answer what has to call them", reach("nodes"), []string{
		"loadbalancer on tcp 8000", "loadbalancer on tcp 8080", "nodes on all ports",
		"api on tcp 443", "api on tcp 9443", "api on tcp 10250"},
		"traffic and health from the load balancer; webhooks and kubelets from the control plane; pods call pods"},
	{"The cluster's API answers nodes and builds", reach("api"),
		[]string{"nodes on tcp 443", "builds on tcp 443", "{apicaller} on tcp 443",
			"{cloudshell} on tcp 443"},
		"the builds that release the application and apply the platform run in the VPC; " +
			"people by network.access and cluster.cloudshell of the file"},
	{"The API's public endpoint answers the file's blocks", setting("who calls the public endpoint", (*Facts).Public),
		[]string{"{public}"}, "cluster.public_cidrs of the environment's file; with none there is no such endpoint"},
	{"Endpoints answer private subnets", reach("endpoints"), []string{"private subnets on tcp 443"},
		"pods have addresses of private subnets, and nothing else calls AWS from within"},
	{"Builds answer nobody", reach("builds"), nil, "a build calls and is not called"},
	{"Data subnets have no route out", routes(dataTier), []string{"{databaseroute}"},
		"data that is taken has no way to leave by, but back to those who ask the database by network.access"},
	{"Private subnets leave by NAT alone", routes(privateTier), []string{"0.0.0.0/0 by nat gateway", "{apiroute}"},
		"a way out for nodes, and back to those who call the API by network.access"},
	{"Nothing but load balancer and NAT has a public address",
		setting("what the internet could address", (*Facts).Addressed), nil,
		"what has none can't be called, whatever a security group says"},
	{"Pods don't reach the nodes' credentials", setting("metadata service beyond the node", (*Facts).Metadata), nil,
		"one hop and a session token: a pod would otherwise be its node, past its service account's role"},
	{"Pods that may call Aurora", pods("database", 5432), []string{
		"pods of {namespace}", "pods of kube-system", "pods of namespaces that no stack makes"},
		"the application's; what EKS runs in namespaces of its own is EKS' to restrict, and lacks a login"},
	{"Pods that may call Redis", pods("cache", 6379), []string{
		"pods of {namespace}", "pods of kube-system", "pods of namespaces that no stack makes"},
		"as with Aurora"},

	{"Admins of the cluster", setting("who may do anything in the cluster", (*Facts).Admins), []string{
		"{admin} in every namespace", "{role} in every namespace", "{prefix}-deployer-apply in every namespace"},
		"cluster.admins of the file, and the account's role; the deployer applies the platform, RBAC included"},
	{"Who may read the cluster's Secrets", setting("who may read Secrets", (*Facts).Secrets), []string{
		"{admin} in every namespace", "{role} in every namespace", "{prefix}-deployer-apply in every namespace",
		"{prefix}-deployer-plan in every namespace", "{prefix}-deploy in {namespace}",
		"external-secrets/external-secrets in every namespace",
		"external-secrets/external-secrets-cert-controller in every namespace", "traefik/traefik in every namespace"},
		"Helm keeps releases in Secrets, so that a plan and a deployment read them; " +
			"external-secrets writes them, and keeps its webhook's certificate in one; " +
			"Traefik's chart gives it the certificates of Ingresses of any namespace"},

	{"Who reads the database's login", can("secretsmanager:GetSecretValue", "aws_secretsmanager_secret", "{login}"),
		[]string{"{prefix}-external-secrets", "{prefix}-database-bootstrap", "{peer}-external-secrets",
			"{peer}-database-bootstrap", "{admin}", "{role}", "root"},
		"the pods' copy, the Job that makes the user, the standby's; the secret's policy shuts out everybody else"},
	{"Who reads Grafana's login", can("secretsmanager:GetSecretValue", "aws_secretsmanager_secret", "{grafana}"),
		[]string{"{prefix}-external-secrets", "{admin}", "{role}", "root"},
		"the pod's copy; the secret's policy shuts out everybody else"},
	{"Who reads the database master's login", can("secretsmanager:GetSecretValue", "aws_rds_cluster", "master of *"),
		[]string{"{prefix}-database-bootstrap", "account"}, "the Job that makes the application's user; RDS rotates it"},
	{"Who reads the origin's header",
		can("secretsmanager:GetSecretValue", "aws_secretsmanager_secret", "{prefix}-origin-*"),
		[]string{"account", "{planner}"},
		"Terraform puts it into distribution and listener, as whoever plans or applies; nothing that runs reads it"},
	{"Who changes a secret", can("secretsmanager:PutSecretValue secretsmanager:UpdateSecret "+
		"secretsmanager:PutResourcePolicy secretsmanager:DeleteSecret", "aws_secretsmanager_secret"), []string{"account"},
		"the values are Terraform's to write, and nothing that runs has to"},
	{"Who decrypts with the key of secrets", can("kms:Decrypt", "aws_kms_key", "alias/{prefix}-secrets"), []string{
		"account", "{prefix}-cluster", "{prefix}-external-secrets", "{prefix}-database-bootstrap",
		"{prefix}-backup", "{prefix}-restore-test", "{neighbor}-backup", "{neighbor}-restore-test", "{planner}"},
		"the cluster encrypts its Secrets with it; plans on pull requests read the origin's header alone; " +
			"AWS Backup's policies hold for any key, through S3 and RDS alone"},

	{"Who reads state", can("s3:GetObject s3:GetObjectVersion s3:GetObjectVersionForReplication", "aws_s3_bucket",
		"{project}-state-{account}-*", "{project}-state-replica-*"), []string{
		"account", "{prefix}-deployer-plan", "{prefix}-deployer-apply", "{neighbor}-deployer-plan",
		"{neighbor}-deployer-apply", "{project}-state-replication-{base}", "{planner}"},
		"the deployers read the states of their environment; S3 copies them to the other region"},
	{"Who writes state", can("s3:PutObject s3:DeleteObject s3:DeleteObjectVersion s3:PutBucketPolicy "+
		"s3:PutBucketVersioning", "aws_s3_bucket", "{project}-state-{account}-*"), []string{
		"account", "{prefix}-deployer-plan", "{prefix}-deployer-apply", "{neighbor}-deployer-plan",
		"{neighbor}-deployer-apply", "{planner}"},
		"the deployers: the lock, and the platform's state; plans on pull requests: the lock"},
	{"No bucket answers without TLS",
		plainly("s3:GetObject s3:PutObject s3:DeleteObject s3:ListBucket", "aws_s3_bucket"), nil,
		"state and logs hold what nobody on the way may read"},
	{"No topic takes a message without TLS", plainly("sns:Publish", "aws_sns_topic"), nil, "as with buckets"},

	{"Nobody outside the account is let in", outsiders(), nil,
		"no policy of a resource names another account, or everybody"},
	{"Services that are let in for anybody", unsaid(), []string{
		"events.amazonaws.com on {prefix}-operations", "backup.amazonaws.com on {prefix}-operations",
		"events.amazonaws.com on {project}-operations",
		"logdelivery.elasticloadbalancing.amazonaws.com on {project}-access-logs-{account}-{base}",
		"logdelivery.elasticloadbalancing.amazonaws.com on {prefix}-accesslogs-{account}-us-east-1"},
		"these services send no source account; they write and never read"},
	{"Tokens that become a role", assumed("who assumes a role with a token", (*Facts).federated), []string{
		"{namespace}/{application} as {prefix}-{application}",
		"{namespace}/database-bootstrap as {prefix}-database-bootstrap",
		"amazon-cloudwatch/cloudwatch-agent as {prefix}-amazon-cloudwatch-observability",
		"external-secrets/external-secrets as {prefix}-external-secrets",
		"kube-system/aws-load-balancer-controller as {prefix}-load-balancer-controller",
		"kube-system/aws-node as {prefix}-vpc-cni", "kube-system/cluster-autoscaler as {prefix}-cluster-autoscaler",
		"kube-system/ebs-csi-controller-sa as {prefix}-ebs-csi", "monitoring/alertmanager as {prefix}-alertmanager",
		"monitoring/grafana as {prefix}-grafana", "tracing/opentelemetry-collector as {collector}",
		"repo:{repository}:pull_request of token.actions.githubusercontent.com as {planner}",
		"repo:{repository}:environment:{deployed} of token.actions.githubusercontent.com as {deployer}"},
		"one service account, one role: subject and audience of the cluster's tokens, exactly; and of GitHub's"},
	{"Principals that become a role", assumed("who assumes a role with credentials", (*Facts).Assume),
		[]string{"{promoter} as {prefix}-promotion"},
		"the next environment's build asks which image runs here, and pulls it"},
	{"Services that become a role for anybody",
		assumed("which services assume a role without a source", forAnybody), []string{
			"ec2.amazonaws.com as {prefix}-node", "cloudtrail.amazonaws.com as {project}-trail",
			"config.amazonaws.com as {project}-config",
			"s3.amazonaws.com as {prefix}-logs-replication", "s3.amazonaws.com as {prefix}-backups-replication",
			"s3.amazonaws.com as {prefix}-global-static-replication",
			"s3.amazonaws.com as {project}-state-replication-{base}"},
		"EC2, S3's replication and CloudTrail send no source when they assume a role; who passes roles is what guards it"},

	{"Who passes roles", onRoles("iam:PassRole"), []string{"account"},
		"whoever passes a role to a service has what the role has"},
	{"Who changes roles", onRoles("iam:CreateRole iam:PutRolePolicy iam:AttachRolePolicy iam:DeleteRolePolicy " +
		"iam:UpdateAssumeRolePolicy iam:PutRolePermissionsBoundary iam:DeleteRolePermissionsBoundary"), []string{"account"},
		"nothing that runs makes itself more than it is"},
	{"Who gives access to the cluster", can("eks:CreateAccessEntry eks:UpdateAccessEntry eks:AssociateAccessPolicy",
		"aws_eks_cluster"), []string{"account"}, "an access entry can make anybody admin"},
	{"Who stops what watches", inAccount("cloudtrail:StopLogging cloudtrail:DeleteTrail guardduty:DeleteDetector " +
		"access-analyzer:DeleteAnalyzer config:StopConfigurationRecorder"), []string{"account"},
		"the boundary denies it to every role"},
	{"Who deletes a key, or whose it is", can("kms:ScheduleKeyDeletion kms:DisableKey kms:PutKeyPolicy", "aws_kms_key"),
		[]string{"account"}, "with a key all that it encrypts is gone; an alarm rings besides"},
	{"Who deletes recovery points", can("backup:DeleteRecoveryPoint backup:UpdateRecoveryPointLifecycle "+
		"backup:DeleteBackupVault", "aws_backup_vault"), []string{"{unprotected}"},
		"nobody, by the vault's policy, where protection is full; elsewhere whom the account lets"},
	{"Who deletes versions of objects", can("s3:DeleteObjectVersion s3:PutLifecycleConfiguration", "aws_s3_bucket"),
		[]string{"account", "{prefix}-database-export"}, "RDS replaces what it exported, under exports/ alone"},
	{"Who deletes or changes the database", can("rds:DeleteDBCluster rds:ModifyDBCluster", "aws_rds_cluster"), []string{
		"account", "{prefix}-backup", "{prefix}-restore-test", "{neighbor}-backup", "{neighbor}-restore-test"},
		"AWS Backup deletes the clusters of restore tests; its policy can't tell them apart, deletion protection does"},
	{"Who pushes images and charts", can("ecr:PutImage", "aws_ecr_repository"), []string{
		"account", "{prefix}-build", "{prefix}-publish", "{prefix}-promote", "{prefix}-deploy", "{peer}-deploy"},
		"the pipeline's builds, each its own; deploy marks what runs"},

	{"What the pipeline may change", changes("{prefix}-pipeline"), []string{
		"codebuild:StartBuild on project/{prefix}-build", "codebuild:StartBuild on project/{prefix}-publish",
		"codebuild:StartBuild on project/{prefix}-promote", "codebuild:StartBuild on project/{prefix}-deploy",
		"codebuild:StartBuild on project/{peer}-deploy", "codeconnections:UseConnection on connection/*",
		"s3:PutObject on {prefix}-artifacts-{account}-{region}/*",
		"s3:PutObject on {prefix}-artifacts-{account}-{second}/*"},
		"it starts builds and carries artifacts between them"},
	{"What the release may change", changes("{prefix}-deploy"), append([]string{
		"ecr:PutImage on repository/{prefix}/{application}", "ecr:PutImage on repository/{peer}/{application}",
		"ssm:PutParameter on parameter/{prefix}/{application}/image"}, building("deploy")...),
		"the mark of the image that runs; what it changes in the cluster is Helm's, in its namespace"},
	{"What the deployer's plan may change", changes("{prefix}-deployer-plan"), append([]string{
		"s3:PutObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate.tflock",
		"s3:DeleteObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate.tflock",
		"s3:PutObject on {prefix}-deployer-{account}-{region}/*"}, building("deployer-plan")...),
		"the lock, and the plan that it hands over"},
	{"What the deployer's apply may change", changes("{prefix}-deployer-apply"), append([]string{
		"s3:PutObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate.tflock",
		"s3:DeleteObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate.tflock",
		"s3:PutObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate",
		"s3:DeleteObject on {project}-state-{account}-{region}/{env}.platform/terraform.tfstate"},
		building("deployer-apply")...),
		"the platform's state; what it changes in the cluster is anything"},
	{"What a plan on a pull request may change", changes("{planner}"), []string{
		"s3:PutObject on {project}-state-{account}-*/*/terraform.tfstate.tflock",
		"s3:DeleteObject on {project}-state-{account}-*/*/terraform.tfstate.tflock"},
		"the lock: it runs the code of whoever may push a branch"},
	{"Nothing gives access past this proof", setting("what gives access and is not read", (*Facts).unreadHere), nil,
		"a type of resource that the proof does not read would be a blind spot"},
}

// building is what every build in the VPC changes: its log and its network interface.
func building(project string) []string {
	return []string{
		"logs:CreateLogStream on log-group:/aws/codebuild/{prefix}-" + project + ":*",
		"logs:PutLogEvents on log-group:/aws/codebuild/{prefix}-" + project + ":*",
		"ec2:CreateNetworkInterface on network-interface/*", "ec2:CreateNetworkInterface on subnet/…",
		"ec2:CreateNetworkInterface on security-group/…", "ec2:DeleteNetworkInterface on network-interface/*",
		"ec2:CreateNetworkInterfacePermission on network-interface/*",
	}
}
