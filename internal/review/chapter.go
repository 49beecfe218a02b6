package review

// Chapter is a part of the platform. Their order is that of a request, from the user's name to the data, then what
// everything stands on.
type Chapter int

// The chapters.
const (
	Edge Chapter = iota
	DNS
	LoadBalancer
	Cluster
	Application
	Cache
	Database
	Secrets
	Network
	Backups
	Permissions
	Delivery
	Watching
	Others
)

var chapterNames = map[Chapter]string{
	Edge: "edge", DNS: "DNS and certificates", LoadBalancer: "load balancer", Cluster: "cluster",
	Application: "in the cluster", Cache: "cache", Database: "database", Secrets: "secrets and keys",
	Network: "network", Backups: "buckets and backups", Permissions: "permissions", Delivery: "delivery",
	Watching: "logs and alarms", Others: "others",
}

func (c Chapter) String() string { return chapterNames[c] }

// chapters are the types of each chapter. The first pattern that matches counts.
var chapters = []struct {
	chapter Chapter
	kinds   []string
}{
	{Watching, []string{"*_logging_configuration", "aws_s3_bucket_logging", "aws_flow_log"}},
	{Edge, []string{"aws_cloudfront_*", "aws_waf*", "aws_shield_*"}},
	{DNS, []string{"aws_route53*", "aws_acm_*"}},
	{LoadBalancer, []string{"aws_lb*", "aws_alb*"}},
	{Cluster, []string{"aws_eks_*", "aws_launch_template", "aws_autoscaling_*", "aws_iam_openid_connect_provider"}},
	{Application, []string{"helm_*", "kubernetes_*"}},
	{Cache, []string{"aws_elasticache_*"}},
	{Database, []string{"aws_rds_*", "aws_db_*", "aws_appautoscaling_*"}},
	{Secrets, []string{"aws_secretsmanager_*", "aws_kms_*"}},
	{Network, []string{"aws_vpc*", "aws_subnet", "aws_security_group*", "aws_default_security_group", "aws_route",
		"aws_route_table*", "aws_nat_gateway", "aws_internet_gateway", "aws_eip", "aws_network_*", "aws_ec2_*"}},
	{Backups, []string{"aws_s3*", "aws_backup_*", "aws_ebs_*"}},
	{Permissions, []string{"aws_iam_*", "aws_accessanalyzer_*"}},
	{Delivery, []string{"aws_ecr_*", "aws_code*", "aws_ssm_*"}},
	{Watching, []string{"aws_cloudwatch_*", "aws_cloudtrail", "aws_sns_*", "aws_xray_*", "aws_guardduty_*",
		"aws_securityhub_*", "aws_budgets_*", "aws_config_*", "aws_kinesis_*"}},
}

func chapterOf(kind string) Chapter {
	for _, entry := range chapters {
		if matches(entry.kinds, kind) {
			return entry.chapter
		}
	}
	return Others
}
