// Package stateful says which resources hold data, and keeps a plan from destroying them.
package stateful

import "github.com/titan-platform/titan/internal/stateful/kinds"

// Type is whether a resource of a type is protected, because destroying it loses data. Their addresses are frozen
// (tests/golden/stateful).
func Type(kind string) bool { return kinds.HoldData(kind) }
