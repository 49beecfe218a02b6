package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// alarmNamed is a stack's metric alarm by what follows the stack's prefix in its name.
func alarmNamed(t *testing.T, stack Stack, id string) Block {
	t.Helper()
	for _, alarm := range stack.Resources("aws_cloudwatch_metric_alarm") {
		if alarm.At("alarm_name") == prefixOf(t, stack)+"-"+id {
			return alarm
		}
	}
	t.Fatalf("%s has no alarm %s", stack.Name, id)
	return Block{}
}

var runbookIn = regexp.MustCompile(`Runbook: (docs/runbooks/[a-z]+\.md)(?:#([a-z-]+))?`)

// Whoever is woken reads the description: it has to lead somewhere.
func TestEveryAlarmLeadsToItsRunbook(t *testing.T) {
	sections := map[string]bool{} // of docs/runbooks/alarms.md, and whether an alarm leads there
	content, err := os.ReadFile(filepath.Join("..", "docs", "runbooks", "alarms.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, heading := range regexp.MustCompile(`(?m)^## ([a-z-]+)$`).FindAllStringSubmatch(string(content), -1) {
		sections[heading[1]] = false
	}
	first, _ := accountModules(t, true) // what an account may ask for, beside what the committed ones do
	all := []Stack{first, variants(t, "prod", func(e *environments.Environment) { e.DNS.DNSSEC = true })["prod.global"]}
	for _, name := range stackNames() {
		all = append(all, stack(t, name))
	}
	for _, stack := range all {
		for kind, attribute := range map[string]string{
			"aws_cloudwatch_metric_alarm":    "alarm_description",
			"aws_cloudwatch_composite_alarm": "alarm_description",
			"aws_cloudwatch_event_rule":      "description",
		} {
			for _, alarm := range stack.Resources(kind) {
				m := runbookIn.FindStringSubmatch(fmt.Sprint(alarm.At(attribute)))
				if m == nil {
					t.Errorf("%s: %s names no runbook: %v", stack.Name, alarm.Address, alarm.At(attribute))
					continue
				}
				if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
					t.Errorf("%s: %s: %v", stack.Name, alarm.Address, err)
				}
				if m[1] != "docs/runbooks/alarms.md" {
					continue
				}
				if _, ok := sections[m[2]]; !ok {
					t.Errorf("%s: %s leads to a section %q that alarms.md does not have", stack.Name, alarm.Address, m[2])
				}
				sections[m[2]] = true
			}
		}
		if len(stack.Resources("aws_budgets_budget")) > 0 {
			sections["budget"] = true // a budget has no description
		}
	}
	for section, used := range sections {
		if !used {
			t.Errorf("no alarm leads to the section %q of alarms.md", section)
		}
	}
}

// An alarm tells a topic of its own stack, or is a cause of one that does, or one that a health check of Route 53 goes
// by.
func TestEveryAlarmIsHeard(t *testing.T) {
	eachDashboard(t, func(t *testing.T, environment environments.Environment, declared Stack) {
		var causes string
		for _, composite := range declared.Resources("aws_cloudwatch_composite_alarm") {
			causes += fmt.Sprint(composite.At("alarm_rule"))
		}
		checked := map[any]bool{} // names of alarms in this region
		for _, check := range stackOf(t, environment, order.Global).Resources("aws_route53_health_check") {
			if check.At("cloudwatch_alarm_region") == string(tabled(t, declared.Name).Region) {
				checked[check.At("cloudwatch_alarm_name")] = true
			}
		}
		arn := fmt.Sprintf("${%s.arn}", declared.Resource(t, "aws_sns_topic", "observability/operations").Address)
		for _, alarm := range alarmsOf(declared) {
			isCause := strings.Contains(causes, "${"+alarm.Address+".") || checked[alarm.At("alarm_name")]
			if alarm.At("alarm_actions") == nil && isCause {
				continue
			}
			alarm.WantValue(t, "alarm_actions", []string{arn})
			alarm.WantValue(t, "ok_actions", []string{arn})
		}
	})
}

// 'Composite alarms combine alarms of their own region and account only.'
func TestServiceDownLooksAtItsOwnRegion(t *testing.T) {
	eachDashboard(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		composites, want := stack.Resources("aws_cloudwatch_composite_alarm"), 1
		isWatched := environment.Edge.Enabled || environment.DR.Role != environments.DRNone
		if tabled(t, stack.Name).Kind == order.Global && !isWatched {
			want = 0
		}
		if len(composites) != want {
			t.Errorf("%d composite alarms, want %d: one where it runs, one where its users come in", len(composites), want)
		}
		for _, composite := range composites {
			causes := regexp.MustCompile(`ALARM\("\$\{([^}]+)\.alarm_name\}"\)`).
				FindAllStringSubmatch(fmt.Sprint(composite.At("alarm_rule")), -1)
			if len(causes) != strings.Count(fmt.Sprint(composite.At("alarm_rule")), "ALARM(") || len(causes) == 0 {
				t.Errorf("%s has causes that are not of its stack: %v", composite.Address, composite.At("alarm_rule"))
			}
			for _, cause := range causes {
				kind, id, _ := strings.Cut(cause[1], ".")
				if synth.Object(stack.Root, "resource", kind, id) == nil {
					t.Errorf("%s looks at %s, which is not there", composite.Address, cause[1])
				}
			}
		}
	})
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		rule := fmt.Sprint(stack.Resource(t, "aws_cloudwatch_composite_alarm", "observability/service-down").At("alarm_rule"))
		for _, cause := range []string{"load-balancer-hosts", "load-balancer-outage", "database-writer"} {
			if !strings.Contains(rule, alarmNamed(t, stack, cause).Address) {
				t.Errorf("the service is not down when %s rings: %s", cause, rule)
			}
		}
	})
}

func TestThresholdsAreTheFiles(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		th := environment.Observability.Thresholds
		want := map[string]int{
			"load-balancer-errors":  th.ErrorPercent,
			"load-balancer-outage":  th.OutagePercent,
			"load-balancer-latency": th.LatencyMilliseconds,
			"nodes-cpu":             th.CPUPercent, "nodes-memory": th.MemoryPercent, "nodes-disk": th.DiskPercent,
			"database-cpu":         th.CPUPercent,
			"database-memory":      th.DatabaseMemoryMiB * 1024 * 1024,
			"database-connections": th.DatabaseConnections,
			"cache-engine-cpu-001": th.CPUPercent,
			"cache-cpu-001":        th.CPUPercent,
			"cache-memory-001":     th.MemoryPercent,
			"cache-evictions-001":  th.CacheEvictions,
			"application-errors":   th.ApplicationErrors, "database-errors": th.DatabaseErrors, "denied-calls": th.DeniedCalls,
			"certificate-regional": th.CertificateDays,
		}
		if environment.Database.MaxReaders > 0 {
			want["database-readers-cpu"], want["database-lag"] = th.CPUPercent, th.ReplicaLagMilliseconds
		}
		if environment.Cache.Mode == environments.CacheReplicated {
			want["cache-lag-001"] = th.CacheLagSeconds
		}
		for id, threshold := range want {
			alarmNamed(t, stack, id).WantValue(t, "threshold", threshold)
		}
	})
	eachEdge(t, func(t *testing.T, environment environments.Environment, stack Stack, _ Block) {
		th := environment.Observability.Thresholds
		alarmNamed(t, stack, "edge-errors").WantValue(t, "threshold", th.ErrorPercent)
		alarmNamed(t, stack, "edge-outage").WantValue(t, "threshold", th.OutagePercent)
		alarmNamed(t, stack, "certificate-edge").WantValue(t, "threshold", th.CertificateDays)
	})
	other := variant(t, "dev", func(e *environments.Environment) { e.Observability.Thresholds.CPUPercent = 42 })
	alarmNamed(t, other, "nodes-cpu").WantValue(t, "threshold", 42)
}

// What a period without data means is the alarm's to say: by default it means nothing, and what is gone does not ring.
func TestSilenceMeansWhatItShould(t *testing.T) {
	prod, global := stack(t, "prod"), stack(t, "prod.global")
	for id, missing := range map[string]string{
		"load-balancer-hosts":  "breaching",    // no target at all
		"load-balancer-errors": "notBreaching", // no request
		"nodes-failed":         "breaching",    // Container Insights is gone
		"database-writer":      "breaching",    // no instance
		"cache-engine-cpu-001": "breaching",    // no node
		"cache-lag-001":        "notBreaching", // the primary has no lag
		"certificate-regional": "ignore",       // it comes twice a day, and not once it has ended
	} {
		alarmNamed(t, prod, id).WantValue(t, "treat_missing_data", missing)
	}
	// Route 53 always tells; else CloudWatch is in trouble.
	alarmNamed(t, global, "region-health").WantValue(t, "treat_missing_data", "missing")
	alarmNamed(t, global, "edge-errors").WantValue(t, "treat_missing_data", "notBreaching") // no request
	for _, name := range stackNames() {
		for _, alarm := range stack(t, name).Resources("aws_cloudwatch_metric_alarm") {
			if alarm.At("treat_missing_data") == nil {
				t.Errorf("%s does not say what silence means", alarm.Address)
			}
		}
	}
	// A database that scales to nothing is silent then.
	paused := variant(t, "dev", func(e *environments.Environment) { e.Database.MinCapacity = 0 })
	for _, alarm := range paused.Resources("aws_cloudwatch_metric_alarm") {
		if strings.HasSuffix(fmt.Sprint(alarm.At("alarm_name")), "-database-writer") {
			t.Errorf("%s rings whenever the database sleeps", alarm.Address)
		}
	}
}

// RequestCount leaves out what the load balancer answered without a target: without it, an outage of all
// pods is a share of nothing.
func TestErrorShareCountsRequestsThatFoundNoPod(t *testing.T) {
	alarm := alarmNamed(t, stack(t, "prod"), "load-balancer-outage")
	alarm.WantValue(t, "metric_query.0.expression", "100 * SUM([failed, refused]) / SUM([requests, refused])")
	for i, metric := range []string{"HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "RequestCount"} {
		alarm.WantValue(t, fmt.Sprintf("metric_query.%d.metric.metric_name", i+1), metric)
		alarm.WantValue(t, fmt.Sprintf("metric_query.%d.metric.stat", i+1), "Sum")
	}
}

// 'Alarms for auto-scaling triggers': those that act are Application Auto Scaling's own, behind the policy; ours tell
// that scaling did not help, and change nothing's size.
func TestAutoscalingTriggersRingAndOneOwnerActs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		triggers := []string{"nodes-cpu", "nodes-memory", "pods-pending"}
		if environment.Database.MaxReaders > environment.Database.Readers {
			triggers = append(triggers, "database-readers-cpu")
			policy := stack.Resource(t, "aws_appautoscaling_policy", "database/readers-cpu")
			policy.WantValue(t, "policy_type", "TargetTrackingScaling")
			target, _ := policy.At("target_tracking_scaling_policy_configuration.target_value").(float64)
			if alarm := alarmNamed(t, stack, "database-readers-cpu"); alarm.At("threshold").(float64) <= target {
				t.Errorf("the alarm rings at %v %%, before autoscaling acts at %v %%", alarm.At("threshold"), target)
			}
		}
		for _, id := range triggers {
			for _, action := range synth.List(alarmNamed(t, stack, id).At("alarm_actions")) {
				if !strings.HasPrefix(fmt.Sprint(action), "${aws_sns_topic.") {
					t.Errorf("%s acts on %v: the autoscaler would undo it", id, action)
				}
			}
		}
		alarmNamed(t, stack, "nodes-most").WantValue(t, "threshold", environment.Cluster.MaxNodes(3))
	})
}

// A standby's health check is bad by design. CloudWatch deletes no alarm that a composite one names, so the alarm
// stays, and never rings.
func TestAStandbysHealthNeverRings(t *testing.T) {
	active := variants(t, "prod-dr", func(e *environments.Environment) { e.DR.Active = true })
	fenced := variants(t, "prod", func(e *environments.Environment) { e.DR.Fenced = true })
	for name, c := range map[string]struct {
		stack     Stack
		threshold float64
	}{
		"a secondary that waits":   {stack(t, "prod-dr.global"), 0},
		"a secondary that serves":  {active["prod-dr.global"], 1},
		"a primary":                {stack(t, "prod.global"), 1},
		"a primary that is fenced": {fenced["prod.global"], 0},
	} {
		alarm := c.stack.Resource(t, "aws_cloudwatch_metric_alarm", "observability/region-health")
		alarm.WantValue(t, "comparison_operator", "LessThanThreshold")
		if alarm.WantValue(t, "threshold", c.threshold); t.Failed() {
			t.Fatal(name)
		}
		rule := fmt.Sprint(c.stack.Resource(t, "aws_cloudwatch_composite_alarm", "observability/service-down-for-users").
			At("alarm_rule"))
		if !strings.Contains(rule, alarm.Address) {
			t.Errorf("%s: users' service is down by %s, whatever %s says", name, rule, alarm.Address)
		}
	}
}

// Which events each rule matches is held against AWS's samples by TestEveryEventPatternMatchesWhatItIsFor; here, that
// somebody hears of them.
func TestFailedBackupsCopiesAndRestoreTestsAreTold(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		told := []string{"backup-failed", "restore-test-failed"}
		if environment.SecondRegion != "" && !environment.Standby() {
			told = append(told, "copy-failed")
		}
		for _, id := range told {
			rule := stack.Resource(t, "aws_cloudwatch_event_rule", "observability/"+id)
			target := stack.Resource(t, "aws_cloudwatch_event_target", "observability/"+id+"-target")
			target.WantReference(t, "rule", rule)
			target.WantReference(t, "arn", stack.Resource(t, "aws_sns_topic", "observability/operations"))
			// With a role, EventBridge fails to publish to an encrypted topic (EventBridge User Guide, 'Using
			// resource-based policies').
			target.WantAbsent(t, "role_arn")
		}
		var pattern struct {
			Detail struct{ BackupVaultName []string }
		}
		failed := stack.Resource(t, "aws_cloudwatch_event_rule", "observability/backup-failed").At("event_pattern")
		if err := json.Unmarshal([]byte(fmt.Sprint(failed)), &pattern); err != nil {
			t.Fatal(err)
		}
		vault := stack.Resource(t, "aws_backup_vault", "backup/vault")
		if want := []string{"${" + vault.Address + ".name}"}; !slices.Equal(pattern.Detail.BackupVaultName, want) {
			t.Errorf("backups to %q are told of, want %q: a prefix of names matches nothing, or another environment's",
				pattern.Detail.BackupVaultName, want)
		}
	})
}

// Versions outlive a mistake, not an intruder who deletes them: that is told at once.
func TestDeletionForGoodIsTold(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, deployed Stack) {
		var kept []string
		for _, bucket := range []Block{
			deployed.Resource(t, "aws_s3_bucket", "backup/logs/bucket"),
			deployed.Resource(t, "aws_s3_bucket", "backup/backups/bucket"),
		} {
			kept = append(kept, fmt.Sprintf("%q", bucket.At("bucket")))
		}
		deployed.Resource(t, "aws_cloudwatch_event_rule", "observability/deleted-for-good").
			WantValue(t, "event_pattern", `{"detail":{"bucket":{"name":[`+strings.Join(kept, ",")+
				`]},"deletion-type":["Permanently Deleted"],"reason":["DeleteObject"]},"detail-type":["Object Deleted"],"source":["aws.s3"]}`)
		target := deployed.Resource(t, "aws_cloudwatch_event_target", "observability/deleted-for-good-target")
		target.WantReference(t, "arn", deployed.Resource(t, "aws_sns_topic", "observability/operations"))
		target.WantAbsent(t, "role_arn")
		for _, events := range deployed.Resources("aws_s3_bucket_notification") {
			events.WantValue(t, "eventbridge", true) // or no rule ever hears of it
		}
	})
	// The account's stack watches the state, which the bootstrap stack makes.
	eachBase(t, order.Account, func(t *testing.T, base environments.Base, account Stack) {
		bootstrap := stack(t, order.SharedName(base, order.Bootstrap))
		pattern := fmt.Sprint(account.Resource(t, "aws_cloudwatch_event_rule", "observability/deleted-for-good").
			At("event_pattern"))
		for _, path := range []string{"state/bucket", "replica/bucket"} {
			if bucket, made := bootstrap.Lookup("aws_s3_bucket", path); made &&
				!strings.Contains(pattern, fmt.Sprintf("%q", bucket.At("bucket"))) {
				t.Errorf("nobody hears of versions that are deleted from %v: %s", bucket.At("bucket"), pattern)
			}
		}
		for _, events := range bootstrap.Resources("aws_s3_bucket_notification") {
			events.WantValue(t, "eventbridge", true)
		}
	})
}

func TestBudgetRingsSpentAndForecast(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.Observability.BudgetUSD == 0 {
			if len(stack.Resources("aws_budgets_budget")) > 0 {
				t.Error("a budget of nothing")
			}
			return
		}
		budget := stack.Resource(t, "aws_budgets_budget", "observability/budget")
		budget.WantValue(t, "limit_amount", fmt.Sprint(environment.Observability.BudgetUSD))
		budget.WantValue(t, "cost_filter.0.values", []string{"user:environment$" + environment.Name})
		for i, kind := range []string{"ACTUAL", "FORECASTED"} {
			notification := fmt.Sprintf("notification.%d.", i)
			budget.WantValue(t, notification+"notification_type", kind)
			budget.WantValue(t, notification+"threshold", 80)
			budget.WantValue(t, notification+"subscriber_sns_topic_arns", []string{
				"${" + stack.Resource(t, "aws_sns_topic", "observability/operations").Address + ".arn}",
			})
		}
	})
}
