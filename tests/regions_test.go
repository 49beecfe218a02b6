package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/terraform"
)

// typesOf are how the types of a service's resources begin.
var typesOf = map[environments.Service]string{
	environments.CodeBuild:       "aws_codebuild_",
	environments.CodeConnections: "aws_codeconnections_",
	environments.CodePipeline:    "aws_codepipeline",
}

// TestAnEnvironmentIsBuiltInEveryRegion loads and builds dev in each region, with what the region has services for. It
// proves that nothing is fixed to one region, and that no resource is of a service that is missing; whether AWS sells
// the instance types and versions there, `titan preflight` asks.
func TestAnEnvironmentIsBuiltInEveryRegion(t *testing.T) {
	for _, region := range environments.Regions() {
		t.Run(string(region), func(t *testing.T) {
			stacks := devIn(t, region)
			problems := slices.Concat(lackProblems(stacks), strayProblems(stacks, region), soundnessProblems(stacks))
			for _, problem := range problems {
				t.Error(problem)
			}
		})
	}
}

// devIn are the stacks of dev in another region, as the loader takes it there.
func devIn(t *testing.T, region environments.Region) []Stack {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(fixtures)); err != nil {
		t.Fatal(err)
	}
	without := slices.Contains(region.Lacks(), environments.CodeConnections)
	rewrite(t, filepath.Join(dir, "dev.yaml"), func(line string) string {
		if without && strings.HasPrefix(line, "delivery:") {
			return ""
		}
		return strings.Replace(line, "region: eu-west-1", "region: "+string(region), 1)
	})
	rewrite(t, filepath.Join(dir, "accounts", "development.yaml"), func(line string) string {
		if without && strings.HasPrefix(line, "connection:") {
			return "organization_provides: [github-connection]\n"
		}
		return strings.Replace(line, "eu-west-1", string(region), 1)
	})
	dev, err := environments.Load(dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	made, err := synth.Environments(dev)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// rewrite changes a file line by line.
func rewrite(t *testing.T, path string, change func(line string) string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(content)) {
		lines = append(lines, change(line))
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// lackProblems are the resources of services that a stack's region does not have.
func lackProblems(stacks []Stack) []string {
	var problems []string
	for _, one := range stacks {
		for _, service := range one.Place.Region.Lacks() {
			for _, kind := range one.Types() {
				if strings.HasPrefix(kind, typesOf[service]) {
					problems = append(problems, fmt.Sprintf("%s has %s, and %s has no %s",
						one.Name, kind, one.Place.Region, service))
				}
			}
		}
	}
	return problems
}

// strayProblems are what of an environment in one region, and us-east-1, names another one.
func strayProblems(stacks []Stack, region environments.Region) []string {
	var others []string
	for _, other := range environments.Regions() {
		if other != region && other != environments.GlobalRegion {
			others = append(others, string(other))
		}
	}
	names := regexp.MustCompile(strings.Join(others, "|"))
	var problems []string
	for _, one := range stacks {
		synth.EachValue("", one.Root, func(path string, value any) {
			if text, ok := value.(string); ok && names.MatchString(text) {
				problems = append(problems, fmt.Sprintf("%s: %s names %s", one.Name, path, names.FindString(text)))
			}
		})
	}
	return problems
}

// soundnessProblems are those of the checks that take any stacks.
func soundnessProblems(stacks []Stack) []string {
	problems := slices.Concat(
		nameProblems(stacks), soundness.Aliases(stacks), soundness.Conditions(stacks), soundness.Principals(stacks),
	)
	for _, one := range stacks {
		for _, problem := range soundness.Region(one, stacks) {
			problems = append(problems, one.Name+": "+problem)
		}
	}
	return problems
}

// Each service is used where it is to be had, and what is of none is seen, by planting both mistakes.
func TestWhatARegionHasNoServiceForIsSeen(t *testing.T) {
	kinds := append(stack(t, "dev").Types(), stack(t, "account.development.eu-west-1").Types()...)
	for service, prefix := range typesOf {
		if !slices.ContainsFunc(kinds, func(kind string) bool { return strings.HasPrefix(kind, prefix) }) {
			t.Errorf("no resource of %s begins with %s", service, prefix)
		}
	}
	stacks := devIn(t, "eu-central-2")
	holdsProblem(t, lackProblems(stacks), "")
	plantIn(t, stacks, "dev", "aws_codeconnections_connection", map[string]any{"name": "planted"})
	holdsProblem(t, lackProblems(stacks),
		"dev has aws_codeconnections_connection, and eu-central-2 has no CodeConnections")
	plantIn(t, stacks, "dev", "aws_sns_topic", map[string]any{"name": "arn:aws:sns:eu-west-1:111111111111:planted"})
	holdsProblem(t, strayProblems(stacks, "eu-central-2"), "name names eu-west-1")
}

// TestHomeInUSEast1IsSound has home and us-east-1's stack in one region. Its stacks are judged by the checks that take
// any stacks, the request's way included, and by the real provider.
func TestHomeInUSEast1IsSound(t *testing.T) {
	stacks := coincidences["home is us-east-1"].stacks(t)
	for _, problem := range soundnessProblems(stacks) {
		t.Error(problem)
	}
	byName := map[string]Stack{}
	for _, one := range stacks {
		byName[one.Name] = one
	}
	prod := loadedNamed(t, "prod")
	prod.Region = environments.GlobalRegion
	way := map[string]Stack{}
	for _, name := range []string{"prod", "prod.global", "prod-dr", "prod-dr.global"} {
		way[name] = byName[name]
	}
	for _, problem := range requestpath.Check(prod, graphOf(t, way)) {
		t.Error(problem)
	}
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"dev", "prod", "prod.global"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // no construct is touched
			for _, diagnostic := range validated(t, env, byName[name].Text) {
				t.Error(diagnostic)
			}
		})
	}
}
