package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// DatabaseBootstrapName ends the name of the bootstrap Job's role.
const DatabaseBootstrapName = "database-bootstrap"

// DatabaseBootstrap is the Job that makes the application's database user: the only workload that reads the master's
// secret, beside the one whose password it sets, where there is a password.
func DatabaseBootstrap(p Scope, namespace string, secrets ...Secret) Workload {
	return Workload{
		Name:           DatabaseBootstrapName,
		Namespace:      namespace,
		ServiceAccount: "database-bootstrap",
		Statements:     p.readSecrets(secrets...),
	}
}

// ApplicationAccess is what the application logs in to by IAM; empty where it has a password, or needs no login.
type ApplicationAccess struct {
	DatabaseUserARNs []string // arn:aws:rds-db:<region>:<account>:dbuser:<cluster resource id>/<user>
	CacheARNs        []string // of the replication group and of its user: ElastiCache asks for both
}

// Application is the application, whose service account has its name. Its traces go by way of the collector, its
// secrets by way of external-secrets.
func Application(name, namespace string, access ApplicationAccess) Workload {
	var statements []iampolicy.Statement
	if len(access.DatabaseUserARNs) > 0 {
		statements = append(statements, allow("LogInToDatabase", access.DatabaseUserARNs, "rds-db:connect"))
	}
	if len(access.CacheARNs) > 0 {
		statements = append(statements, allow("LogInToCache", access.CacheARNs, "elasticache:Connect"))
	}
	return Workload{
		Name:           name,
		Namespace:      namespace,
		ServiceAccount: name,
		Statements:     statements,
	}
}
