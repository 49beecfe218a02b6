package tests

import (
	"sync"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/validate"
)

// optionFolders hold files that together use every option (environments/options_test.go), under the longest names.
var optionFolders = []string{"fixtures/options", "fixtures/failedover", otherOrganization}

// optionStacks are the stacks of these files.
func optionStacks(t *testing.T) []Stack {
	t.Helper()
	stacks, err := synthesizeOptions()
	if err != nil {
		t.Fatal(err)
	}
	return stacks
}

var synthesizeOptions = sync.OnceValues(func() ([]Stack, error) {
	var stacks []Stack
	for _, folder := range optionFolders {
		all, err := environments.Load(folder, "")
		if err != nil {
			return nil, err
		}
		made, err := synth.Environments(all)
		if err != nil {
			return nil, err
		}
		stacks = append(stacks, made...)
	}
	return stacks, nil
})

// TestEveryOptionIsSound holds them to what any stacks are held to.
func TestEveryOptionIsSound(t *testing.T) {
	for _, problem := range soundnessProblems(optionStacks(t)) {
		t.Error(problem)
	}
}

// TestTheRealProviderAcceptsEveryOption has Terraform validate what differs from the committed files most: the stacks
// of the environments with everything on and with next to nothing on, and those of their accounts.
func TestTheRealProviderAcceptsEveryOption(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range optionStacks(t) {
		switch one.Name {
		case "account.everything.us-east-1", "account.everything.us-west-2", "account.provided.us-east-1", "production",
			"production.global", "production.zone", "zonewaits.zone", "stagefirst.global", "standbyreg", "singlenode",
			"standby":
			t.Run(one.Name, func(t *testing.T) {
				t.Parallel()
				judged, _ := validate.Without(one, missingProviders(t))
				for _, diagnostic := range validated(t, env, judged) {
					t.Error(diagnostic)
				}
			})
		}
	}
}
