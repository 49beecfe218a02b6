package database

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	parametergroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclusterparametergroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// The ways to apply a parameter. RDS refuses `immediate` for a static one; the group is there before the first instance
// starts, so at first both are in force at once, and a later change of a static one waits for a restart.
const (
	static  = "pending-reboot"
	dynamic = "immediate"
)

// parameters are the cluster's, and so every instance's: none has a reason to differ, and there is no
// instance parameter group.
var parameters = []struct{ name, value, apply string }{
	{"rds.force_ssl", "1", static},
	{"shared_preload_libraries", "pg_stat_statements,pgaudit", static},
	// Changes of the schema or roles are logged by pgAudit, which redacts the password of a CREATE ROLE, and not by
	// log_statement (Aurora User Guide, 'Mitigating risk of password exposure').
	{"pgaudit.log", "ddl,role", dynamic},
	{"log_statement", "none", dynamic},
	{"log_min_duration_statement", "1000", dynamic}, // milliseconds
	{"log_lock_waits", "1", dynamic},
	{"log_connections", "1", dynamic},
	{"log_disconnections", "1", dynamic},
}

// parameterGroup declares the group and returns its name. The name is generated: another major version is another
// family and so another group, which stands before the cluster lets go of the old one.
func (d *database) parameterGroup() *string {
	major, _, _ := strings.Cut(d.Settings.EngineVersion, ".")
	var list []parametergroup.RdsClusterParameterGroupParameter
	for _, p := range parameters {
		list = append(list, parametergroup.RdsClusterParameterGroupParameter{
			Name: jsii.String(p.name), Value: jsii.String(p.value), ApplyMethod: jsii.String(p.apply),
		})
	}
	return parametergroup.NewRdsClusterParameterGroup(d.scope, jsii.String("parameters"),
		&parametergroup.RdsClusterParameterGroupConfig{
			NamePrefix:  jsii.String(d.Identifier + "-"),
			Family:      jsii.String(engine + major),
			Description: jsii.String("TLS only, slow statements and schema changes logged"),
			Parameter:   list,
			Lifecycle:   &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
		}).Name()
}
