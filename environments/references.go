package environments

import "fmt"

// The names by which one stack knows what another one makes. Stacks, and the commands that look at AWS between them,
// derive them by these functions alone.

// Partition is the part of AWS that the regions of environment files belong to.
const Partition = "aws"

// OriginSign is a sign of a region's health: an alarm on its load balancer, which a health check of Route 53 watches.
type OriginSign string

// The signs: whether any pod answers the load balancer's health check, and whether the load balancer answers with
// errors of its own.
const (
	OriginHosts  OriginSign = "hosts"
	OriginErrors OriginSign = "errors"
)

// OriginAlarmName is the name of a sign's alarm. prefix is that of the environment whose load balancer it is:
// titan-prod.
func OriginAlarmName(prefix string, sign OriginSign) string {
	return fmt.Sprintf("%s-origin-%s", prefix, sign)
}

// OriginAlarms are the alarms on the environment's load balancer that Route 53 watches: those of both signs in a pair,
// else none.
func (e Environment) OriginAlarms() []string {
	if e.DR.Role == DRNone {
		return nil
	}
	return []string{OriginAlarmName(e.Prefix(), OriginHosts), OriginAlarmName(e.Prefix(), OriginErrors)}
}

// ServingHeader is the header by which a distribution says which environment serves. A load balancer forwards requests
// for its own name only, so that a region which comes back refuses before anyone has touched it.
const ServingHeader = "X-Serving-Environment"

// Nobody is what a distribution sends while no environment serves. No environment can be called so.
const Nobody = ":nobody"

// KeyAlias is the alias of a key by its purpose. prefix is that of the stack that makes it: titan-prod,
// titan-prod-second.
func KeyAlias(prefix, purpose string) string { return "alias/" + prefix + "-" + purpose }

// OriginSecretName is the secret with a value of the origin header. prefix is that of the environment that makes it:
// titan-prod.
func OriginSecretName(prefix string, which OriginSecret) string {
	return fmt.Sprintf("%s-origin-%s", prefix, which)
}

// OriginSecrets are the secrets with the origin header that the environment's load balancer takes. A secondary's are
// its primary's.
func (e Environment) OriginSecrets() []string {
	prefix := e.Prefix()
	if e.DR.Role == DRSecondary {
		prefix = e.PrimaryPrefix()
	}
	return []string{OriginSecretName(prefix, OriginSecretA), OriginSecretName(prefix, OriginSecretB)}
}

// AWSSecretsKey is Secrets Manager's own key, which every region has.
const AWSSecretsKey = "alias/aws/secretsmanager"

// SecretReplica is a region that secrets are replicated to, and the key that encrypts them there: an alias' ARN, which
// Secrets Manager keeps as it is given, or AWSSecretsKey (API Reference, ReplicaRegionType, KmsKeyId).
type SecretReplica struct {
	Region Region
	KeyID  string
}

// SecretReplicas are where the environment's secrets are replicated: in the second region, under the key of the stack
// there.
func (e Environment) SecretReplicas() []SecretReplica {
	if e.SecondRegion == "" {
		return nil
	}
	alias := KeyAlias(e.SecondPrefix(), "secrets")
	key := fmt.Sprintf("arn:%s:kms:%s:%s:%s", Partition, e.SecondRegion, e.Account.ID, alias)
	return []SecretReplica{{e.SecondRegion, key}}
}

// OriginSecretReplicas are those of the origin header, which the distribution's stack reads in us-east-1. There it is
// under AWS's own key, because no stack before this one has a key there, and the value is no credential.
func (e Environment) OriginSecretReplicas() []SecretReplica {
	replicas := e.SecretReplicas()
	if e.Region != GlobalRegion && e.SecondRegion != GlobalRegion {
		replicas = append(replicas, SecretReplica{GlobalRegion, AWSSecretsKey})
	}
	return replicas
}

// CopyVault is the vault of the copies of the environment's backups, in its second region.
func (e Environment) CopyVault() string { return e.SecondPrefix() }

// DatabaseARN is the ARN of the environment's Aurora cluster.
func (e Environment) DatabaseARN() string {
	return fmt.Sprintf("arn:%s:rds:%s:%s:cluster:%s", Partition, e.Region, e.Account.ID, e.DatabaseName())
}

// FailbackSnapshot begins the name of a snapshot, in database.snapshots, that a failed-over primary is made from
// again.
const FailbackSnapshot = "failback-"

// CopiedSnapshots are the snapshots, by their names in RDS, that the environment copies from the other one of its
// pair, and who takes them; nil without a pair.
func (e Environment) CopiedSnapshots() (names []string, from *Peer) {
	from = e.Peers.Primary
	if from == nil {
		from = e.Peers.Secondary
	}
	if from == nil {
		return nil, nil
	}
	for _, name := range from.Database.Snapshots {
		names = append(names, from.SnapshotName(name))
	}
	return names, from
}
