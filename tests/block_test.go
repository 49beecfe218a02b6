package tests

import (
	"github.com/titan-platform/titan/internal/synth"
)

// Stack and Block are what is asserted on.
type (
	Stack = synth.Stack
	Block = synth.Block
)

// contains is whether a value is among values.
func contains(values []any, wanted any) bool {
	for _, value := range values {
		if value == wanted {
			return true
		}
	}
	return false
}
