package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/soundness"
)

// TestEveryTextHasARule finds a text of which nobody has looked up what AWS takes.
func TestEveryTextHasARule(t *testing.T) {
	for _, name := range stackNames() {
		for _, problem := range soundness.UnknownTexts(stack(t, name)) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestATextThatItsServiceRefusesIsFound(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, plant := range []struct {
		kind, prefix string
		change       func(body map[string]any)
		want         string
	}{
		{"aws_vpc_security_group_ingress_rule", "cluster", func(b map[string]any) { b["description"] = "the nodes' own" },
			`description is "the nodes' own"`},
		{"aws_vpc_security_group_egress_rule", "cluster", func(b map[string]any) { b["description"] = "a < b" },
			`description is "a < b"`},
		{"aws_security_group", "cluster", func(b map[string]any) { b["description"] = long }, "has 300 characters"},
		{"aws_iam_role", "cluster", func(b map[string]any) { b["description"] = "nodes – all" },
			`description is "nodes – all"`},
		{"aws_kms_key", "encryption", func(b map[string]any) { b["tags"] = map[string]any{"owner": "R&D, platform"} },
			`tags.owner is "R&D, platform"`},
		{"aws_vpc", "network", func(b map[string]any) { b["comment"] = "x" }, "is in no table"},
		{"aws_codepipeline", "birthday-app", func(b map[string]any) { setAt(b, "stage.0.name", "Read it") },
			`stage.0.name is "Read it"`},
		{"aws_cloudwatch_event_rule", "observability", func(b map[string]any) { b["description"] = strings.Repeat("x", 600) },
			"has 600 characters"},
	} {
		planted := stack(t, "prod").Copy()
		plant.change(planted.Find(plant.kind, plant.prefix).Body)
		if problems := append(soundness.Texts(planted), soundness.UnknownTexts(planted)...); !slices.ContainsFunc(
			problems,
			func(p string) bool { return strings.Contains(p, plant.want) },
		) {
			t.Errorf("%s: got %q, want %q", plant.kind, problems, plant.want)
		}
	}
	planted := stack(t, "prod").Copy()
	setAt(planted.Root, "provider.aws.0.default_tags.0.tags.owner", "platform's")
	if problems := soundness.Texts(planted); len(problems) != 1 || !strings.Contains(problems[0], "default_tags") {
		t.Errorf("of default tags: %q", problems)
	}
}

// setAt puts a value at a dotted path.
func setAt(body map[string]any, path string, value any) {
	steps := strings.Split(path, ".")
	holder := Block{Body: body}.At(strings.Join(steps[:len(steps)-1], "."))
	holder.(map[string]any)[steps[len(steps)-1]] = value
}
