package soundness

import (
	"github.com/titan-platform/titan/internal/nameclash"
	"github.com/titan-platform/titan/internal/synth"
)

// Names are the names that two resources would have. Every synthesis asks the same before it writes anything.
func Names(stacks []synth.Stack) []string {
	clashes, err := nameclash.Find(JSON(stacks))
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, clash := range clashes {
		problems = append(problems, clash.String())
	}
	return problems
}

// JSON are stacks, as they are now, as package nameclash reads them.
func JSON(stacks []synth.Stack) []nameclash.Stack {
	var read []nameclash.Stack
	for _, one := range stacks {
		read = append(read, nameclash.Stack{Name: one.Name, JSON: []byte(synth.Text(one.Root))})
	}
	return read
}
