// Package database provides Aurora PostgreSQL: a writer and readers in the zones of an environment, encrypted, logged,
// and restorable to any second of the last days.
package database

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdscluster"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/nodeaccess"
)

const (
	engine = "aurora-postgresql"
	// masterUser is what AWS itself proposes. The document's `admin` is reserved (Aurora User Guide, 'Understanding
	// PostgreSQL roles and permissions'; a name is 1 to 16 letters and digits).
	masterUser = "postgres"
	port       = 5432
)

// Config is what a database needs from the rest of the system.
type Config struct {
	// Target, protected, has the cluster refuse to be deleted, and leave a last snapshot and its automated backups behind
	// when it is.
	target.Target

	Identifier string                // of the cluster: birthday-db-prod
	Settings   environments.Database // from the environment file
	// Standby is whether the data is a copy that nobody writes to: another Settings.RestoredFrom then replaces the
	// cluster, a last snapshot taken, and nothing waits for the maintenance window.
	Standby bool
	// AdvancedInsights keeps fifteen months of Database Insights, with lock trees and execution plans, for a price by
	// vCPU; else a week, free.
	AdvancedInsights bool

	// Sources are copies of snapshots that Settings.RestoredFrom may name: the cluster waits for them.
	Sources []cdktf.ITerraformDependable

	VPCID               string
	Zones               []string // eu-west-1a, …: where the instances go, one after another
	SubnetIDs           []string // data, one a zone
	NodeSecurityGroupID string   // who connects
	CallerBlocks        []string // beyond the VPC, whose people and builds may connect, too

	DataKeyARN    string // encrypts storage, snapshots and insights
	SecretsKeyARN string // encrypts the master's password
	LogKeyARN     string // encrypts log groups
}

// Output is what other modules may use.
type Output struct {
	Identifier, ARN string
	ResourceID      string   // cluster-ABC…: what IAM calls the cluster in rds-db:connect
	InstanceIDs     []string // the writer's first, as they were made: a failover swaps their roles

	Endpoint       string // the writer, whichever instance that is
	ReaderEndpoint string // the readers, or the writer where there is none
	Port           int

	MasterUser      string
	MasterSecretARN string // what RDS keeps the master's password in, and rotates

	SecurityGroupID string
	SubnetGroupName string   // where a copy of the cluster, restored to be looked at, belongs too
	LogGroupNames   []string // by reference, PostgreSQL's first: whoever reads one waits for it
	Pauses          bool     // whether the instances scale to nothing, and tell of nothing then

	// Ready is everything that a connection needs: instances and rules. The cluster alone has
	// endpoints and answers to nobody.
	Ready []cdktf.ITerraformDependable
}

// database is a database while it is built.
type database struct {
	Config
	scope   constructs.Construct
	cluster rdscluster.RdsCluster
	role    *string // of enhanced monitoring

	logGroupNames []string
}

// New declares the database under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	d := &database{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	access := nodeaccess.New(d.scope, "access", nodeaccess.Config{
		Target: d.Target, Server: "database", Description: "Aurora PostgreSQL", Port: port, VPCID: d.VPCID,
		NodeSecurityGroupID: d.NodeSecurityGroupID,
		CallerBlocks:        d.CallerBlocks,
	})
	d.makeCluster(access.SecurityGroupID)
	instances := d.instances()
	if d.Settings.MaxReaders > d.Settings.Readers {
		d.scaleReaders(instances)
	}
	if d.Settings.ReservedInstances {
		d.reserve()
	}

	output := Output{
		Identifier:      *d.cluster.ClusterIdentifier(),
		ARN:             *d.cluster.Arn(),
		ResourceID:      *d.cluster.ClusterResourceId(),
		Endpoint:        *d.cluster.Endpoint(),
		ReaderEndpoint:  *d.cluster.ReaderEndpoint(),
		Port:            port,
		MasterUser:      masterUser,
		MasterSecretARN: *d.cluster.MasterUserSecret().Get(jsii.Number(0)).SecretArn(),
		SecurityGroupID: access.SecurityGroupID,
		SubnetGroupName: *d.cluster.DbSubnetGroupName(),
		LogGroupNames:   d.logGroupNames,
		Pauses:          d.pauses(),
		Ready:           access.Rules,
	}
	for _, instance := range instances {
		output.InstanceIDs = append(output.InstanceIDs, *instance.Identifier())
		output.Ready = append(output.Ready, instance)
	}
	return output
}
