//go:build cluster && control

package cluster

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/kubernetes"
)

// ingress makes a Deployment with what Traefik's chart is given about where its pods run, and returns its namespace. The chart can't be
// fetched by tests.
func ingress(t *testing.T, e environments.Environment) string {
	t.Helper()
	r := platformOf(t, e, standIn).release(t, "traefik")
	labels := object{"app.kubernetes.io/name": "traefik"}
	spec := object{
		"priorityClassName": r.Values["priorityClassName"], "tolerations": r.Values["tolerations"], "affinity": r.Values["affinity"],
		"topologySpreadConstraints": r.Values["topologySpreadConstraints"],
		"securityContext":           object{"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": object{"type": "RuntimeDefault"}},
		"containers": []object{{
			"name": "traefik", "image": "traefik", "resources": r.Values["resources"],
			"securityContext": object{"allowPrivilegeEscalation": false, "capabilities": object{"drop": []string{"ALL"}}},
		}},
	}
	deploy(t, r.Namespace, "traefik", at(r.Values, "autoscaling", "minReplicas"), labels, spec)
	return r.Namespace
}

// others takes the place of the add-ons that run on on-demand nodes: a pod on each, of a size that leaves the half of it.
func others(t *testing.T) {
	t.Helper()
	labels := object{"app.kubernetes.io/name": "others"}
	spread := object{"topologyKey": "kubernetes.io/hostname", "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule", "labelSelector": object{"matchLabels": labels}}
	deploy(t, "kube-system", "others", 3, labels, object{
		"priorityClassName": "system-cluster-critical", "topologySpreadConstraints": []object{spread},
		"nodeSelector": object{"capacity": "on-demand"},
		"containers":   []object{{"name": "others", "image": "others", "resources": object{"requests": object{"cpu": "1800m", "memory": "6Gi"}}}},
	})
}

func deploy(t *testing.T, namespace, name string, replicas any, labels, spec object) {
	t.Helper()
	kubectl(t, text(t, object{
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": object{"name": name, "namespace": namespace},
		"spec": object{
			"replicas": replicas, "selector": object{"matchLabels": labels},
			"template": object{"metadata": object{"labels": labels}, "spec": spec},
		},
	}), "apply", "--filename", "-")
	t.Cleanup(func() {
		kubectl(t, "", "delete", "deployment", name, "--namespace", namespace, "--cascade", "foreground", "--ignore-not-found")
	})
	kubectl(t, "", "rollout", "status", "deployment", name, "--namespace", namespace, "--timeout", patience.String())
}

// want is the number of pods that the application's autoscaler wants at least.
func (c *controlled) want(pods int) {
	c.t.Helper()
	patch := fmt.Sprintf(`{"spec": {"minReplicas": %d}}`, pods)
	kubectl(c.t, "", "patch", "hpa", release, "--namespace", c.namespace, "--type", "merge", "--patch", patch)
}

// leave takes a node away in order, as EKS does before an interruption and in an upgrade.
func leave(t *testing.T, node string) {
	t.Helper()
	kubectl(t, "", "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout", patience.String())
	kubectl(t, "", "delete", "node", node)
}

// placed are the rows of a table of placement.
type placed struct {
	t    *testing.T
	c    *controlled
	edge string // Traefik's namespace
	rows []string
}

func (p *placed) row(when string) {
	p.t.Helper()
	kubectl(p.t, "", "rollout", "status", "deployment", "traefik", "--namespace", p.edge, "--timeout", patience.String())
	p.rows = append(p.rows, fmt.Sprintf("| %s | %s | %s |", when, placement(p.t, p.c.namespace, release), inAnyZone(placement(p.t, p.edge, "traefik"))))
}

// inAnyZone leaves out which zones pods are in, since two pods in three zones are the scheduler's throw: `2 spot in 2 zones`.
func inAnyZone(placement string) string {
	zones := strings.Split(placement, "; ")
	counts := map[string]int{}
	for _, zone := range zones {
		_, pods, _ := strings.Cut(zone, ": ")
		for _, part := range strings.Split(pods, ", ") {
			count, capacity, _ := strings.Cut(part, " ")
			if n, err := strconv.Atoi(count); err == nil {
				counts[capacity] += n
			}
		}
	}
	var parts []string
	for _, capacity := range slices.Backward(slices.Sorted(maps.Keys(counts))) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[capacity], capacity))
	}
	return fmt.Sprintf("%s in %d zones", strings.Join(parts, ", "), len(zones))
}

const placementHeader = "| production, by the real scheduler | application | Traefik |\n| --- | --- | --- |\n"

// TestControlPlacement has the scheduler place production's pods on the nodes of its groups, and compares with docs/placement.md;
// TITAN_UPDATE=1 writes it anew.
func TestControlPlacement(t *testing.T) {
	e := environment(t, "prod")
	groups := atRest(t, e, "xlarge")
	platformOf(t, e, standIn).apply(t)
	others(t)
	c := installed(t)
	p := &placed{t, c, ingress(t, e), nil}
	p.row("at rest")

	c.want(12)
	c.ready(12)
	p.row("scaled to 12")

	leave(t, "spot-b-1")
	c.ready(12)
	p.row("zone b's Spot node interrupted")
	groups["spot-b"].add(t, 2, "xlarge")
	p.row("its group has another")

	p.zoneGone("c")
	c.ready(12)
	p.row("zone c gone")
	groups["spot-c"].add(t, 2, "xlarge")
	groups["system-c"].add(t, 2, "xlarge")
	p.row("zone c back")

	for _, node := range []string{"system-a-1", "system-b-1", "system-c-2", "spot-a-1", "spot-b-2", "spot-c-2"} {
		name := node[:strings.LastIndex(node, "-")]
		groups[name].add(t, 9, "xlarge") // EKS adds before it takes away
		leave(t, node)
	}
	c.ready(12)
	p.row("upgraded, node by node")

	for _, row := range p.rows {
		if strings.Contains(row, "pending") {
			t.Error(row)
		}
	}
	compare(t, placementHeader+strings.Join(p.rows, "\n")+"\n")
}

// zoneGone has the kubelets of a zone fall silent. New pods go elsewhere at once, since the spread leaves out nodes that are tainted; then the
// cloud takes the nodes away, and what ran on them is replaced.
func (p *placed) zoneGone(zone string) {
	p.t.Helper()
	var nodes []string
	for _, node := range strings.Fields(kubectl(p.t, "", "get", "nodes", "--selector", "topology.kubernetes.io/zone="+zone, "--output", "jsonpath={.items[*].metadata.name}")) {
		kubectl(p.t, "", "label", "node", node, kubernetes.Managed+"-")
		nodes = append(nodes, node)
	}
	await(p.t, "the nodes of zone "+zone+" are unreachable", func() string {
		tainted := kubectl(p.t, "", "get", "nodes", "--selector", "topology.kubernetes.io/zone="+zone, "--output",
			`jsonpath={.items[*].spec.taints[?(@.key=="node.kubernetes.io/unreachable")].effect}`)
		if got := strings.Count(tainted, "NoSchedule"); got != len(nodes) {
			return fmt.Sprintf("%d of %d are", got, len(nodes))
		}
		return ""
	})
	on := kubectl(p.t, "", "get", "pods", "--namespace", p.c.namespace, "--field-selector", "spec.nodeName="+nodes[0],
		"--output", "jsonpath={.items[0].metadata.name}")
	kubectl(p.t, "", "delete", "pod", on, "--namespace", p.c.namespace, "--force", "--grace-period", "0")
	await(p.t, "the replacement of a pod of zone "+zone+" runs elsewhere", func() string {
		if got := placement(p.t, p.c.namespace, release); strings.Contains(got, "pending") {
			return "pods run at " + got
		}
		return ""
	})
	for _, node := range nodes {
		kubectl(p.t, "", "delete", "node", node)
	}
}

func compare(t *testing.T, table string) {
	t.Helper()
	const path = root + "/docs/placement.md"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(content), table) {
		return
	}
	if os.Getenv("TITAN_UPDATE") == "" {
		t.Fatalf("docs/placement.md is stale: set TITAN_UPDATE=1. It is now\n%s", table)
	}
	before, rest, found := strings.Cut(string(content), placementHeader)
	if !found {
		t.Fatal("docs/placement.md has lost its table")
	}
	lines := strings.SplitAfter(rest, "\n")
	end := slices.IndexFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "|") })
	write(t, path, before+table+strings.Join(lines[max(0, end):], ""))
}

// Where a zone's nodes are full, its next pod waits for a node in that zone: one of a group that spans zones, which EC2 puts where it likes,
// does not help it (kubernetes/autoscaler#4848, #9150).
func TestControlAPodWaitsForANodeInItsZone(t *testing.T) {
	groups := nodeGroups(t, environment(t, "prod"))
	for _, zone := range []string{"a", "b", "c"} {
		groups["spot-"+zone].add(t, 1, "large")
	}
	bootstrap := groups["system-a"].add(t, 1, "large")                                             // for the Job, which no interruption should end
	c := installed(t, func(values object) { set(values, "750m", "resources", "requests", "cpu") }) // two to a node
	kubectl(t, "", "cordon", bootstrap)
	c.want(7)
	pending := func(want string) {
		t.Helper()
		await(t, want, func() string { return unless(placement(t, c.namespace, release), want) })
	}
	pending("a: 2 spot; b: 2 spot; c: 2 spot; 1 pending")
	c.want(8)
	pending("a: 2 spot; b: 2 spot; c: 2 spot; 2 pending")
	groups["spot-a"].add(t, 2, "large")
	pending("a: 3 spot; b: 2 spot; c: 2 spot; 1 pending") // room for two, and a skew of one
	groups["spot-b"].add(t, 2, "large")
	pending("a: 3 spot; b: 3 spot; c: 2 spot")
}

// Development's volume is in one zone. Its group there gets another node, and the pod with the volume comes back; a node elsewhere is none for it.
func TestControlADevelopmentVolumeComesBackAfterAnInterruption(t *testing.T) {
	e := environment(t, "dev")
	groups := atRest(t, e, "large")
	if len(groups) != 3 {
		t.Fatalf("groups %v, want one a zone", slices.Sorted(maps.Keys(groups)))
	}
	platformOf(t, e, standIn).apply(t)
	kubectl(t, text(t, object{
		"apiVersion": "v1", "kind": "PersistentVolume", "metadata": object{"name": "prometheus"},
		"spec": object{
			"capacity": object{"storage": "20Gi"}, "accessModes": []string{"ReadWriteOnce"}, "storageClassName": "gp3",
			"csi": object{"driver": "ebs.csi.aws.com", "volumeHandle": "vol-0123456789abcdef0"},
			"nodeAffinity": object{"required": object{"nodeSelectorTerms": []object{{"matchExpressions": []object{
				{"key": "topology.kubernetes.io/zone", "operator": "In", "values": []string{"b"}},
			}}}}},
		},
	}, object{
		"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": object{"name": "prometheus", "namespace": "kube-system"},
		"spec": object{
			"accessModes": []string{"ReadWriteOnce"}, "storageClassName": "gp3", "volumeName": "prometheus",
			"resources": object{"requests": object{"storage": "20Gi"}},
		},
	}), "apply", "--filename", "-")
	t.Cleanup(func() {
		kubectl(t, "", "delete", "pvc", "prometheus", "--namespace", "kube-system")
		kubectl(t, "", "delete", "pv", "prometheus")
	})
	deploy(t, "kube-system", "prometheus", 1, object{"app.kubernetes.io/name": "prometheus"}, object{
		"volumes":    []object{{"name": "storage", "persistentVolumeClaim": object{"claimName": "prometheus"}}},
		"containers": []object{{"name": "prometheus", "image": "prometheus", "volumeMounts": []object{{"name": "storage", "mountPath": "/data"}}}},
	})
	where := func(want string) {
		t.Helper()
		await(t, want, func() string { return unless(placement(t, "kube-system", "prometheus"), want) })
	}
	where("b: 1 spot")
	leave(t, "spot-b-1")
	where("1 pending") // with room in zones a and c
	groups["spot-c"].add(t, 2, "large")
	where("1 pending") // what a group over all zones may get
	groups["spot-b"].add(t, 2, "large")
	where("b: 1 spot")
}
