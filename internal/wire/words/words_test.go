package words

import (
	"fmt"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/wire/rule"
)

func TestPhrases(t *testing.T) {
	const (
		description = `<p>Constraints: Up to 255 characters in length. Allowed characters are a-z, A-Z, 0-9, spaces, ` +
			`and ._-:/()#,@[]+=;{}!$*.</p>`
		identifier = `<ul><li>Must contain from 1 to 63 letters, numbers, or hyphens.</li><li>First character must be a ` +
			`letter.</li><li>Can't end with a hyphen or contain two consecutive hyphens.</li></ul>`
		interval = `The approximate amount of time, in seconds, between health checks. The range is 5-300.`
		twice    = `For one kind the range is 5-300. For another the range is 2-120.`
		missing  = `<p>Valid Values: <code>breaching | notBreaching | ignore | missing</code></p>`
	)
	for _, c := range []struct {
		documentation string
		value         any
		kinds         []string // of what it breaks
	}{
		{description, "Good & plain: a, b. (c) [d]", nil},
		{description, "it's", []string{"characters"}},
		{description, "ü", []string{"characters"}},
		{description, int64(5), nil},
		{identifier, "birthday-db", nil},
		{identifier, "1a", []string{"name"}},
		{identifier, "a-", []string{"name"}},
		{identifier, "a--b", []string{"name"}},
		{identifier, "a_b", []string{"name"}},
		{identifier, "", []string{"name", "name"}},
		{interval, int64(5), nil},
		{interval, int64(4), []string{"range"}},
		{interval, 300.5, []string{"range"}},
		{interval, "4", nil}, // a text is none
		{twice, int64(1), nil},
		{missing, "ignore", nil},
		{missing, "nonsense", []string{"values"}},
		{"", "it's", nil},
		{"Anything.", []any{"it's"}, nil},
	} {
		var cache Cache
		sheet := rule.NewSheet()
		cache.Check(c.documentation, c.value, ".A", sheet)
		var kinds []string
		for _, breach := range sheet.Breaches {
			kinds = append(kinds, breach.Kind)
		}
		var want []string
		for _, kind := range c.kinds {
			want = append(want, "words: "+kind)
		}
		if !slices.Equal(kinds, want) {
			t.Errorf("%s on %q: %q, want %q", c.documentation, fmt.Sprint(c.value), kinds, want)
		}
	}
}
