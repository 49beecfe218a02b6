package compare

import (
	"strings"
	"testing"
)

// Every pattern of up to three steps is compared with every list of two, text by text.
func TestFindAgreesWithTryingEveryText(t *testing.T) {
	texts := spelled("ab", 4)
	globs := spelled("a*?", 3)
	wild := syntax{wildcards: true}
	for _, one := range globs {
		for i, first := range globs {
			second := globs[(i*7+len(one))%len(globs)]
			covered, meets := true, false
			for _, text := range texts {
				if !glob(one, text) {
					continue
				}
				covered = covered && (glob(first, text) || glob(second, text))
				meets = meets || glob(first, text)
			}
			p, q, r := wild.parse(one), wild.parse(first), wild.parse(second)
			if got := find([]*pattern{p}, []*pattern{q, r}) == isEmpty; got != covered {
				t.Errorf("%q within %q and %q: %t, by trying %t", one, first, second, got, covered)
			}
			if got := find([]*pattern{p, q}, nil) != isEmpty; got != meets {
				t.Errorf("%q meets %q: %t, by trying %t", one, first, got, meets)
			}
		}
	}
}

// spelled are all words of at most so many letters.
func spelled(letters string, most int) []string {
	words := []string{""}
	for shorter := words; most > 0; most-- {
		var longer []string
		for _, word := range shorter {
			for _, letter := range letters {
				longer = append(longer, word+string(letter))
			}
		}
		words, shorter = append(words, longer...), longer
	}
	return words
}

// Patterns whose automata grow beyond all bounds are given up, and what is given up counts as new.
func TestASearchThatIsGivenUpCountsAsWider(t *testing.T) {
	tail := strings.Repeat("?", 16)
	result, err := Policies([]byte(doing(`["s3:a`+tail+`","s3:?*a`+tail+`"]`)), []byte(doing(`"s3:*a`+tail+`"`)))
	if err != nil {
		t.Fatal(err)
	}
	if result.Relation != Wider || !strings.HasPrefix(result.Added[0].Reason, "can't be compared: too many patterns") {
		t.Errorf("%s, %v", result.Relation, result.Added)
	}
}
