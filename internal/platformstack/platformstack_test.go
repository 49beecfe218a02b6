package platformstack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

// golden is an environment with its two stacks as they are synthesized, in a folder with a folder a stack.
func golden(t *testing.T, name string) (stacks string, e environments.Environment) {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e = range all {
		if e.Name == name {
			break
		}
	}
	stacks = t.TempDir()
	for _, stack := range []string{name, name + ".platform"} {
		content, err := os.ReadFile("../../tests/golden/" + stack + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(stacks, stack), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(stacks, stack, "cdk.tf.json"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return stacks, e
}

func TestAPlatformIsEvaluated(t *testing.T) {
	stacks, prod := golden(t, "prod")
	stack, err := Evaluate(t.Context(), stacks, prod, "")
	if err != nil {
		t.Fatal(err)
	}
	releases, err := stack.Releases()
	if err != nil {
		t.Fatal(err)
	}
	last := releases[len(releases)-1]
	if last.Name != "birthday-app" || !last.Ours() || !strings.HasPrefix(last.Chart, stack.Dir) {
		t.Errorf("the last release is %s of chart %q", last.Name, last.Chart)
	}
	for _, want := range []struct {
		path []string
		want any
	}{
		{[]string{"image", "digest"}, "sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"},
		{[]string{"database", "writerHost"}, "birthday-db-prod.cluster.abcdefghijkl.eu-west-1.rds.amazonaws.com"},
		{[]string{"database", "bootstrap", "roleArn"}, "arn:aws:iam::333333333333:role/titan-prod-database-bootstrap"},
	} {
		if got := at(last.Values, want.path...); got != want.want {
			t.Errorf("%v is %v, want %v", want.path, got, want.want)
		}
	}
	manifests, err := stack.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	if len(manifests) < 30 || manifests[0]["kind"] != "Namespace" {
		t.Errorf("%d manifests, the first a %v", len(manifests), manifests[0]["kind"])
	}

	stack, err = Evaluate(t.Context(), stacks, prod, "example.com/app@sha256:1")
	if err != nil {
		t.Fatal(err)
	}
	if releases, err = stack.Releases(); err != nil {
		t.Fatal(err)
	}
	if got := at(releases[len(releases)-1].Values, "image", "repository"); got != "example.com/app" {
		t.Errorf("the image is %v", got)
	}
}

// An output that <env> no longer has is Terraform's error, and a sample of none is ours.
func TestOutputsThatAreNotThereAreErrors(t *testing.T) {
	for removed, want := range map[string]string{
		"database_bootstrap_role_arn": `does not have an attribute named "database_bootstrap_role_arn"`,
		"vpc_id":               `a sample of "vpc_id", which is no output of prod`,
	} {
		stacks, prod := golden(t, "prod")
		environment, err := Read(stacks, "prod")
		if err != nil {
			t.Fatal(err)
		}
		outputs := environment["output"].(Object)
		if outputs[removed] == nil {
			t.Fatalf("prod has no output %s: take another", removed)
		}
		delete(outputs, removed)
		text, err := json.Marshal(environment)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(stacks, "prod", "cdk.tf.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Evaluate(t.Context(), stacks, prod, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: %v, want %s", removed, err, want)
		}
	}
}

func release(after ...any) Object {
	return Object{"chart": "c", "repository": "https://x", "values": []any{"{}"}, "depends_on": after}
}

func TestReleasesFollowWhatTheyDependOn(t *testing.T) {
	s := &Stack{Dir: "stack", Resources: map[string]map[string]Object{"helm_release": {
		"a": release("helm_release.c", "kubernetes_namespace_v1.n"), "b": release(), "c": release("helm_release.b"),
	}}}
	for id, block := range s.Resources["helm_release"] {
		block["name"] = id
	}
	releases, err := s.Releases()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range releases {
		names = append(names, r.Name)
	}
	if diff := cmp.Diff([]string{"b", "c", "a"}, names); diff != "" {
		t.Error(diff)
	}
	s.Resources["helm_release"]["b"]["depends_on"] = []any{"helm_release.a"}
	if _, err := s.Releases(); err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("a circle: %v", err)
	}
	s.Resources["helm_release"]["b"] = Object{"values": []any{"{}", "{}"}}
	if _, err := s.Releases(); err == nil || !strings.Contains(err.Error(), "2 documents of values") {
		t.Errorf("two documents of values: %v", err)
	}
}

func TestBlocksBecomeManifests(t *testing.T) {
	s := &Stack{Resources: map[string]map[string]Object{
		"kubernetes_default_service_account_v1": {"d": {
			"metadata": Object{"namespace": "x"}, "automount_service_account_token": false, "depends_on": []any{"n"},
		}},
		"kubernetes_network_policy_v1": {"p": {
			"metadata": Object{"name": "p", "labels": Object{"my_label": "kept"}},
			"spec": Object{
				"pod_selector": Object{"match_labels": Object{"app_name": "y"}},
				"ingress":      []any{Object{"ports": []any{Object{"port": "8000"}}, "from": nil}},
			},
		}},
		"kubernetes_storage_class_v1": {"s": {"storage_provisioner": "ebs.csi.aws.com"}},
	}}
	got, err := s.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	want := []Object{
		{
			"apiVersion": "v1", "kind": "ServiceAccount", "automountServiceAccountToken": false,
			"metadata": Object{"name": "default", "namespace": "x"},
		},
		{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "ebs.csi.aws.com"},
		{
			"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
			"metadata": Object{"name": "p", "labels": Object{"my_label": "kept"}},
			"spec": Object{
				"podSelector": Object{"matchLabels": Object{"app_name": "y"}},
				"ingress":     []any{Object{"ports": []any{Object{"port": 8000}}}},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	s.Resources["kubernetes_secret_v1"] = nil
	if _, err := s.Manifests(); err == nil || !strings.Contains(err.Error(), "kubernetes_secret_v1: teach") {
		t.Errorf("an unknown type: %v", err)
	}
}

func TestNodeGroupsAreRead(t *testing.T) {
	stacks, _ := golden(t, "prod")
	environment, err := Read(stacks, "prod")
	if err != nil {
		t.Fatal(err)
	}
	groups, err := NodeGroups(environment)
	if err != nil {
		t.Fatal(err)
	}
	want := NodeGroup{
		Name: "spot-b", Zones: []string{"b"}, Minimum: 1, InstanceType: "m7i.xlarge",
		Labels: Object{"capacity": "spot", "node-group": "spot"},
		Taints: []any{Object{"key": "capacity", "value": "spot", "effect": "NoSchedule"}},
	}
	if len(groups) != 6 {
		t.Fatalf("%d groups, want 6", len(groups))
	}
	if diff := cmp.Diff(want, groups[1]); diff != "" {
		t.Error(diff)
	}

	group := Object{
		"node_group_name_prefix": "spot-", "subnet_ids": []any{"1", "2", "3"}, "instance_types": []any{"m7i.large"},
		"scaling_config": Object{"min_size": 0.0},
	}
	in := Object{"resource": Object{"aws_eks_node_group": Object{"g": group}}}
	if groups, err = NodeGroups(in); err != nil || strings.Join(groups[0].Zones, "") != "abc" {
		t.Errorf("a group over three zones is in %v: %v", groups, err)
	}
	group["taint"] = []any{Object{"effect": "NO_EXECUTE"}}
	if _, err := NodeGroups(in); err == nil || !strings.Contains(err.Error(), `"NO_EXECUTE"`) {
		t.Errorf("an unknown effect: %v", err)
	}
	delete(group, "instance_types")
	if _, err := NodeGroups(in); err == nil || !strings.Contains(err.Error(), "lacks its name, subnets, size or instance types") {
		t.Errorf("without instance types: %v", err)
	}
}
