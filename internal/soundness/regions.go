package soundness

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/synth"
)

// Region is what of a stack needs another region than the table's, or can't say which. A provider is configured before
// anything is planned, and asks STS in its region.
func Region(one synth.Stack, all []synth.Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }

	providers := Providers(one)
	if len(providers) != 1 {
		say("has %d AWS providers, want one", len(providers))
	}
	for _, provider := range providers {
		if alias := provider.At("alias"); alias != nil {
			say("has a provider with the alias %q", alias)
		}
		if region := provider.At("region"); region != string(one.Place.Region) {
			say("has a provider in %v, and the table says %s", region, one.Place.Region)
		}
	}
	for _, section := range []string{"resource", "data", "ephemeral"} {
		for _, kind := range slices.Sorted(maps.Keys(synth.Object(one.Root, section))) {
			for _, block := range one.Blocks(section, kind) {
				if provider := block.At("provider"); provider != nil {
					say("%s chooses provider %v", block.Address, provider)
				}
			}
		}
	}
	for output := range synth.Object(one.Root, "output") {
		if strings.HasPrefix(output, "cross-stack-output") { // what CDKTF makes of an attribute of another stack
			say("has output %s, for another stack", output)
		}
	}
	return append(problems, remoteStateProblems(one, all)...)
}

// remoteStateProblems are what a stack reads of states that are not in its own region.
func remoteStateProblems(one synth.Stack, all []synth.Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, remote := range one.Blocks("data", "terraform_remote_state") {
		if region := remote.At("config.region"); region != string(one.Place.Region) {
			say("%s reads state in %v, want %s", remote.Address, region, one.Place.Region)
		}
		i := slices.IndexFunc(all, func(other synth.Stack) bool { return other.Place.StateKey() == remote.At("config.key") })
		if i < 0 {
			say("%s reads state %v, which is no stack's", remote.Address, remote.At("config.key"))
			continue
		}
		if other := all[i]; other.Place.StateRegion != one.Place.Region {
			say("%s reads the state of %s, which lies in %s", remote.Address, other.Name, other.Place.StateRegion)
		}
	}
	return problems
}

// Providers are a stack's blocks of the AWS provider.
func Providers(s synth.Stack) []synth.Block {
	var blocks []synth.Block
	for _, body := range synth.List(synth.Object(s.Root, "provider")["aws"]) {
		object, _ := body.(map[string]any)
		blocks = append(blocks, synth.Block{Address: "provider.aws", Body: object})
	}
	return blocks
}
