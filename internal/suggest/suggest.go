// Package suggest finds the word that somebody may have meant.
package suggest

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest is the allowed word that a wrong one is the beginning of, or else the one that differs least from it; empty
// where none is near.
func Nearest(word string, allowed []string) string {
	best, distance := "", len(word)/3+2
	for _, candidate := range allowed {
		if len(word) > 2 && strings.HasPrefix(candidate, word) {
			return candidate
		}
		if n := levenshtein.ComputeDistance(word, candidate); n < distance {
			best, distance = candidate, n
		}
	}
	return best
}
