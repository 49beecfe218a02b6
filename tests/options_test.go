package tests

import (
	"maps"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/terraform"
)

// TestEveryOptionSynthesizesAndValidates builds the files that together use every option (environments/options_test.go), and holds their stacks
// to what the committed ones are held to: no name twice, and accepted by the real provider.
func TestEveryOptionSynthesizesAndValidates(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"fixtures/options", "fixtures/failedover"} {
		all, err := environments.Load(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		made, err := synthesize(all)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range nameProblems(placedIn(all, made)) {
			t.Errorf("%s: %s", folder, problem)
		}
		for _, name := range slices.Sorted(maps.Keys(made)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				judged, _ := withoutProviders(t, made[name], missingProviders(t))
				for _, diagnostic := range validate(t, env, judged) {
					t.Error(diagnostic)
				}
			})
		}
	}
}
