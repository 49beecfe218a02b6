package hooks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/servicelinkedroles"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// world is an AWS that keeps what it was asked.
type world struct {
	calls     []string
	lost      environments.Region
	snapshots map[string]string // their states, by region and name
	cluster   database.Cluster
	zones     []string
	updated   []string
	checks    int
}

// note keeps a call, which fails where its region is lost.
func (w *world) note(region environments.Region, format string, args ...any) error {
	w.calls = append(w.calls, fmt.Sprintf(format, args...))
	if region == w.lost {
		return fmt.Errorf("asking: %w", &smithyhttp.RequestSendError{Err: errors.New("connection refused")})
	}
	return nil
}

func (w *world) WaitForReplicas(_ context.Context, names []string, home, region environments.Region) error {
	return w.note(home, "replicas of %s in %s of %s", strings.Join(names, "+"), region, home)
}

func (w *world) Refresh(
	_ context.Context, region environments.Region, alarms []string,
) (updated []string, checks int, err error) {
	return w.updated, w.checks, w.note(region, "refresh %s in %s", strings.Join(alarms, "+"), region)
}

func (w *world) Snapshot(_ context.Context, region environments.Region, id string) (database.Snapshot, error) {
	state := w.snapshots[string(region)+" "+id]
	return database.Snapshot{Found: state != "", Status: state}, w.note(region, "snapshot %s in %s", id, region)
}

func (w *world) Cluster(_ context.Context, region environments.Region, name string) (database.Cluster, error) {
	return w.cluster, w.note(region, "cluster %s in %s", name, region)
}

func (w *world) Start(_ context.Context, region environments.Region, name string) error {
	return w.note(region, "start %s in %s", name, region)
}

func (w *world) Public(_ context.Context, name string) ([]string, error) {
	return w.zones, w.note(environments.GlobalRegion, "zones of %s", name)
}

func (w *world) Make(_ context.Context, roles ...servicelinkedroles.Role) ([]string, error) {
	var names []string
	for _, role := range roles {
		names = append(names, role.Name)
	}
	return names, w.note(environments.GlobalRegion, "make %s", strings.Join(names, "+"))
}

// run calls a hook of production's stacks, and returns what it said.
func (w *world) run(
	t *testing.T, step runner.Step, change func(prod, standby *environments.Environment),
) (said string, err error) {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "prod,prod-dr")
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&all[0], &all[1])
		all = environments.Resolve(all)
	}
	hooks := Hooks{Environments: all, Account: func(context.Context, environments.Account) (AWS, error) {
		return AWS{Secrets: w, HealthChecks: w, Databases: w, Zones: w, Roles: w}, nil
	}}
	r := &runner.Runner{}
	hooks.Install(r)
	var lines []string
	step.Say = func(text string) { lines = append(lines, text) }
	kind := step.Stack.Kind
	for _, hook := range []runner.Hook{r.Before[kind], r.BeforeApply[kind], r.After[kind]} {
		if hook != nil && err == nil {
			err = hook(t.Context(), step)
		}
	}
	return strings.Join(lines, "\n"), err
}

func stack(name string, kind order.Kind) runner.Step {
	environment, _, _ := strings.Cut(name, order.Separator)
	return runner.Step{Stack: order.Stack{Name: name, Kind: kind, Environment: environment}, Verb: runner.Deploy}
}

func expect(t *testing.T, w *world, said string, err error, wantCalls, wantSaid, wantErr string) {
	t.Helper()
	text := ""
	if err != nil {
		text = err.Error()
	}
	if calls := strings.Join(w.calls, ", "); calls != wantCalls || said != wantSaid || text != wantErr {
		t.Errorf("calls: %s\n want: %s\n said: %s\n want: %s\nerror: %s\n want: %s",
			calls, wantCalls, said, wantSaid, text, wantErr)
	}
}

const headerReplicas = "replicas of titan-prod-origin-a+titan-prod-origin-b in us-east-1 of eu-west-1"

func TestTheAccountGetsItsServiceLinkedRoles(t *testing.T) {
	const roles = "AWSServiceRoleForRDS"
	step := stack("prod", order.Account)
	step.Stack.Name = "account.production.eu-west-1"
	w := &world{}
	said, err := w.run(t, step, nil)
	expect(t, w, said, err, "make "+roles+"+AWSServiceRoleForElastiCache",
		"made "+roles+" and AWSServiceRoleForElastiCache, which their services want to find", "")

	w = &world{}
	step.Verb = runner.Destroy
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "", "", "")
}

func TestTheDistributionWaitsForItsHeader(t *testing.T) {
	w := &world{}
	said, err := w.run(t, stack("prod.global", order.Global), nil)
	expect(t, w, said, err, headerReplicas, "", "")

	w = &world{lost: "eu-west-1"}
	said, err = w.run(t, stack("prod.global", order.Global), nil)
	expect(t, w, said, err, headerReplicas,
		"eu-west-1 does not answer: the origin header is what its replicas in us-east-1 say", "")

	w = &world{}
	said, err = w.run(t, stack("prod-dr.global", order.Global), nil) // it has no distribution
	expect(t, w, said, err, "", "", "")

	w = &world{}
	step := stack("prod.global", order.Global)
	step.Verb = runner.Destroy
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "", "", "")
}

const (
	standbyCopies = "snapshot birthday-db-prod-standby in eu-central-1"
	refresh       = "refresh titan-prod-dr-origin-hosts+titan-prod-dr-origin-errors in eu-central-1"
)

func TestASnapshotIsLookedForAtHomeBeforeItIsCopied(t *testing.T) {
	for _, c := range []struct {
		lost      environments.Region
		snapshots map[string]string
		calls     string
		err       string
	}{
		{"eu-west-1", map[string]string{"eu-central-1 birthday-db-prod-standby": "available"},
			standbyCopies + ", " + refresh, ""},
		{"", map[string]string{"eu-west-1 birthday-db-prod-standby": "available"},
			standbyCopies + ", snapshot birthday-db-prod-standby in eu-west-1, " + refresh, ""},
		{"", nil, standbyCopies + ", snapshot birthday-db-prod-standby in eu-west-1",
			"prod-dr copies snapshot birthday-db-prod-standby from eu-west-1, and there is none yet: prod takes it, " +
				"so run `titan deploy prod` first"},
		{"", map[string]string{"eu-west-1 birthday-db-prod-standby": "creating"},
			standbyCopies + ", snapshot birthday-db-prod-standby in eu-west-1",
			"prod-dr copies snapshot birthday-db-prod-standby from eu-west-1, and it is creating: prod takes it, " +
				"so run `titan deploy prod` first"},
		{"eu-west-1", nil, standbyCopies + ", snapshot birthday-db-prod-standby in eu-west-1",
			"prod-dr copies snapshot birthday-db-prod-standby from eu-west-1, which does not answer: whether it is there is " +
				"unknown, and it can't be copied now. Take its name out of database.snapshots in prod.yaml until that region " +
				"is back, and deploy prod only with it put in again"},
	} {
		w := &world{lost: c.lost, snapshots: c.snapshots}
		said, err := w.run(t, stack("prod-dr", order.Environment), nil)
		expect(t, w, said, err, c.calls, "", c.err)
	}
}

func TestOnTheWayBackThePrimaryCopiesTheSecondarysSnapshots(t *testing.T) {
	w := &world{}
	said, err := w.run(t, stack("prod", order.Environment), func(_, standby *environments.Environment) {
		standby.Database.Snapshots = []string{"failback-20260203"}
	})
	expect(t, w, said, err, "snapshot birthday-db-prod-dr-failback-20260203 in eu-west-1, "+
		"snapshot birthday-db-prod-dr-failback-20260203 in eu-central-1", "",
		"prod copies snapshot birthday-db-prod-dr-failback-20260203 from eu-central-1, and there is none yet: "+
			"prod-dr takes it, so run `titan deploy prod-dr` first")
}

func TestHealthChecksFollowTheAlarms(t *testing.T) {
	const prod = "refresh titan-prod-origin-hosts+titan-prod-origin-errors in eu-west-1"
	for _, c := range []struct {
		updated []string
		checks  int
		said    string
	}{
		{nil, 0, ""},
		{nil, 2, "2 health checks of Route 53 follow its alarms"},
		{[]string{"health check 1 follows", "health check 2 follows"}, 2, "health check 1 follows\nhealth check 2 follows"},
	} {
		w := &world{updated: c.updated, checks: c.checks}
		said, err := w.run(t, stack("prod", order.Environment), nil)
		expect(t, w, said, err, prod, c.said, "")
	}
	w := &world{}
	said, err := w.run(t, stack("prod", order.Environment), func(prod, standby *environments.Environment) {
		prod.DR, standby.DR = environments.DR{Role: environments.DRNone}, environments.DR{Role: environments.DRNone}
	})
	expect(t, w, said, err, "", "", "") // nobody fails over, and nothing watches
}

func TestAStoppedDatabaseIsStartedOnlyForAChangeOfIt(t *testing.T) {
	const cluster, start = "cluster birthday-db-prod in eu-west-1", "start birthday-db-prod in eu-west-1"
	const refresh = "refresh titan-prod-origin-hosts+titan-prod-origin-errors in eu-west-1"
	change := func(address string) []runner.Change { return []runner.Change{{Action: "update", Address: address}} }
	for _, c := range []struct {
		changes     []runner.Change
		status      string
		calls, said string
	}{
		{nil, database.Stopped, refresh, ""},
		{change("aws_rds_cluster_parameter_group.p"), database.Stopped, refresh, ""},
		{change("aws_rds_cluster.a"), database.Available, cluster + ", " + refresh, ""},
		{change("aws_rds_cluster.a"), database.Stopped, cluster + ", " + start + ", " + refresh,
			"starting cluster birthday-db-prod, which is stopped"},
		{change("aws_db_cluster_snapshot.s"), database.Stopping, cluster + ", " + start + ", " + refresh,
			"starting cluster birthday-db-prod, which is stopping"},
	} {
		w := &world{cluster: database.Cluster{Found: true, Status: c.status}}
		step := stack("prod", order.Environment)
		step.Changes = c.changes
		said, err := w.run(t, step, nil)
		expect(t, w, said, err, c.calls, c.said, "")
	}
}

func TestASecondZoneOfANameIsRefused(t *testing.T) {
	const address = "aws_route53_zone.dns_zone_0A1B2C3D"
	step := stack("prod.zone", order.Zone)
	w := &world{zones: []string{"Z1"}}
	said, err := w.run(t, step, nil) // without a change of the zone nobody is asked
	expect(t, w, said, err, "", "", "")

	step.Changes = []runner.Change{{Action: terraform.Create, Address: address}}
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "zones of titan.example.com", "",
		"the account has the public zone titan.example.com already, Z1, and nobody would ask a second one: "+
			"look it up, without create_zone in prod.yaml; or take it into this stack, by `terraform import '"+address+
			"' Z1` in cdktf.out/stacks/prod.zone; or delete it")

	w = &world{}
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "zones of titan.example.com", "", "")

	w = &world{zones: []string{"Z1"}}
	step.Changes[0].Action = terraform.Update
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "", "", "")

	step.Changes[0].Action, step.Verb = terraform.Create, runner.Destroy
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "", "", "")

	w = &world{lost: environments.GlobalRegion}
	step.Verb = runner.Deploy
	said, err = w.run(t, step, nil)
	expect(t, w, said, err, "zones of titan.example.com", "", "asking: request send failed, connection refused")
}
