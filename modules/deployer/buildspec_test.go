package deployer

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestBuildspecAppliesTheStack(t *testing.T) {
	var spec struct {
		Version float64
		Phases  map[string]struct{ Commands []string }
	}
	if err := yaml.Unmarshal([]byte(buildspec), &spec); err != nil {
		t.Fatal(err)
	}
	if got := spec.Phases["build"].Commands; len(got) != 1 || got[0] != `npx cdktf deploy "$STACK" --auto-approve` {
		t.Errorf("build runs %q", got)
	}
}
