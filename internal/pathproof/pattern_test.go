package pathproof

import "testing"

const (
	thisKey  = string(firstToken)
	otherKey = string(firstToken + 1)
	nothing  = string(unknown)
)

func TestPatternsOverlapWhereSomeTextMatchesBoth(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"*", "", true}, {"?", "", false},
		{"s3:Get*", "s3:GetObject", true}, {"s3:Get*", "s3:Put*", false}, {"*:role/a*", "arn:role/*b", true},
		{"secret:db-??????", "secret:db-*", true}, {"secret:db-??????", "secret:db-ab", false},
		{"secret:db-??????", "secret:db-??????", true}, {"secret:db-??????", "secret:dbx-??????", false},
		{"key/" + thisKey, "key/*", true}, {"key/" + thisKey, "key/1234", true}, {"key/" + thisKey, "key/", false},
		{"key/" + thisKey, "key/" + thisKey, true}, {"key/" + thisKey, "key/" + otherKey, false},
		{"key/" + thisKey, "key/a/b", false}, {"key/" + thisKey + "/x", "key/*/x", true}, {nothing, "anything", true},
		{"a" + nothing, "b", false}, {nothing, otherKey, true},
	} {
		if got := overlaps(c.a, c.b); got != c.want {
			t.Errorf("overlaps(%q, %q) = %v", c.a, c.b, got)
		}
		if got := overlaps(c.b, c.a); got != c.want {
			t.Errorf("overlaps(%q, %q) = %v", c.b, c.a, got)
		}
	}
}

func TestAPatternCoversWhatItSurelyMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"*", "a*", true}, {"a", "a", true}, {"a", "a*", false}, {"a*", "a*", true}, {"a*", "*", false},
		{"a?", "ab", true}, {"a?", "a*", false}, {"a?", "a?", true}, {"ab", "a?", false}, {"*b", "a*b", true},
		{"key/*", "key/" + thisKey, true}, {"key/?", "key/" + thisKey, false}, {"key/" + thisKey, "key/" + thisKey, true},
		{"key/" + otherKey, "key/" + thisKey, false}, {"key/1234", "key/" + thisKey, false},
		{nothing, "a", false}, {"*", nothing, true}, {nothing, nothing, false},
	} {
		if got := covers(c.pattern, c.text); got != c.want {
			t.Errorf("covers(%q, %q) = %v", c.pattern, c.text, got)
		}
	}
}
