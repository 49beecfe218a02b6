// Package kinds says which types of resources hold data. It needs no construct, for whoever reads plans.
package kinds

// types are the resource types whose destruction loses data, directly or because nothing else could read it.
var types = map[string]bool{
	"aws_ecr_repository": true, // what runs could not be started again
	// A cache's sessions and counters are nowhere else, and ElastiCache has no deletion protection. An Aurora instance is
	// not here: the data is the cluster's, and a reader may go.
	"aws_elasticache_cluster":           true,
	"aws_elasticache_replication_group": true,

	"aws_backup_vault":              true,
	"aws_db_cluster_snapshot":       true,
	"aws_eks_cluster":               true, // its volumes and objects go with it; provider 5.100 has no deletion_protection
	"aws_kms_key":                   true,
	"aws_rds_cluster":               true,
	"aws_rds_cluster_snapshot_copy": true,
	"aws_route53_zone":              true, // a new one has other name servers, and the parent domain points at these
	"aws_s3_bucket":                 true,
	"aws_secretsmanager_secret":     true, // a deleted one keeps its name for its recovery window, and with it whoever reads it by name waits
	"helm_release":                  true, // its volumes go with it: Prometheus'
	"kubernetes_namespace_v1":       true, // whatever is in it goes with it
}

// unprotected are the types of this project's own stacks that hold data and that nothing protects.
var unprotected = map[string]bool{
	"aws_cloudwatch_log_group":  true, // what it holds expires by itself, and nothing runs on it
	"aws_cloudwatch_log_stream": true,
}

// HoldData is whether a resource of a type is protected, and its address frozen. Of types that this project's stacks do
// not have, what an extension declares, that is every one that is not known to hold none.
func HoldData(kind string) bool { return types[kind] || MayHoldData(kind) && !unprotected[kind] }
