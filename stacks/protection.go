package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// stateful are the resource types whose destruction loses data, directly or because nothing else could read it.
var stateful = map[string]bool{
	"aws_ecr_repository": true, // what runs could not be started again
	// A cache's sessions and counters are nowhere else, and ElastiCache has no deletion protection. An Aurora instance is not here: the data is
	// the cluster's, and a reader may go.
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

// Stateful is whether destroying a resource of a type loses data. Their addresses are frozen (tests/golden/stateful).
func Stateful(kind string) bool { return stateful[kind] }

// protect gives everything in a stack that holds data `prevent_destroy` where it is protected, but for the database of a standby. Terraform takes
// only a literal there, so taking it off is a change of the file and an apply of its own, before anything can be destroyed. It holds what the
// JSON has: a resource whose block is gone is destroyed without a question, unless the service itself refuses.
func protect(stack cdktf.TerraformStack, protected, standby bool) {
	if protected {
		cdktf.Aspects_Of(stack).Add(&protection{standby: standby})
	}
}

type protection struct {
	standby bool // whether the database is a copy, which the next restore replaces
}

// Visit implements cdktf.IAspect.
func (p *protection) Visit(node constructs.IConstruct) {
	resource, ok := node.(cdktf.TerraformResource)
	if !ok || p.standby && *resource.TerraformResourceType() == "aws_rds_cluster" {
		return
	}
	if stateful[*resource.TerraformResourceType()] {
		resource.AddOverride(jsii.String("lifecycle.prevent_destroy"), true)
	}
}
