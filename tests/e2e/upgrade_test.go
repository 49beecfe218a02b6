//go:build e2e && upgrade

package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// clusterVersionLine is where an environment's file has the version.
var clusterVersionLine = regexp.MustCompile(`(?m)^  version: "1\.[0-9]+"`)

// TestUpgradesFollowEachOther makes each chosen environment with the oldest version in support and takes it through every
// later one: the control plane, then add-ons and nodes, in place, and nothing that holds data. The emulator refuses what
// EKS refuses: two versions at once, nodes newer than their control plane, a way back.
func TestUpgradesFollowEachOther(t *testing.T) {
	steps := environments.KubernetesVersions()
	steps = steps[slices.Index(steps, "1.34"):]
	for _, environment := range chosen(t) {
		t.Run(environment.Name, func(t *testing.T) {
			running := start(t, environment.Account.ID)
			d := deployOn(t, running, environment)
			d.version(t, steps[0])
			d.applyAll(t, map[string]bool{})
			for _, step := range steps[1:] {
				d.version(t, step)
				d.upgrades(t, step)
			}
			// EKS takes no two steps at once, and none back: the apply fails, and says so.
			d.version(t, steps[0])
			if _, err := d.stack.Run(t.Context(), "apply", "-input=false", "-no-color", "-auto-approve", "-lock=false"); err == nil {
				t.Error("the cluster went back to an older version")
			}
			d.version(t, steps[len(steps)-1])
			d.planAllAgain(t)
			d.destroyAll(t)
			d.report.print()
		})
	}
}

// version synthesizes the environment anew with another version in its file.
func (d *deployment) version(t *testing.T, version string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(d.files, d.Name+".yaml"))
	must(t, err)
	line := clusterVersionLine.FindString(string(content))
	d.edit(t, line, `  version: "`+version+`"`)
}

// upgrades plans and applies a step, and holds it to what may change.
func (d *deployment) upgrades(t *testing.T, version string) {
	t.Helper()
	before := len(d.emulator.Calls())
	d.planOwnInOrder(t, func(one order.Stack, actions map[string][]string) {
		if one.Kind != order.Environment {
			if len(actions) > 0 {
				t.Errorf("%s: the plan of %s would %v", version, one.Name, actions)
			}
			return
		}
		d.inPlace(t, version, actions)
		must(t, d.report.time("to "+version, func() error {
			_, err := apply(t.Context(), d.stack)
			return err
		}))
		d.planAgain(t, d.stack)
	})
	d.nodesAfterTheControlPlane(t, version, before)
	for _, one := range order.Of(d.Environment) {
		if one.Kind == order.Platform { // last: it runs what fits the cluster's version
			d.apply(t, d.workspaces[one.Name])
		}
	}
}

// planOwnInOrder is planOwn where what one plan would do is applied before the next one is made.
func (d *deployment) planOwnInOrder(t *testing.T, handle func(one order.Stack, actions map[string][]string)) {
	t.Helper()
	for _, one := range d.own() {
		workspace := d.workspaces[one.Name]
		_, err := workspace.Plan(t.Context(), "change.tfplan", "-refresh=false")
		must(t, err)
		handle(one, planned(t, workspace, "change.tfplan"))
	}
}

// rolledOut is the version of a launch template that nodes are made by, read anew whenever they roll.
var rolledOut = regexp.MustCompile(`^terraform_data\.cluster_template-.+-rolled-out`)

// inPlace fails where a step does more than update cluster, node groups and add-ons where they are.
func (d *deployment) inPlace(t *testing.T, version string, actions map[string][]string) {
	t.Helper()
	for action, addresses := range actions {
		addresses = slices.DeleteFunc(slices.Clone(addresses), rolledOut.MatchString)
		if len(addresses) > 0 && action != "update" {
			t.Errorf("%s: the plan would %s %q", version, action, addresses)
		}
	}
	kinds := map[string]bool{}
	for _, address := range actions["update"] {
		kind, _, _ := strings.Cut(address, ".")
		kinds[kind] = true
		if !slices.Contains([]string{"aws_eks_cluster", "aws_eks_node_group", "aws_eks_addon"}, kind) {
			t.Errorf("%s: the plan would change %s", version, address)
		}
	}
	if !kinds["aws_eks_cluster"] || !kinds["aws_eks_node_group"] {
		t.Errorf("%s: the plan updates only %q", version, actions["update"])
	}
}

// nodesAfterTheControlPlane reads the calls of a step: the control plane's update, then those of node groups.
func (d *deployment) nodesAfterTheControlPlane(t *testing.T, version string, before int) {
	t.Helper()
	var updated []string
	for _, call := range d.emulator.Calls()[before:] {
		if call.Method != http.MethodPost {
			continue
		}
		switch {
		case strings.HasSuffix(call.Path, "/"+d.ClusterName()+"/updates"):
			updated = append(updated, "cluster")
		case strings.HasSuffix(call.Path, "/update-version"):
			updated = append(updated, "nodes")
		}
	}
	if len(updated) < 2 || updated[0] != "cluster" || slices.Contains(updated[1:], "cluster") {
		t.Errorf("%s: updated were %q, want the cluster, then its nodes", version, updated)
	}
}
