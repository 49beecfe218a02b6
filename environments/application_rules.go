package environments

import (
	"slices"
	"strings"
)

// validateNames refuses names of the application and its database that AWS, PostgreSQL or the platform itself has
// taken.
func (a Application) validateNames(say report, d Database) {
	if TakenByPlatform(a.Name) {
		say("application.name", "is %q, as a part of the platform is called: its role, pipeline or address would be "+
			"that part's; choose another, for instance %s-app", a.Name, a.Name)
	}
	if strings.HasPrefix(a.Name, "pg-") {
		say("application.name", "is %q, which makes the database user %q, and PostgreSQL keeps names with pg_ to itself; "+
			"choose another", a.Name, a.identifier()+"_app")
	}
	if slices.Contains(ownDatabases, d.Name) || strings.HasPrefix(d.Name, "pg_") {
		say("database.name", "is %q, which every Aurora cluster has or keeps to itself; choose another, for instance service",
			d.Name)
	}
	if slices.Contains(reservedWords, d.Name) {
		say("database.name", "is %q, a reserved word of PostgreSQL, which RDS refuses; choose another, for instance %s_db",
			d.Name, d.Name)
	}
}

// ownDatabases are what a new cluster has by itself (Aurora User Guide, 'Understanding PostgreSQL roles and
// permissions', for rdsadmin).
var ownDatabases = []string{"postgres", "rdsadmin", "template0", "template1"}

// reservedWords can name no database: RDS CreateDBCluster, DatabaseName; PostgreSQL's documentation, appendix 'SQL Key
// Words', those that are reserved there.
var reservedWords = strings.Fields(`
	all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
	column concurrently constraint create cross current_catalog current_date current_role current_schema
	current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
	foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
	leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
	placing primary references returning right select session_user similar some symmetric system_user table
	tablesample then to trailing true union unique user using variadic verbose when where window with`)

// TakenByPlatform is whether the platform itself makes what an application of that name would make: a role or a
// pipeline, which have the environment's prefix and then the name, or a construct beside the application's. A test
// compares it with what is synthesized.
func TakenByPlatform(name string) bool {
	return slices.Contains(platformNames, strings.TrimSuffix(name, "-role")) // a workload's construct ends so
}

// platformNames are of constructs and outputs at the top of stacks, and of roles and pipelines.
var platformNames = strings.Fields(`
	addons alertmanager amazon-cloudwatch-observability aws backup backups-replication build cache certificate
	cluster cluster-autoscaler database database-bootstrap database-export database-monitoring deploy deployer
	deployer-apply deployer-plan ebs-csi encryption environment external-secrets flow-logs grafana helm kubernetes
	load-balancer-controller loadbalancer log-delivery log-subscription logs-replication network node observability
	origin pipeline promote promotion publish restore-test secrets snapshot-copies static tracing url vpc-cni zone`)
