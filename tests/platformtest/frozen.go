package platformtest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// frozen fails where a change would take something with data from its address: Terraform would destroy it there. An
// address is a construct's path, so that renaming a construct is enough, unless a moved block leads on. `-update` adds
// new addresses and takes none away: an old one stays, and with it the demand for its moved block.
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
			for _, problem := range lost(one.Place.Kind, before, now, moves.Of(one.Root)) {
				t.Errorf("%s: %s", file, problem)
			}
		})
	}
	forget(t, filepath.Join(folder, "stateful", "*.txt"), stacks)
}

// lost says what became of frozen addresses of a stack that are gone, and which new ones are not frozen yet.
func lost(kind order.Kind, frozen, now map[string]bool, declared []moves.Move) []string {
	var problems []string
	fresh := map[string][]string{} // by type
	for _, address := range slices.Sorted(maps.Keys(now)) {
		if !frozen[address] {
			fresh[typeOf(address)] = append(fresh[typeOf(address)], address)
		}
	}
	explained := map[string]bool{}
	for _, address := range slices.Sorted(maps.Keys(frozen)) {
		end := moves.End(declared, address)
		if now[end] {
			continue // here, or there
		}
		if end != address {
			problems = append(problems, address+" is moved to "+end+", which is not there: the next apply would destroy it "+
				"with its data. Have the row lead to an address that the stack declares")
			continue
		}
		candidates := fresh[typeOf(address)]
		if len(candidates) == 0 {
			problems = append(problems, "the next apply would destroy "+address+" with its data. Bring it back; or, where its "+
				"end is meant, save what is in it and take out the line")
			continue
		}
		problems = append(problems, renamed(kind, address, candidates))
		for _, candidate := range candidates {
			explained[candidate] = true
		}
	}
	for _, addresses := range fresh {
		for _, address := range addresses {
			if !explained[address] {
				problems = append(problems, address+" holds data and is not frozen yet; run: make golden")
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// renamed says how to move what may have been renamed to a new address of its type.
func renamed(kind order.Kind, address string, candidates []string) string {
	var rows []string
	for _, candidate := range candidates {
		rows = append(rows, "\t"+moves.Move{From: address, To: candidate}.Row(kind))
	}
	_, id, _ := strings.Cut(address, ".")
	return "the next apply would destroy " + address + " with its data, and make " + strings.Join(candidates, " or ") +
		" anew. If that is the same renamed, leave the line and declare the move, in Moves of your extension or, for a " +
		"construct of the platform, in stacks/moved.go (`titan moves` prints the rows of all that was renamed):\n" +
		strings.Join(rows, "\n") + "\nOr keep the address: OverrideLogicalId(\"" + id + "\") on the construct"
}

func typeOf(address string) string {
	kind, _, _ := strings.Cut(address, ".")
	return kind
}

// idle are the rows of extensions that are moved blocks of no stack.
func idle(extensions []extension.Extension, stacks []Stack) []string {
	var problems []string
	for _, one := range extensions {
		moving, ok := one.(extension.Moving)
		if !ok {
			continue
		}
		for _, row := range moving.Moves() {
			move := moves.Move{From: row.From, To: row.To}
			if !slices.ContainsFunc(stacks, func(s Stack) bool {
				return s.Place.Kind == row.Stack && slices.Contains(moves.Of(s.Root), move)
			}) {
				problems = append(problems, fmt.Sprintf(
					"extension %q: the move from %s leads to nothing that a stack %q declares: "+
						"mend the row, or, where that is gone for good, take it out", one.Name(), move, row.Stack))
			}
		}
	}
	return problems
}
