package tests

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// theDatabase is a stack's Aurora cluster.
func theDatabase(t *testing.T, stack Stack) Block {
	t.Helper()
	return stack.Resource(t, "aws_rds_cluster", "database/aurora")
}

// The document's cluster has no instance at all: storage that nobody can connect to.
func TestDatabaseHasAWriterAndReadersInTheirZones(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		instances := stack.Resources("aws_rds_cluster_instance")
		if len(instances) != 1+environment.Database.Readers {
			t.Errorf("%d instances, want a writer and %d readers", len(instances), environment.Database.Readers)
		}
		zones := map[any]bool{}
		for _, instance := range instances {
			zones[instance.At("availability_zone")] = true
			instance.WantReference(t, "cluster_identifier", theDatabase(t, stack))
			instance.WantValue(t, "instance_class", environment.Database.InstanceClass)
			instance.WantValue(t, "publicly_accessible", false)
		}
		if environment.IsProduction() && len(zones) != 3 {
			t.Errorf("production's instances are in %d zones, want 3: %v", len(zones), zones)
		}
	})
}

// RDS makes the first instance of a cluster its writer, whatever Terraform calls it.
func TestWriterIsMadeFirstAndPromotedFirst(t *testing.T) {
	stack := stack(t, "prod")
	writer := stack.Resource(t, "aws_rds_cluster_instance", "database/writer")
	writer.WantValue(t, "identifier", "birthday-db-prod-0")
	writer.WantValue(t, "promotion_tier", 0)
	writer.WantValue(t, "availability_zone", "eu-west-1a")
	writer.WantAbsent(t, "depends_on")
	for n, zone := range []string{"eu-west-1b", "eu-west-1c"} {
		reader := stack.Resource(t, "aws_rds_cluster_instance", fmt.Sprintf("database/reader-%d", n+1))
		reader.WantValue(t, "identifier", fmt.Sprintf("birthday-db-prod-%d", n+1))
		reader.WantValue(t, "promotion_tier", n+1)
		reader.WantValue(t, "availability_zone", zone)
		reader.WantValue(t, "depends_on", []string{writer.Address})
	}
}

// A list of zones that is not RDS's own three replaces the cluster.
func TestDatabaseLeavesZonesToRDS(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		theDatabase(t, stack).WantAbsent(t, "availability_zones")
		group := stack.Resource(t, "aws_db_subnet_group", "database/subnets")
		theDatabase(t, stack).WantReference(t, "db_subnet_group_name", group)
		inDataSubnets(t, group)
	})
}

// inDataSubnets fails unless a subnet group is the three data subnets.
func inDataSubnets(t *testing.T, group Block) {
	t.Helper()
	subnets, _ := group.At("subnet_ids").([]any)
	if len(subnets) != 3 {
		t.Errorf("%s has %d subnets, want one in each of three zones", group.Address, len(subnets))
	}
	for _, subnet := range subnets {
		if !strings.Contains(fmt.Sprint(subnet), "${aws_subnet.network_data-") {
			t.Errorf("%s: %v is no data subnet", group.Address, subnet)
		}
	}
}

// The document's master is `admin`, which aurora-postgresql reserves, with its password in clear.
func TestMasterHasALegalNameAndNoPasswordHere(t *testing.T) {
	reserved := []string{"admin", "rdsadmin", "rdsrepladmin", "rdstopmgr", "rds_superuser"}
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		cluster := theDatabase(t, stack)
		name, _ := cluster.At("master_username").(string)
		if slices.Contains(reserved, name) || !regexp.MustCompile(`^[a-z][a-z0-9]{0,15}$`).MatchString(name) {
			t.Errorf("master %q: reserved, or no name for RDS", name)
		}
		cluster.WantValue(t, "manage_master_user_password", true)
		cluster.WantReference(t, "master_user_secret_kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/secrets_kms"))
		for _, password := range []string{"master_password", "master_password_wo"} {
			cluster.WantAbsent(t, password)
		}
	})
}

// RDS manages no master's password in a global database.
func TestDatabaseIsInNoGlobalDatabase(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		theDatabase(t, stack).WantAbsent(t, "global_cluster_identifier")
		if global := stack.Resources("aws_rds_global_cluster"); len(global) > 0 {
			t.Errorf("%s beside a password that RDS manages", global[0].Address)
		}
	})
}

func TestDatabaseIsEncryptedByOurKey(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster, key := theDatabase(t, stack), stack.Resource(t, "aws_kms_key", "encryption/app_kms")
		cluster.WantValue(t, "cluster_identifier", environment.DatabaseName())
		cluster.WantValue(t, "storage_encrypted", true)
		cluster.WantReference(t, "kms_key_id", key)
		for _, block := range append(stack.Resources("aws_rds_cluster_instance"), cluster) {
			block.WantReference(t, "performance_insights_kms_key_id", key)
		}
		cluster.WantValue(t, "iam_database_authentication_enabled", true)
		for _, instance := range stack.Resources("aws_rds_cluster_instance") {
			instance.WantValue(t, "ca_cert_identifier", "rds-ca-rsa2048-g1")
		}
	})
}

// rds.force_ssl is off by default before version 17.
func TestDatabaseTakesTLSOnlyAndLogsWhatMatters(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_rds_cluster_parameter_group", "database/parameters")
		theDatabase(t, stack).WantReference(t, "db_cluster_parameter_group_name", group)
		major, _, _ := strings.Cut(environment.Database.EngineVersion, ".")
		group.WantValue(t, "family", "aurora-postgresql"+major)
		group.WantAbsent(t, "name") // two of one name can't stand beside each other, as another family needs
		group.WantValue(t, "lifecycle.create_before_destroy", true)
		values := parametersOf(group)
		for name, want := range map[string]string{
			"rds.force_ssl": "1", "log_min_duration_statement": "1000", "log_lock_waits": "1", "log_connections": "1",
			"shared_preload_libraries": "pg_stat_statements,pgaudit", "pgaudit.log": "ddl,role",
		} {
			if values[name].value != want {
				t.Errorf("%s is %q, want %q", name, values[name].value, want)
			}
		}
	})
}

// RDS refuses `immediate` for a static parameter, and plan does not see it.
func TestStaticParametersWaitForARestart(t *testing.T) {
	for name, parameter := range parametersOf(stack(t, "prod").
		Resource(t, "aws_rds_cluster_parameter_group", "database/parameters")) {
		want := "immediate"
		if name == "rds.force_ssl" || name == "shared_preload_libraries" {
			want = "pending-reboot"
		}
		if parameter.apply != want {
			t.Errorf("%s is applied %q, want %q", name, parameter.apply, want)
		}
	}
}

// With log_statement at ddl, the password in a CREATE ROLE would be in CloudWatch in clear text.
func TestNoPasswordIsLogged(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		values := parametersOf(stack.Resource(t, "aws_rds_cluster_parameter_group", "database/parameters"))
		if values["log_statement"].value != "none" {
			t.Errorf("log_statement is %q: it logs passwords, pgAudit does not", values["log_statement"].value)
		}
	})
}

type parameter struct{ value, apply string }

// parametersOf are the parameters of a parameter group by name.
func parametersOf(group Block) map[string]parameter {
	values := map[string]parameter{}
	for i := range synth.List(group.At("parameter")) {
		value := func(key string) string {
			text, _ := group.At(fmt.Sprintf("parameter.%d.%s", i, key)).(string)
			return text
		}
		values[value("name")] = parameter{value("value"), value("apply_method")}
	}
	return values
}

// RDS makes the groups itself where they are missing, kept for ever and without a key.
func TestDatabaseLogGroupsAreMadeBeforeTheirWriter(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster := theDatabase(t, stack)
		exports := synth.List(cluster.At("enabled_cloudwatch_logs_exports"))
		if !contains(exports, "postgresql") || !contains(exports, "iam-db-auth-error") {
			t.Errorf("exports %v", exports)
		}
		depends := synth.List(cluster.At("depends_on"))
		for _, log := range exports {
			group := stack.Resource(t, "aws_cloudwatch_log_group", fmt.Sprintf("database/logs-%v", log))
			group.WantValue(t, "name", fmt.Sprintf("/aws/rds/cluster/%s/%v", environment.DatabaseName(), log))
			group.WantValue(t, "retention_in_days", environment.Observability.LogDays)
			group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/logs_kms"))
			if !contains(depends, group.Address) {
				t.Errorf("the cluster does not wait for %s", group.Address)
			}
		}
	})
}

// Advanced insights take 465 days and nothing less, and every instance must have what the cluster has.
func TestInsightsModeAndRetentionAgree(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster := theDatabase(t, stack)
		mode, days := "standard", 7
		if environment.IsProduction() {
			mode, days = "advanced", 465
		}
		cluster.WantValue(t, "database_insights_mode", mode)
		for _, block := range append(stack.Resources("aws_rds_cluster_instance"), cluster) {
			block.WantValue(t, "performance_insights_enabled", true)
			block.WantValue(t, "performance_insights_retention_period", days)
			block.WantValue(t, "monitoring_interval", 60)
			block.WantReference(t, "monitoring_role_arn", stack.Resource(t, "aws_iam_role", "database/monitoring_role"))
		}
	})
}

// Autoscaling's readers are called application-autoscaling-<uuid>: a trust in instances of our own names would
// keep them from being made.
func TestMonitoringRoleServesThisAccountAndAutoscaledReaders(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		role := stack.Resource(t, "aws_iam_role", "database/monitoring_role")
		trust := policyIn(t, role, "assume_role_policy").statement(t, "EnhancedMonitoring")
		trust.WantValue(t, "Principal.Service", "monitoring.rds.amazonaws.com")
		trust.WantValue(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": environment.Account.ID})
		instances := fmt.Sprintf("arn:aws:rds:%s:%s:db:*", environment.Region, environment.Account.ID)
		if sources := synth.List(trust.At("Condition.ArnLike.aws:SourceArn")); !contains(sources, instances) {
			t.Errorf("sources %v, want %s among them", sources, instances)
		}
		policy := stack.Resource(t, "aws_iam_role_policy", "database/monitoring_role_policy")
		for _, statement := range policyIn(t, policy, "policy").Statements {
			for _, resource := range synth.List(statement.At("Resource")) {
				if !strings.Contains(fmt.Sprint(resource), ":"+environment.Account.ID+":log-group:RDSOSMetrics") {
					t.Errorf("%s reaches %v", statement.Address, resource)
				}
			}
		}
	})
}

func TestDatabaseIsRestorableAndProtectedAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster, protected := theDatabase(t, stack), environment.Protected()
		cluster.WantValue(t, "backup_retention_period", environment.Database.RetentionDays)
		cluster.WantValue(t, "copy_tags_to_snapshot", true)
		cluster.WantValue(t, "deletion_protection", protected && !environment.Standby())
		cluster.WantValue(t, "skip_final_snapshot", !protected)
		cluster.WantValue(t, "delete_automated_backups", !protected)
		if !protected {
			cluster.WantAbsent(t, "lifecycle.prevent_destroy")
			cluster.WantAbsent(t, "final_snapshot_identifier")
			return
		}
		if environment.Standby() {
			cluster.WantAbsent(t, "lifecycle.prevent_destroy")
		} else {
			cluster.WantValue(t, "lifecycle.prevent_destroy", true)
		}
		namesItsFinalSnapshotOnce(t, stack, cluster, "database/final-snapshot", environment.DatabaseName())
	})
}

// Failover restores: a standby's database follows its snapshot and can be replaced, one that serves does neither.
func TestOnlyAStandbysDatabaseIsReplacedByAnotherSnapshot(t *testing.T) {
	for name, c := range map[string]struct {
		environment string
		change      func(*environments.Environment)
		replaced    bool
	}{
		"a secondary that waits":         {"prod-dr", func(*environments.Environment) {}, true},
		"a secondary that serves":        {"prod-dr", func(e *environments.Environment) { e.DR.Active = true }, false},
		"a primary":                      {"prod", func(*environments.Environment) {}, false},
		"a primary that is fenced":       {"prod", func(e *environments.Environment) { e.DR.Fenced = true }, true},
		"an environment without a stand": {"staging", func(*environments.Environment) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			stack := variant(t, c.environment, func(e *environments.Environment) {
				c.change(e)
				e.Database.RestoredFrom = "arn:aws:rds:eu-west-1:333333333333:cluster-snapshot:s"
			})
			cluster := theDatabase(t, stack)
			cluster.WantValue(t, "snapshot_identifier", "arn:aws:rds:eu-west-1:333333333333:cluster-snapshot:s")
			cluster.WantValue(t, "skip_final_snapshot", false)
			cluster.WantValue(t, "deletion_protection", !c.replaced)
			cluster.WantValue(t, "apply_immediately", c.replaced) // what the restore leaves out is wanted before the traffic
			if ignored := contains(synth.List(cluster.At("lifecycle.ignore_changes")), "snapshot_identifier"); ignored == c.replaced {
				t.Errorf("another snapshot is ignored: %v", ignored)
			}
			// The one that is replaced leaves a snapshot of its own name behind.
			stack.Resource(t, "terraform_data", "database/final-snapshot").
				WantValue(t, "triggers_replace", map[string]string{
					"origin": "arn:aws:rds:eu-west-1:333333333333:cluster-snapshot:s",
				})
		})
	}
}

// namesItsFinalSnapshotOnce fails unless a final snapshot's name holds a time that is read once: a constant would be
// taken the second time, and a time that every plan reads would never plan clean.
func namesItsFinalSnapshotOnce(t *testing.T, stack Stack, block Block, path, identifier string) {
	t.Helper()
	made := stack.Resource(t, "terraform_data", path)
	made.WantValue(t, "input", map[string]string{"made": "${timestamp()}"})
	made.WantValue(t, "lifecycle.ignore_changes", []string{"input"})
	want := fmt.Sprintf(`%s-final-${formatdate("YYYYMMDDhhmmss", %s.output.made)}`, identifier, made.Address)
	block.WantValue(t, "final_snapshot_identifier", want)
}

// RDS and ElastiCache refuse windows that overlap, and the two should not restart at once.
func TestWindowsAreApart(t *testing.T) {
	cluster := theDatabase(t, stack(t, "prod"))
	cache := stack(t, "prod").Resource(t, "aws_elasticache_replication_group", "cache/cache")
	ends, _ := time.Parse("15:04", "00:00") // a constant
	for _, window := range []any{
		cluster.At("preferred_backup_window"), cache.At("snapshot_window"), cluster.At("preferred_maintenance_window"),
		cache.At("maintenance_window"),
	} {
		text := strings.ReplaceAll(fmt.Sprint(window), "sun:", "")
		begin, errBegin := time.Parse("15:04", text[:5])
		end, errEnd := time.Parse("15:04", text[6:])
		if errBegin != nil || errEnd != nil || begin.Before(ends) || end.Sub(begin) < 30*time.Minute {
			t.Errorf("window %v begins before %s, or is shorter than half an hour", window, ends.Format("15:04"))
		}
		ends = end
	}
}

// The version is the file's: were RDS to move on, the next plan would be a downgrade, which it refuses.
func TestUpgradesAreChosen(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster := theDatabase(t, stack)
		cluster.WantValue(t, "engine", "aurora-postgresql")
		cluster.WantValue(t, "engine_version", environment.Database.EngineVersion)
		cluster.WantValue(t, "allow_major_version_upgrade", false)
		cluster.WantValue(t, "engine_lifecycle_support", "open-source-rds-extended-support-disabled")
		cluster.WantValue(t, "apply_immediately", !environment.Protected() || environment.Standby())
		for _, instance := range stack.Resources("aws_rds_cluster_instance") {
			instance.WantValue(t, "auto_minor_version_upgrade", false)
		}
	})
}

func TestServerlessHasItsCapacityAndOthersHaveNone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		cluster := theDatabase(t, stack)
		if environment.Database.InstanceClass != "db.serverless" {
			cluster.WantAbsent(t, "serverlessv2_scaling_configuration")
			return
		}
		cluster.WantValue(t, "serverlessv2_scaling_configuration", map[string]float64{
			"min_capacity": environment.Database.MinCapacity, "max_capacity": environment.Database.MaxCapacity,
		})
	})
	pausing := variant(t, "dev", func(e *environments.Environment) { e.Database.MinCapacity = 0 })
	if exports := synth.List(theDatabase(t, pausing).At("enabled_cloudwatch_logs_exports")); !contains(exports,
		"instance") {
		t.Errorf("a database that pauses does not say what keeps it from it: %v", exports)
	}
	pausing.Resource(t, "aws_cloudwatch_log_group", "database/logs-instance")
}

// Any change of snapshot_identifier replaces the cluster, and so its data.
func TestWhereADatabaseCameFromIsIgnoredAfterwards(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if from := environment.Database.RestoredFrom; from != "" {
			theDatabase(t, stack).WantValue(t, "snapshot_identifier", from)
			return
		}
		theDatabase(t, stack).WantAbsent(t, "snapshot_identifier")
		theDatabase(t, stack).WantValue(t, "lifecycle.ignore_changes", []string{"snapshot_identifier"})
	})
}

func TestReadersScaleBetweenTheFilesNumbers(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Database.MaxReaders == environment.Database.Readers {
			if targets := stack.Resources("aws_appautoscaling_target"); len(targets) > 0 {
				t.Errorf("%s, and there is nothing to scale", targets[0].Address)
			}
			return
		}
		target := stack.Resource(t, "aws_appautoscaling_target", "database/readers")
		target.WantValue(t, "service_namespace", "rds")
		target.WantValue(t, "scalable_dimension", "rds:cluster:ReadReplicaCount")
		target.WantValue(t, "resource_id", fmt.Sprintf("cluster:${%s.cluster_identifier}", theDatabase(t, stack).Address))
		target.WantValue(t, "min_capacity", environment.Database.Readers)
		target.WantValue(t, "max_capacity", environment.Database.MaxReaders)
		// Before the declared readers it would make its own, which no destroy knows of.
		if depends := synth.List(target.At("depends_on")); len(depends) != 1+environment.Database.Readers {
			t.Errorf("waits for %v, want every instance", depends)
		}
		policy := stack.Resource(t, "aws_appautoscaling_policy", "database/readers-cpu")
		// Left registered while another cluster takes the place of this one, the target would fill that
		// with readers of its own.
		for _, block := range []Block{target, policy} {
			block.WantValue(t, "lifecycle.replace_triggered_by", []string{
				theDatabase(t, stack).Address + ".cluster_resource_id",
			})
		}
		policy.WantValue(t, "policy_type", "TargetTrackingScaling")
		policy.WantValue(t,
			"target_tracking_scaling_policy_configuration.predefined_metric_specification.predefined_metric_type",
			"RDSReaderAverageCPUUtilization")
		if aim, _ := policy.At("target_tracking_scaling_policy_configuration.target_value").(float64); int(aim) >= environment.Observability.Thresholds.CPUPercent {
			t.Errorf("autoscaling aims at %v %%, and the alarm rings at %d %%",
				aim, environment.Observability.Thresholds.CPUPercent)
		}
	})
}

// Buying cannot be undone, and a second purchase neither.
func TestInstancesAreReservedOnceAndOnlyOnRequest(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		if reserved := stack.Resources("aws_rds_reserved_instance"); len(reserved) > 0 {
			t.Errorf("%s was not asked for", reserved[0].Address)
		}
	})
	stack := variant(t, "prod", func(e *environments.Environment) { e.Database.ReservedInstances = true })
	offering := stack.Block(t, "data", "aws_rds_reserved_instance_offering", "database/offering")
	offering.WantValue(t, "product_description", "aurora-postgresql")
	offering.WantValue(t, "db_instance_class", "db.r8g.large")
	offering.WantValue(t, "duration", 31536000)
	offering.WantValue(t, "multi_az", false)
	reserved := stack.Resource(t, "aws_rds_reserved_instance", "database/reserved")
	reserved.WantValue(t, "instance_count", 3)
	reserved.WantValue(t, "offering_id", "${data."+offering.Address+".offering_id}")
	reserved.WantValue(t, "lifecycle.ignore_changes", []string{"offering_id", "instance_count"})
}

// Nodes connect, nobody else, and the servers call nobody.
func TestOnlyNodesReachTheDataTier(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		nodes := stack.Resource(t, "aws_security_group", "cluster/nodes")
		for module, want := range map[string]struct {
			server Block
			groups string
			port   int
		}{
			"database": {theDatabase(t, stack), "vpc_security_group_ids", 5432},
			"cache":    {theCache(t, stack), "security_group_ids", 6379},
		} {
			group := stack.Resource(t, "aws_security_group", module+"/access/group")
			group.WantValue(t, "lifecycle.create_before_destroy", true)
			want.server.WantValue(t, want.groups, []string{"${" + group.Address + ".id}"})
			in, out := rulesOf(stack, "aws_vpc_security_group_ingress_rule", group),
				rulesOf(stack, "aws_vpc_security_group_egress_rule", group)
			if len(in) != 1 || len(out) != 0 {
				t.Fatalf("%s: %d rules in, %d out, want one in, for nodes", module, len(in), len(out))
			}
			out = rulesTo(stack, group)
			if len(out) != 1 {
				t.Fatalf("%s: %d rules let somebody call it, want the nodes' one", module, len(out))
			}
			in[0].WantReference(t, "referenced_security_group_id", nodes)
			out[0].WantReference(t, "security_group_id", nodes)
			for _, rule := range append(in, out...) {
				rule.WantValue(t, "ip_protocol", "tcp")
				rule.WantValue(t, "from_port", want.port)
				rule.WantValue(t, "to_port", want.port)
				if rule.At("description") == nil {
					t.Errorf("%s says nothing", rule.Address)
				}
			}
		}
	})
}

// rulesOf are the rules of a security group.
func rulesOf(stack Stack, kind string, group Block) []Block {
	return slices.DeleteFunc(stack.Resources(kind), func(rule Block) bool {
		return rule.At("security_group_id") != "${"+group.Address+".id}"
	})
}

// rulesTo are the egress rules of others that name a security group.
func rulesTo(stack Stack, group Block) []Block {
	return slices.DeleteFunc(stack.Resources("aws_vpc_security_group_egress_rule"), func(rule Block) bool {
		return rule.At("referenced_security_group_id") != "${"+group.Address+".id}"
	})
}
