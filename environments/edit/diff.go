package edit

import (
	"fmt"

	"github.com/aymanbagabas/go-udiff"
)

// Diff is the changes so far as a unified diff with three lines around each, empty where there are none.
func (f *File) Diff() string {
	edits := udiff.Lines(f.saved, f.now.text)
	diff, err := udiff.ToUnifiedDiff(f.path, f.path, f.saved, edits, udiff.DefaultContextLines)
	if err != nil {
		panic(fmt.Sprintf("comparing %s: %v", f.path, err)) // the edits are of that text
	}
	// udiff leaves lines between two changes of one hunk out of later hunks' new line numbers (golang/go#81453).
	added := 0
	for _, hunk := range diff.Hunks {
		hunk.ToLine = hunk.FromLine + added
		for _, line := range hunk.Lines {
			switch line.Kind {
			case udiff.Insert:
				added++
			case udiff.Delete:
				added--
			}
		}
	}
	return diff.String()
}
