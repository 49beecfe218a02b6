package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// TestEveryStackNeedsItsOwnRegionAlone holds every stack to what lets it be planned and applied while another region is
// gone: a provider is configured before anything is planned, and asks STS in its region.
func TestEveryStackNeedsItsOwnRegionAlone(t *testing.T) {
	stacks := committed()
	for _, one := range stacks {
		for _, problem := range soundness.Region(one, stacks) {
			t.Errorf("%s: %s", one.Name, problem)
		}
	}
}

// regionProblems are what of a stack needs another region than the table's, or can't say which.
func soundness.Region(one Stack, all []Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }

	providers := soundness.Providers(one)
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
func remoteStateProblems(one Stack, all []Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, remote := range one.Blocks("data", "terraform_remote_state") {
		if region := remote.At("config.region"); region != string(one.Place.Region) {
			say("%s reads state in %v, want %s", remote.Address, region, one.Place.Region)
		}
		i := slices.IndexFunc(all, func(other Stack) bool { return other.Place.StateKey() == remote.At("config.key") })
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

func TestAnotherRegionInAStackIsSeen(t *testing.T) {
	for name, plant := range map[string]struct {
		stack  string
		change func(Stack)
		want   string
	}{
		"an alias": {"prod", func(s Stack) {
			providers := synth.Object(s.Root, "provider")
			providers["aws"] = append(synth.List(providers["aws"]), map[string]any{"alias": "second", "region": "eu-central-1"})
		}, `has a provider with the alias "second"`},
		"a second provider": {"prod", func(s Stack) {
			providers := synth.Object(s.Root, "provider")
			providers["aws"] = append(synth.List(providers["aws"]), map[string]any{"region": "eu-west-1"})
		}, "has 2 AWS providers"},
		"a provider elsewhere": {"prod.global", func(s Stack) {
			soundness.Providers(s)[0].Body["region"] = "eu-west-1"
		}, "has a provider in eu-west-1, and the table says us-east-1"},
		"a resource with a provider": {"prod", func(s Stack) {
			s.Find("aws_sns_topic", "observability").Body["provider"] = "aws.second"
		}, "chooses provider aws.second"},
		"a data source with a provider": {"prod.global", func(s Stack) {
			s.Blocks("data", "aws_route53_zone")[0].Body["provider"] = "aws.home"
		}, "chooses provider aws.home"},
		"a state in the lost region": {"prod.global", func(s Stack) {
			synth.Object(s.Root, "data")["terraform_remote_state"] = map[string]any{"planted": map[string]any{
				"config": map[string]any{"region": "eu-west-1", "key": order.StateKey("prod")},
			}}
		}, "reads the state of prod, which lies in eu-west-1"},
		"a state that another stack keeps elsewhere": {"prod.platform", func(s Stack) {
			remoteState(s)["key"] = order.StateKey("prod.global")
		}, "reads the state of prod.global, which lies in eu-central-1"},
		"a state of nobody": {"prod.platform", func(s Stack) {
			remoteState(s)["key"] = "prod-platform/terraform.tfstate"
		}, "which is no stack's"},
		"an output for another stack": {"prod", func(s Stack) {
			synth.Object(s.Root, "output")["cross-stack-output-aws_vpcmainid"] = map[string]any{"value": "x"}
		}, "has output cross-stack-output-aws_vpcmainid"},
	} {
		t.Run(name, func(t *testing.T) {
			all := committed()
			i := slices.IndexFunc(all, func(one Stack) bool { return one.Name == plant.stack })
			planted := all[i]
			planted.Stack = planted.Copy()
			plant.change(planted.Stack)
			problems := soundness.Region(planted, all)
			if !slices.ContainsFunc(problems, func(problem string) bool { return strings.Contains(problem, plant.want) }) {
				t.Errorf("the check says %q, want %q", problems, plant.want)
			}
		})
	}
}

// remoteState is the configuration of the state that a platform stack reads.
func remoteState(s Stack) map[string]any {
	return synth.Object(s.Blocks("data", "terraform_remote_state")[0].Body, "config")
}

// The stack that a failover changes lies, with its state, outside the region that may be lost; so does the zone's.
func TestAFailoverNeedsNothingOfTheLostRegion(t *testing.T) {
	for _, primary := range loaded {
		if primary.Peers.Secondary == nil {
			continue
		}
		secondary := primary.Peers.Secondary.Environment
		lost := primary.Region
		needed := []order.Stack{tabled(t, order.Name(primary, order.Global)), tabled(t, order.Name(primary, order.Zone))}
		for _, one := range order.Of(loadedNamed(t, secondary.Name)) {
			if one.Kind != order.Second && !one.Shared() { // its copies and replicas go to the primary's region
				needed = append(needed, one)
			}
		}
		for _, one := range needed {
			for _, region := range []environments.Region{one.Region, one.StateRegion} {
				if region == lost {
					t.Errorf("%s needs %s, which is %s's own", one.Name, lost, primary.Name)
				}
			}
		}
	}
}
