package platformstack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
