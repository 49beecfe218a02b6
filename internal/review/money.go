package review

import (
	"slices"
	"strings"
)

// moneyRules: more of something is paid for.
var moneyRules = table{verdict: Money, severity: Warning, rules: []rule{
	{"aws_eks_node_group", "scaling_config.min_size", raised, "is raised: more nodes are always paid for", ""},
	{"aws_eks_node_group", "scaling_config.max_size", raised, "is raised: more nodes may be paid for", ""},
	{"aws_eks_node_group", "capacity_type", from("SPOT"), "is no longer Spot, which costs a third", ""},
	{"aws_appautoscaling_target", "max_capacity", raised, "is raised: more may be paid for", ""},
	{"aws_appautoscaling_target", "min_capacity", raised, "is raised: more is always paid for", ""},
	{"aws_rds_cluster", "serverlessv2_scaling_configuration.max_capacity", raised,
		"is raised: more may be paid for", ""},
	{"aws_rds_cluster", "serverlessv2_scaling_configuration.min_capacity", raised,
		"is raised: more is always paid for", ""},
	{"aws_elasticache_replication_group", "num_cache_clusters", raised,
		"is raised: more nodes are paid for", ""},
	{"aws_elasticache_*", "num_node_groups", raised, "is raised: more nodes are paid for", ""},
	{"*", "allocated_storage", raised, "is raised", ""},
	{"*", "iops", raised, "is raised", ""},
	{"aws_rds_cluster", "storage_type", changed, "is priced otherwise", ""},
	{"aws_rds_cluster", "database_insights_mode", to("advanced"), "is paid for", ""},
	{"aws_eks_cluster", "upgrade_policy.support_type", to("EXTENDED"),
		"is extended support, which costs six times the cluster's hour", ""},
	{"aws_rds_cluster", "engine_lifecycle_support", to("open-source-rds-extended-support"),
		"is extended support, which is paid for by the hour", ""},
	{"aws_cloudfront_distribution", "price_class", to("PriceClass_All"), "has the dearest places", ""},
	{"aws_budgets_budget", "limit_amount", raised, "is raised: spending is told of later", ""},
}}

// contractRules: what can't be undone.
var contractRules = table{verdict: Money, rules: []rule{
	{"aws_shield_subscription", "auto_renew", to("ENABLED"), "binds for another year", remedyKeep},
}}

// contractCreatedRules hold for what is created, too.
var contractCreatedRules = table{verdict: Money, created: true, rules: []rule{
	{"aws_backup_vault_lock_configuration", "changeable_for_days", added,
		"makes the lock final: what it keeps is paid for until it ends, and nobody can delete it",
		"leave it out: governance mode can be taken back"},
	{"aws_s3_bucket_object_lock_configuration", "rule.default_retention.mode", to("COMPLIANCE"),
		"makes the lock final: what it keeps is paid for until it ends, and nobody can delete it",
		"use GOVERNANCE, which can be taken back"},
}}

// moneyBeginnings: what is paid for by the hour, the month or for good once it is there.
var moneyBeginnings = []beginning{
	{verdict: Money, kinds: "aws_rds_reserved_instance aws_savingsplans_plan aws_ec2_capacity_block_reservation",
		says: "buys for one or three years, and can't be undone", remedy: "make sure of class, number and term"},
	{verdict: Money, kinds: "aws_shield_subscription",
		says:   "binds to Shield Advanced for a year, 3,000 dollars a month, and can't be undone",
		remedy: "make sure that it is meant"},
	{verdict: Money, kinds: "aws_route53domains_domain", says: "registers a name, and can't be undone",
		remedy: "make sure of the name"},
	{verdict: Money, severity: Warning,
		kinds: "aws_eks_cluster aws_eks_node_group aws_rds_cluster_instance aws_db_instance " +
			"aws_elasticache_cluster aws_elasticache_replication_group aws_instance " +
			"aws_nat_gateway aws_lb aws_alb aws_opensearch_domain aws_redshift_cluster " +
			"aws_msk_cluster aws_fsx_* aws_dx_* aws_ec2_transit_gateway* " +
			"aws_networkfirewall_firewall aws_globalaccelerator_accelerator " +
			"aws_acmpca_certificate_authority aws_cloudhsm_v2_hsm aws_ec2_capacity_reservation " +
			"aws_ec2_host aws_mq_broker aws_docdb_cluster_instance aws_neptune_cluster_instance " +
			"aws_memorydb_cluster aws_sagemaker_endpoint aws_vpn_connection " +
			"aws_workspaces_workspace", says: "is paid for by the hour"},
	{verdict: Money, severity: Warning, kinds: "aws_vpc_endpoint",
		says: "is paid for by the hour and zone, unless it is a gateway"},
	{verdict: Money, severity: Warning, kinds: "aws_guardduty_detector aws_securityhub_account aws_macie2_account " +
		"aws_inspector2_enabler", says: "is paid for by what it looks at"},
}

// sizes are the sizes of instances, the smallest first. A larger one costs about twice as much.
var sizes = []string{"nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "3xlarge", "4xlarge", "6xlarge",
	"8xlarge", "9xlarge", "10xlarge", "12xlarge", "16xlarge", "18xlarge", "24xlarge", "32xlarge", "48xlarge", "metal"}

// size finds a larger class of instance, and another family, which is priced otherwise.
func (r *reviewer) size(c *change) {
	if c.action != Update && c.action != Replace {
		return
	}
	for _, name := range []string{"instance_class", "node_type", "instance_type"} {
		before, after := c.before.field(name), c.after.field(name)
		if before.text() == "" || after.text() == "" || before.text() == after.text() {
			continue
		}
		f := Finding{Verdict: Money, Severity: Warning, Rule: "size", Detail: r.difference(c, pair{name, before, after}),
			Summary: name + " is of another family, which is priced otherwise"}
		family, size := class(before.text())
		otherFamily, otherSize := class(after.text())
		if family == otherFamily {
			f.Summary = name + " is larger"
		}
		if otherSize > size || family != otherFamily {
			r.find(c, f)
		}
	}
	before, after := c.before.field("instance_types"), c.after.field("instance_types")
	if gains(before, after) {
		r.find(c, Finding{Verdict: Money, Severity: Warning, Rule: "size", Summary: "instance_types has another type",
			Detail: r.difference(c, pair{"instance_types", before, after})})
	}
}

// class takes a class such as db.r8g.large apart into its family and the place of its size.
func class(name string) (family string, size int) {
	i := strings.LastIndex(name, ".")
	if i < 0 {
		return name, -1
	}
	return name[:i], slices.Index(sizes, name[i+1:])
}

// bought finds more of what was bought for good.
func (r *reviewer) bought(c *change) {
	if c.kind != "aws_rds_reserved_instance" || c.action != Update && c.action != Replace {
		return
	}
	r.find(c, Finding{Verdict: Money, Rule: "bought", Summary: inWords[c.action] + ": buys anew, and can't be undone",
		Remedy: "remove nothing that was bought; add another"})
}
