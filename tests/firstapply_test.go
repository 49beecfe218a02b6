package tests

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/soundness"
)

func TestAFirstApplyHasItsOrder(t *testing.T) {
	for _, problem := range soundness.FirstApply(graphOf(t, synthesized), true) {
		t.Error(problem)
	}
	if problems := soundness.Builds(graphOf(t, synthesized)); len(problems) > 0 {
		t.Error(problems)
	}
}

// Each rule finds what it is there for: with its edge cut, the apply would be wrong.
func TestAnOrderThatIsCutIsFound(t *testing.T) {
	for _, plant := range []struct{ stack, kind, prefix, want string }{
		{"prod", "aws_lb", "loadbalancer", "aws_internet_gateway"},
		{"prod", "aws_eks_node_group", "cluster", "aws_vpc_endpoint"},
		{"dev", "aws_eks_node_group", "cluster", "aws_route"},
		{"prod", "aws_eip", "network", "aws_internet_gateway"},
		{"dev", "aws_eks_addon", "cluster_coredns", "aws_eks_node_group"},
		{"prod", "aws_codebuild_project", "deployer_apply", "waits for no route"},
	} {
		planted := map[string]Stack{plant.stack: stack(t, plant.stack).Copy()}
		delete(planted[plant.stack].Find(plant.kind, plant.prefix).Body, "depends_on")
		all := graphOf(t, planted)
		problems := append(soundness.FirstApply(all, false), soundness.Builds(all)...)
		if !slices.ContainsFunc(
			problems,
			func(p string) bool { return strings.Contains(p, plant.kind+".") && strings.Contains(p, plant.want) },
		) {
			t.Errorf("%s of %s waits for nothing, and seen are %q", plant.kind, plant.stack, problems)
		}
	}
}

// A service that is given a role tries it at once, or soon after. Its policies come first: IAM's delay is then the
// only one, and those services whose calls the provider repeats are in docs/firstapply.md.
func TestWhatActsByARoleWaitsForItsPolicies(t *testing.T) {
	all := graphOf(t, synthesized)
	problems, seen := soundness.Roles(all)
	for _, problem := range problems {
		t.Error(problem)
	}
	if seen < 100 {
		t.Errorf("only %d resources act by a role", seen)
	}
	planted := map[string]Stack{"prod": stack(t, "prod").Copy()}
	delete(planted["prod"].Find("aws_codepipeline", "birthday-app").Body, "depends_on")
	if problems, _ := soundness.Roles(graphOf(t, planted)); len(problems) == 0 {
		t.Error("a pipeline does not wait for its role's policy, and nothing is seen")
	}
}

// What names a role or a key of its own apply is a question of the page, which says what happens while AWS does not
// know it yet.
func TestThePageNamesWhatNamesARoleOrAKey(t *testing.T) {
	page, err := os.ReadFile("../docs/firstapply.md")
	if err != nil {
		t.Fatal(err)
	}
	all := graphOf(t, synthesized)
	for _, named := range slices.Concat(all.Resources("aws_iam_role"), all.Resources("aws_kms_key")) {
		for _, edge := range named.Referrers() {
			kind := edge.From.Type
			if edge.Whole && edge.From.Section == graph.Resource && !strings.Contains(string(page), "`"+kind+"`") {
				t.Errorf("docs/firstapply.md does not name %s, and %s names %s", kind, edge.From, named.Address)
			}
		}
	}
}
