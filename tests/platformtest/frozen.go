package platformtest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/soundness"
)

// frozen fails where a change would take something with data from its address: Terraform would destroy it there. An
// address is a construct's path, so that renaming or moving a construct is enough. `-update` adds new addresses and takes
// none away.
func frozen(t *testing.T, folder string, stacks []Stack) {
	t.Helper()
	for _, one := range stacks {
		t.Run(one.Name, func(t *testing.T) {
			file := filepath.Join(folder, "stateful", one.Name+".txt")
			now := map[string]bool{}
			for _, resource := range soundness.HoldingData(one) {
				now[resource.Address] = true
			}
			content, err := os.ReadFile(file)
			if err != nil && !Updating() {
				t.Fatalf("%v; write it with: make golden", err)
			}
			before := map[string]bool{}
			for _, address := range strings.Fields(string(content)) {
				before[address] = true
			}
			if Updating() {
				maps.Copy(now, before)
				write(t, file, strings.Join(slices.Sorted(maps.Keys(now)), "\n")+"\n")
				return
			}
			for _, problem := range lost(before, now) {
				t.Errorf("%s: %s", file, problem)
			}
		})
	}
	forget(t, filepath.Join(folder, "stateful", "*.txt"), stacks)
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
