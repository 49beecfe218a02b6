//go:build e2e

package e2e

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pair is a primary and its secondary, with what their files say at this step instead of what is committed.
type pair struct {
	primary, secondary *deployment
	lines              map[string]map[string]string // by environment and committed line
}

// failsOverAndBack runs the Terraform steps of docs/runbooks/failover.md in their order.
func failsOverAndBack(t *testing.T, primary, secondary *deployment) {
	t.Helper()
	p := &pair{primary, secondary, map[string]map[string]string{primary.Name: {}, secondary.Name: {}}}
	const committedDR, committedSnapshots = "dr: {role: primary}", "database: {snapshots: [standby]}"
	committedStandby := "dr: {primary: " + primary.Name + "}"
	committedOrigin := "database: {restored_from: " + primary.DatabaseName() + "-standby}"
	restored := []string{"aws_rds_cluster.database_aurora"}

	// What is to be restored: here one that is taken for it, in an outage AWS Backup's last.
	p.write(primary, committedSnapshots, "database: {snapshots: [standby, outage]}")
	p.deploy(t, primary)

	// 1. Fence.
	p.write(primary, committedDR, "dr: {role: primary, fenced: true}")
	p.changesInPlace(t, primary)
	serves(t, primary, false)

	// 2. Restore. The second apply sets what RDS leaves out.
	p.write(secondary, committedOrigin, "database: {restored_from: "+primary.DatabaseName()+"-outage}")
	if replaced := p.deploy(t, secondary)["delete create"]; !containsAll(replaced, restored) {
		t.Errorf("restoring replaces %v, want %v among it", replaced, restored)
	}
	p.changesInPlace(t, secondary)

	// 3. Activate.
	p.write(secondary, committedStandby, "dr: {primary: "+primary.Name+", active: true}")
	p.changesInPlace(t, secondary)
	serves(t, secondary, true)
	for _, d := range []*deployment{primary, secondary} {
		d.planAgain(t, d.stack)
	}

	// Back: a snapshot of what was written meanwhile, restored in the primary's region.
	p.write(secondary, committedOrigin, "database: {restored_from: "+primary.DatabaseName()+"-outage, snapshots: [failback]}")
	p.deploy(t, secondary)
	p.write(primary, committedSnapshots, "database: {snapshots: [standby, outage], restored_from: "+secondary.DatabaseName()+"-failback}")
	if replaced := p.deploy(t, primary)["delete create"]; !containsAll(replaced, restored) {
		t.Errorf("failing back replaces %v, want %v among it", replaced, restored)
	}
	p.changesInPlace(t, primary)
	p.write(primary, committedDR, committedDR)
	p.write(secondary, committedStandby, committedStandby)
	p.changesInPlace(t, primary)
	serves(t, primary, true)
	p.changesInPlace(t, secondary)
	serves(t, secondary, false)
	for _, d := range []*deployment{primary, secondary} {
		d.planAgain(t, d.stack)
	}
}

func containsAll(values, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(value string) bool { return !slices.Contains(values, value) })
}

// write has an environment's file say something else in the place of a committed line.
func (p *pair) write(d *deployment, committed, line string) { p.lines[d.Name][committed] = line }

// deploy synthesizes an environment from the files as they are now, applies it and returns what that did.
func (p *pair) deploy(t *testing.T, d *deployment) map[string][]string {
	t.Helper()
	files := unprotectedCopy(t, filepath.Join(root, "environments"))
	for name, lines := range p.lines {
		file := filepath.Join(files, name+".yaml")
		content, err := os.ReadFile(file)
		must(t, err)
		text := string(content)
		for committed, line := range lines {
			if !strings.Contains(text, committed) {
				t.Fatalf("no %q in %s", committed, file)
			}
			text = strings.Replace(text, committed, line, 1)
		}
		must(t, os.WriteFile(file, []byte(text), 0o600))
	}
	synthesizeFrom(t, files, d.outdir, d.Environment)
	_, err := d.stack.Plan(t.Context(), "step.tfplan")
	must(t, err)
	actions := d.planned(t, "step.tfplan")
	must(t, d.stack.Apply(t.Context(), "step.tfplan", parallelism))
	return actions
}

// changesInPlace deploys and fails where that does anything else, or nothing.
func (p *pair) changesInPlace(t *testing.T, d *deployment) {
	t.Helper()
	if actions := p.deploy(t, d); len(actions) != 1 || len(actions["update"]) == 0 {
		t.Errorf("deploying %s with %v would %v, want to update alone", d.Name, slices.Sorted(maps.Values(p.lines[d.Name])), actions)
	}
}

var threshold = regexp.MustCompile(`<HealthThreshold>([0-9]+)</HealthThreshold>`)

// serves fails unless Route 53 may take a region for healthy: it asks for as many good signs as there are, and never gets one more.
func serves(t *testing.T, d *deployment, want bool) {
	t.Helper()
	state, err := d.stack.Run(t.Context(), "state", "pull")
	must(t, err)
	id := regexp.MustCompile(`"child_health_threshold": [1-9][^}]*?"id": "([0-9a-f-]+)"`).FindSubmatch(state)
	if id == nil {
		t.Fatalf("no calculated health check in the state of %s", d.Name)
	}
	check := ask(t, d.emulator.URL(), "us-east-1", "route53", "", "", "", "/2013-04-01/healthcheck/"+string(id[1]))
	asked := threshold.FindStringSubmatch(check)
	if asked == nil || (asked[1] == "2") != want {
		t.Errorf("%s serves: want %v, and its health asks for %v good signs of two", d.Name, want, asked)
	}
}
