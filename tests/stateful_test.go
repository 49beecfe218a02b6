package tests

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/stacks/order"
)

// TestEveryTypeIsStatefulOrNot makes whoever adds a type of resource decide whether destroying one loses data.
func TestEveryTypeIsStatefulOrNot(t *testing.T) {
	used := map[string]bool{}
	for _, one := range append(committed(), optionStacks(t)...) {
		for _, kind := range one.Types() {
			used[kind] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(used)) {
		if stateful.Type(kind) == slices.Contains(stateless, kind) {
			t.Errorf("%s: is data lost when one is destroyed? Put it into internal/stateful/stateful.go if so, else into tests/stateless_test.go", kind)
		}
	}
	for _, kind := range stateless {
		if !used[kind] {
			t.Errorf("%s is used nowhere; take it out of tests/stateless_test.go", kind)
		}
	}
}

// TestProtectedEnvironmentsLoseNothing holds what has data to `protection`, wherever it is made.
func TestProtectedEnvironmentsLoseNothing(t *testing.T) {
	for _, one := range order.All(loaded) {
		environment := environmentOf(t, one.Name)
		protected := environment.Protected()
		if one.Shared() {
			protected = environment.Base(one.Region).Protected() // the strictest of the account's files
		}
		for _, resource := range soundness.HoldingData(stack(t, one.Name)) {
			copied := environment.Standby() && strings.HasPrefix(resource.Address, "aws_rds_cluster.") // the next restore replaces it
			if protected && !copied {
				resource.WantValue(t, "lifecycle.prevent_destroy", true)
			} else {
				resource.WantAbsent(t, "lifecycle.prevent_destroy")
			}
		}
	}
}

// TestAddressesOfDataAreFrozen fails where a change would take something with data from its address: Terraform would destroy it there. An
// address is a construct's path, so that renaming or moving a construct is enough. `make golden` adds new addresses and takes none away.
func TestAddressesOfDataAreFrozen(t *testing.T) {
	for _, name := range stackNames() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("golden", "stateful", name+".txt")
			now := map[string]bool{}
			for _, resource := range soundness.HoldingData(stack(t, name)) {
				now[resource.Address] = true
			}
			content, err := os.ReadFile(file)
			if err != nil && !*update {
				t.Fatalf("%v; write it with: make golden", err)
			}
			frozen := map[string]bool{}
			for _, address := range strings.Fields(string(content)) {
				frozen[address] = true
			}
			if *update {
				maps.Copy(now, frozen)
				if err := os.WriteFile(file, []byte(strings.Join(slices.Sorted(maps.Keys(now)), "\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, problem := range lost(frozen, now) {
				t.Errorf("%s: %s", file, problem)
			}
		})
	}
}

// statefulOf are the resources of a stack that hold data.
func statefulOf(t *testing.T, name string) []Block {
	t.Helper()
	var resources []Block
	for _, kind := range stack(t, name).Types() {
		if stateful.Type(kind) {
			resources = append(resources, stack(t, name).Resources(kind)...)
		}
	}
	return resources
}

// lost says what became of frozen addresses that are gone, and which new ones are not frozen yet.
func lost(frozen, now map[string]bool) []string {
	var problems []string
	fresh := map[string][]string{} // by type
	for _, address := range slices.Sorted(maps.Keys(now)) {
		if !frozen[address] {
			kind, _, _ := strings.Cut(address, ".")
			fresh[kind] = append(fresh[kind], address)
		}
	}
	moved := map[string]bool{}
	for _, address := range slices.Sorted(maps.Keys(frozen)) {
		if now[address] {
			continue
		}
		kind, id, _ := strings.Cut(address, ".")
		if candidates := fresh[kind]; len(candidates) > 0 {
			problems = append(problems, "the next apply would destroy "+address+" with its data, and make "+strings.Join(candidates, " or ")+" anew. "+
				"Keep the address (OverrideLogicalId(\""+id+"\") on the construct), or move the data to the new one (MoveFromId(\""+address+"\")) and the line with it")
			for _, candidate := range candidates {
				moved[candidate] = true
			}
			continue
		}
		problems = append(problems, "the next apply would destroy "+address+" with its data. Bring it back; or, where its end is meant, save what is in it and take out the line")
	}
	for _, addresses := range fresh {
		for _, address := range addresses {
			if !moved[address] {
				problems = append(problems, address+" holds data and is not frozen yet; run: make golden")
			}
		}
	}
	slices.Sort(problems)
	return problems
}

func TestLostAddressesAreExplained(t *testing.T) {
	set := func(addresses ...string) map[string]bool {
		all := map[string]bool{}
		for _, address := range addresses {
			all[address] = true
		}
		return all
	}
	for name, c := range map[string]struct {
		frozen, now map[string]bool
		want        string
	}{
		"nothing":    {set("aws_s3_bucket.a"), set("aws_s3_bucket.a"), ""},
		"gone":       {set("aws_s3_bucket.a"), set(), "the next apply would destroy aws_s3_bucket.a with its data. Bring it back; or, where its end is meant, save what is in it and take out the line"},
		"new":        {set(), set("aws_s3_bucket.a"), "aws_s3_bucket.a holds data and is not frozen yet; run: make golden"},
		"other type": {set("aws_kms_key.a"), set("aws_kms_key.a", "aws_s3_bucket.a"), "aws_s3_bucket.a holds data and is not frozen yet; run: make golden"},
		"moved": {set("aws_s3_bucket.a"), set("aws_s3_bucket.b"), `the next apply would destroy aws_s3_bucket.a with its data, and make aws_s3_bucket.b anew. ` +
			`Keep the address (OverrideLogicalId("a") on the construct), or move the data to the new one (MoveFromId("aws_s3_bucket.a")) and the line with it`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(lost(c.frozen, c.now), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Terraform makes new before it destroys old for everything that such a resource depends on, too: a database would be made under a name that its
// predecessor still has.
func TestWhatIsMadeBeforeItsPredecessorGoesDependsOnNoData(t *testing.T) {
	for _, name := range stackNames() {
		declared := stack(t, name)
		bodies := map[string]string{}
		var before []string
		for _, kind := range declared.Types() {
			for _, block := range declared.Resources(kind) {
				bodies[block.Address] = synth.Text(block.Body)
				if block.At("lifecycle.create_before_destroy") == true {
					before = append(before, block.Address)
				}
			}
		}
		for _, begin := range before {
			seen, queue := map[string]bool{}, []string{begin}
			for len(queue) > 0 {
				address := queue[0]
				queue = queue[1:]
				for _, match := range resourceAddress.FindAllString(bodies[address], -1) {
					if kind, _, _ := strings.Cut(match, "."); bodies[match] != "" && !seen[match] {
						seen[match] = true
						queue = append(queue, match)
						// A key has no name that two could not have. Node groups have to be made before; what would replace their cluster replaces
						// all that is in it, and is no apply but a move.
						if stateful.Type(kind) && !slices.Contains([]string{"aws_kms_key", "aws_eks_cluster"}, kind) {
							t.Errorf("%s: %s is made before its predecessor goes, and so %s would be", name, begin, match)
						}
					}
				}
			}
		}
	}
}

// resourceAddress is the address of a resource in a reference or in depends_on.
var resourceAddress = regexp.MustCompile(`[a-z][a-z0-9_]+\.[A-Za-z0-9_-]+`)
