package edit

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

func loads(folder string) error {
	_, err := environments.Load(folder, "")
	return err
}

// committed is a copy of this project's environment files, opened.
func committed(t *testing.T) map[string]*File {
	t.Helper()
	names, err := filepath.Glob("../../tests/fixtures/platform/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d environment files: %v", len(names), err)
	}
	dir, files := t.TempDir(), map[string]*File{}
	if err := os.CopyFS(filepath.Join(dir, "accounts"), os.DirFS("../../tests/fixtures/platform/accounts")); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if files[filepath.Base(name)], err = Open(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestEveryCommittedFileTakesEveryEdit makes changes that are legal in every file, one after the other, and loads the
// folder after each.
func TestEveryCommittedFileTakesEveryEdit(t *testing.T) {
	files := committed(t)
	for name, f := range files {
		now := leaves("", f.now.root.value())
		region, account := now["region"].value, strings.Split(now["cluster.admins.0"].value, ":")[4]
		_, size, _ := strings.Cut(now["cluster.node_groups.0.instance_types.0"].value, ".")
		edits := []change{
			set("delivery.branch", "no"),
			set("edge.rate_limit", 7000),
			set("cluster.version", "1.34"),
			set("cluster.node_groups.0.max", 5),
			set("cluster.node_groups.0.min", 1),
			set("database.retention_days", 21),
			set("database.restored_from", "arn:aws:rds:"+region+":"+account+":cluster-snapshot:awsbackup:copyjob-20260203"),
			set("backup.retention_days", 40),
			set("backup.copy_days", 40),
			set("observability.budget_usd", 7000),
			appendItem("cluster.admins", "arn:aws:iam::"+account+":role/another"),
			appendItem("cluster.node_groups.0.instance_types", "r7i."+size),
			appendItem("observability.emails", "another@titan.example.com"),
			appendItem("database.snapshots", "failback-20260203"),
			removed("addons"),
			removed("cluster.node_groups.0.min"),
			removed("observability.budget_usd"),
			removed("database.snapshots"),
		}
		for i, edit := range edits {
			before := f.now.text
			if err := edit(f); err != nil {
				t.Errorf("%s, edit %d: %v", name, i, err)
			}
			if err := tryOut(loads, filepath.Dir(f.path), []*File{f}); err != nil {
				t.Errorf("%s, edit %d: %v\n%s", name, i, err, f.Diff())
			}
			if old, _ := between(before, f.now.text); len(old) > 3 {
				t.Errorf("%s, edit %d changes %d lines", name, i, len(old))
			}
		}
	}
}

// TestEveryCommittedValueCanBeChangedAndBack leaves every file as it was, byte for byte. The one exception is the
// webhook's URL in brackets, whose quotes YAML 1.2 does without and YAML 1.1 does not.
func TestEveryCommittedValueCanBeChangedAndBack(t *testing.T) {
	files := committed(t)
	changed := 0
	for name, f := range files {
		for path, value := range leaves("", f.now.root.value()) {
			changed++
			before := f.now
			if err := f.Set(path, "{odd: value, # really"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if f.now == before {
				t.Errorf("%s: %s does not change", name, path)
			}
			if err := f.Set(path, typed(value)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			want := before.text
			if path == "observability.webhooks.0" {
				want = strings.Replace(want, value.value, `"`+value.value+`"`, 1)
			}
			if f.now.text != want {
				t.Errorf("%s: %s back to %v is\n%s", name, path, value, f.Diff())
			}
			f.now = before
		}
	}
	if changed < 100 {
		t.Errorf("only %d values were changed", changed)
	}
}

// leaves are the scalars of a value by their paths.
func leaves(path string, value any) map[string]scalar {
	all := map[string]scalar{}
	below := func(step string, value any) {
		maps.Copy(all, leaves(strings.TrimPrefix(path+"."+step, "."), value))
	}
	switch value := value.(type) {
	case scalar:
		all[path] = value
	case []any:
		for i, item := range value {
			below(fmt.Sprint(i), item)
		}
	case map[string]any:
		for key, item := range value {
			below(key, item)
		}
	}
	return all
}

// typed is a scalar as a caller would give it.
func typed(s scalar) any {
	switch s.tag {
	case "!!bool":
		return s.value == "true"
	case "!!int":
		var n int
		if _, err := fmt.Sscan(s.value, &n); err == nil {
			return n
		}
	}
	return s.value
}

// between are the lines of two texts that lie between the lines both begin with and those both end with.
func between(before, after string) (old, new []string) {
	old, new = slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	for len(old) > 0 && len(new) > 0 && old[0] == new[0] {
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && old[len(old)-1] == new[len(new)-1] {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	return old, new
}

// TestAFailoverAndBack makes the runbook's changes in its order; each step loads, and the files end as they began but
// for what stays.
func TestAFailoverAndBack(t *testing.T) {
	const copied = "arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-5"
	files := committed(t)
	prod, dr := files["prod.yaml"], files["prod-dr.yaml"]
	before := [2]string{prod.now.text, dr.now.text}
	step := func(of *File, changes ...change) {
		t.Helper()
		for _, c := range changes {
			if err := c(of); err != nil {
				t.Fatal(err)
			}
		}
		if err := Save(loads, prod, dr); err != nil {
			t.Fatal(err)
		}
	}
	step(prod, set("dr.fenced", true), set("dr.outdated", "none"))
	step(dr, set("database.restored_from", copied))
	step(dr, set("dr.active", true))
	want := [2]string{
		strings.Replace(before[0], "{role: primary}", "{role: primary, fenced: true, outdated: none}", 1),
		strings.NewReplacer(
			"birthday-db-prod-standby}", `"`+copied+`"}`,
			"{primary: prod}", "{primary: prod, active: true}",
		).Replace(before[1]),
	}
	if got := [2]string{prod.now.text, dr.now.text}; got != want {
		t.Errorf("failed over: got %s", prod.Diff()+dr.Diff())
	}

	step(dr, appendItem("database.snapshots", "failback-20260203"))
	step(prod, set("database.restored_from", "birthday-db-prod-dr-failback-20260203"))
	step(dr, removed("dr.active"), removed("database.snapshots"),
		set("database.restored_from", "birthday-db-prod-standby"))
	step(prod, removed("dr.fenced"), removed("dr.outdated"))
	want = [2]string{
		strings.Replace(before[0], "[standby]}", "[standby], restored_from: birthday-db-prod-dr-failback-20260203}", 1),
		before[1],
	}
	for i, f := range []*File{prod, dr} {
		content, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		if string(content) != want[i] {
			t.Errorf("back: got\n%s\nwant\n%s", content, want[i])
		}
	}
}
