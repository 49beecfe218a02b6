package failover

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/recoverypoints"
	"github.com/titan-platform/titan/internal/awsops/secrets"
)

const (
	homeRegion = environments.Region("eu-west-1")
	awayRegion = environments.Region("eu-central-1")
)

// world is an AWS with production and its standby, and a Terraform that makes of it what the files in folder say.
// Users write wherever they are served.
type world struct {
	t      *testing.T
	folder string
	now    time.Time

	clusters  map[string]*cluster // by environment
	snapshots map[string]snapshotOf
	points    []recoverypoints.RecoveryPoint
	secrets   map[environments.Region]map[string]*secret
	named     string          // by the distribution
	healthy   map[string]bool // whether its health check can be, by environment
	forwards  map[string]bool // its load balancer, by environment
	images    []string        // in both regions
	parameter map[string]string

	lost   environments.Region // by the world
	called map[environments.Region]int
	calls  []string
	failAt int // which call fails, from 1; 0 is none
}

type cluster struct {
	data                string
	status              string
	complete, protected bool
	created             time.Time
	source              string // Terraform's snapshot_identifier
	readers             []string
}

type snapshotOf struct {
	data, cluster string
	created       time.Time
}

type secret struct {
	value     string
	isReplica bool
}

// newWorld is production on a normal day, its standby made from the snapshot that its file names.
func newWorld(t *testing.T) *world {
	w := &world{
		t: t, folder: t.TempDir(),
		now:      time.Date(2026, 2, 3, 4, 0, 0, 0, time.UTC),
		clusters: map[string]*cluster{}, snapshots: map[string]snapshotOf{}, called: map[environments.Region]int{},
		named: "prod", healthy: map[string]bool{"prod": true}, forwards: map[string]bool{"prod": true},
		images: []string{"sha256:1", "sha256:2"}, parameter: map[string]string{"prod": "sha256:2", "prod-dr": "sha256:1"},
	}
	accounts := os.DirFS(filepath.Join("..", "..", "tests", "fixtures", "platform", "accounts"))
	if err := os.CopyFS(filepath.Join(w.folder, "accounts"), accounts); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"prod", "prod-dr", "staging"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "tests", "fixtures", "platform", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.folder, name+".yaml"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	early := w.now.AddDate(0, -1, 0)
	w.clusters["prod"] = &cluster{
		data: "first", status: database.Available, complete: true, protected: true, created: early,
	}
	w.clusters["prod-dr"] = &cluster{
		data: "first", status: database.Available, complete: true, created: early, source: "birthday-db-prod-standby",
		readers: []string{"application-autoscaling-1"},
	}
	w.snapshots["eu-central-1 birthday-db-prod-standby"] = snapshotOf{"first", "birthday-db-prod", early}
	w.secrets = map[environments.Region]map[string]*secret{homeRegion: {}, awayRegion: {}}
	for _, name := range []string{"titan-prod-origin-a", "titan-prod-origin-b", "db-credentials-prod"} {
		w.secrets[homeRegion][name] = &secret{value: "made at home"}
		w.secrets[awayRegion][name] = &secret{value: "made at home", isReplica: true}
	}
	return w
}

// call notes a call of a region, which fails where the region is lost, or where it is this call's turn.
func (w *world) call(region environments.Region, format string, args ...any) error {
	w.now = w.now.Add(time.Minute)
	w.called[region]++
	w.calls = append(w.calls, fmt.Sprintf(format, args...)+" in "+string(region))
	switch {
	case region == w.lost:
		return fmt.Errorf("%s is lost, and was called: %s", region, w.calls[len(w.calls)-1])
	case w.failAt > 0 && len(w.calls) == w.failAt:
		return errInterrupted
	}
	return nil
}

var errInterrupted = errors.New("interrupted")

// write has users write, and fails unless exactly the wanted environment takes it.
func (w *world) write(text, where string) {
	w.t.Helper()
	served := "nobody"
	if w.forwards[w.named] && w.healthy[w.named] {
		served = w.named
		w.clusters[served].data += ", " + text
	}
	if served != where {
		w.t.Errorf("%q is written in %s, want %s", text, served, where)
	}
}

// backUp copies a backup of production to the second region.
func (w *world) backUp() string {
	arn := fmt.Sprintf("arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-%d", len(w.points))
	w.now = w.now.Add(time.Hour)
	w.points = slices.Insert(w.points, 0, recoverypoints.RecoveryPoint{ARN: arn, Taken: w.now})
	key := "eu-central-1 " + strings.TrimPrefix(arn, snapshotARN(awayRegion))
	w.snapshots[key] = snapshotOf{w.clusters["prod"].data, "birthday-db-prod", w.now}
	return arn
}

func (w *world) aws() AWS {
	return AWS{Regions: w, RecoveryPoints: w, Databases: w, Secrets: w, Serving: w, Delivery: w}
}

// Answers is the region's answer; a call of it is no call of a step.
func (w *world) Answers(_ context.Context, region environments.Region) (bool, error) {
	return region != w.lost, nil
}

func (w *world) Lose(environments.Region) {}

func (w *world) Completed(
	_ context.Context, region environments.Region, vault, clusterARN string,
) ([]recoverypoints.RecoveryPoint, error) {
	if vault != "titan-prod-second" || !strings.HasSuffix(clusterARN, ":cluster:birthday-db-prod") {
		w.t.Errorf("asked vault %s for %s", vault, clusterARN)
	}
	return slices.Clone(w.points), w.call(region, "list recovery points")
}

func (w *world) Cluster(_ context.Context, region environments.Region, name string) (database.Cluster, error) {
	c := w.clusters[strings.TrimPrefix(name, "birthday-db-")]
	status := c.status
	if status == database.Stopping {
		c.status = database.Stopped
	}
	return database.Cluster{
		Found: true, Status: status, Complete: c.complete, Protected: c.protected, Created: c.created,
	}, w.call(region, "describe cluster %s", name)
}

func (w *world) Snapshot(_ context.Context, region environments.Region, id string) (database.Snapshot, error) {
	found, ok := w.snapshot(region, id)
	err := w.call(region, "describe snapshot %s", id)
	if !ok {
		return database.Snapshot{}, err
	}
	arn := snapshotARN(region) + strings.TrimPrefix(id, snapshotARN(region))
	return database.Snapshot{
		Found: true, ARN: arn, Cluster: found.cluster, Status: database.Available, Created: found.created,
	}, err
}

func snapshotARN(region environments.Region) string {
	return fmt.Sprintf("arn:aws:rds:%s:333333333333:cluster-snapshot:", region)
}

// snapshot is one by its name or ARN.
func (w *world) snapshot(region environments.Region, id string) (snapshotOf, bool) {
	found, ok := w.snapshots[string(region)+" "+strings.TrimPrefix(id, snapshotARN(region))]
	return found, ok
}

func (w *world) Start(_ context.Context, region environments.Region, name string) error {
	err := w.call(region, "start %s", name)
	if err == nil {
		w.clusters[strings.TrimPrefix(name, "birthday-db-")].status = database.Available
	}
	return err
}

func (w *world) Stop(_ context.Context, region environments.Region, name string) error {
	err := w.call(region, "stop %s", name)
	if err == nil {
		w.clusters[strings.TrimPrefix(name, "birthday-db-")].status = database.Stopping
	}
	return err
}

func (w *world) RemoveAutoscaledReaders(_ context.Context, region environments.Region, name string) ([]string, error) {
	c := w.clusters[strings.TrimPrefix(name, "birthday-db-")]
	removed := c.readers
	err := w.call(region, "remove readers of %s", name)
	if err == nil {
		c.readers = nil
	}
	return removed, err
}

func (w *world) IsReplica(_ context.Context, name string, region environments.Region) (bool, error) {
	return w.secrets[region][name].isReplica, w.call(region, "describe secret %s", name)
}

func (w *world) Promote(_ context.Context, name string, region environments.Region) error {
	err := w.call(region, "promote %s", name)
	if err == nil {
		w.secrets[region][name].isReplica = false
	}
	return err
}

func (w *world) IsHome(_ context.Context, name string, home, promoted environments.Region) (bool, error) {
	return w.secrets[home][name].value == w.secrets[promoted][name].value, w.call(home, "compare %s", name)
}

func (w *world) CarryHome(_ context.Context, name string, home, promoted environments.Region) error {
	err := w.call(home, "put %s", name)
	if err == nil {
		w.secrets[home][name].value = w.secrets[promoted][name].value
	}
	return err
}

func (w *world) Replica(
	_ context.Context, name string, home, region environments.Region,
) (secrets.Replica, error) {
	return secrets.Replica{InSync: w.secrets[region][name].isReplica}, w.call(home, "describe secret %s", name)
}

func (w *world) Replicate(
	_ context.Context, name string, home environments.Region, replica environments.SecretReplica,
) error {
	if want := "arn:aws:kms:eu-central-1:333333333333:alias/titan-prod-second-secrets"; replica.KeyID != want {
		w.t.Errorf("%s is replicated under %s, want %s", name, replica.KeyID, want)
	}
	err := w.call(home, "replicate %s", name)
	if err == nil {
		*w.secrets[replica.Region][name] = secret{w.secrets[home][name].value, true}
	}
	return err
}

func (w *world) Named(context.Context, string) (environment string, rolledOut bool, err error) {
	return w.named, true, w.call(environments.GlobalRegion, "list distributions")
}

func (w *world) CanBeHealthy(_ context.Context, _ environments.DNS, role environments.DRRole) (bool, error) {
	name := map[environments.DRRole]string{environments.DRPrimary: "prod", environments.DRSecondary: "prod-dr"}[role]
	return w.healthy[name], w.call(environments.GlobalRegion, "read health check of %s", name)
}

func (w *world) Running(_ context.Context, region environments.Region, parameter string) (string, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(parameter, "/titan-"), "/birthday-app/image")
	return w.parameter[name], w.call(region, "read parameter %s", parameter)
}

func (w *world) Has(_ context.Context, region environments.Region, _, digest string) (bool, error) {
	return slices.Contains(w.images, digest), w.call(region, "look for image %s", digest)
}

func (w *world) NewestRelease(_ context.Context, region environments.Region, _ string) (string, error) {
	newest := ""
	if len(w.images) > 0 {
		newest = w.images[len(w.images)-1]
	}
	return newest, w.call(region, "list images")
}

func (w *world) Deploy(_ context.Context, region environments.Region, project, digest string) error {
	err := w.call(region, "deliver %s by %s", digest, project)
	if err == nil {
		w.parameter[strings.TrimSuffix(strings.TrimPrefix(project, "titan-"), "-deploy")] = digest
	}
	return err
}

func (w *world) RunPipeline(_ context.Context, region environments.Region, pipeline string) error {
	return w.call(region, "run %s", pipeline)
}
