package edit

import "testing"

const arn = "arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-1"

// role stands for the loader's types of words, which are strings of their own.
type role string

func TestSetChangesAValue(t *testing.T) {
	run(t, []example{
		{"in a block", "tier: staging\nowner: platform\n", set("tier", "production"),
			"tier: production\nowner: platform\n"},
		{"in braces", "dr: {role: primary, active: false}\n", set("dr.active", true),
			"dr: {role: primary, active: true}\n"},
		{"before a comment", "a: 1   # one\nb: 2\n", set("a", 10), "a: 10   # one\nb: 2\n"},
		{"a word of another type", "dr: {role: primary}\n", set("dr.role", role("secondary")),
			"dr: {role: secondary}\n"},
		{"an item", "zones: [a, b, c]\n", set("zones.1", "d"), "zones: [a, d, c]\n"},
		{"a setting of an item", "groups:\n  - name: spot # cheap\n    max: 4 # of\n", set("groups.0.max", 6),
			"groups:\n  - name: spot # cheap\n    max: 6 # of\n"},
		{"an item of a nested list", "rules:\n  - - a\n    - b\n  - [c, [d]]\n", set("rules.1.1.0", "e"),
			"rules:\n  - - a\n    - b\n  - [c, [e]]\n"},
		{"quoted for no reason before", "a: 'x' # c\n", set("a", "z"), "a: z # c\n"},
		{"double quotes with an escape", `a: "x\"#y" # c` + "\n", set("a", "z"), "a: z # c\n"},
		{"single quotes with a doubled one", "a: 'it''s' # c\n", set("a", "z"), "a: z # c\n"},
		{"on the line below its key", "a:\n  # why\n  one\nb: 2\n", set("a", "two"), "a:\n  # why\n  two\nb: 2\n"},
		{"on several lines", "a: one\n  two\n\n  three # c\nb: 2\n", set("a", "four"), "a: four # c\nb: 2\n"},
		{"in a literal block", "a: |\n  one\n   two\n\n# c\nb: 2\n", set("a", "x"), "a: x\n\n# c\nb: 2\n"},
		{"beside a literal block", "a: |+\n  one # no comment\n\nb: 2\n", set("b", 3),
			"a: |+\n  one # no comment\n\nb: 3\n"},
		{"beside an indented folded block", "l:\n- >2-\n    one\n  # no comment\n\n- 2\n", set("l.1", 3),
			"l:\n- >2-\n    one\n  # no comment\n\n- 3\n"},
		{"that is missing", "dr:\n  role: # which\n", set("dr.role", "primary"), "dr:\n  role: primary # which\n"},
		{"that is null", "dr: {role: ~}\n", set("dr.role", "primary"), "dr: {role: primary}\n"},
		{"a missing item", "l:\n  -\n  - b\n", set("l.0", "a"), "l:\n  - a\n  - b\n"},
		{"after characters of several bytes", "owner: {ü: é, b: 1} # ö\n", set("owner.b", 2),
			"owner: {ü: é, b: 2} # ö\n"},
		{"of a quoted key", "'a': {\"b\":1}\n", set("a.b", 2), "'a': {\"b\":2}\n"},
		{"in a file of Windows", "a: 1\r\nb: x # c\r\n\r\nc: 3\r\n", set("b", "z"),
			"a: 1\r\nb: z # c\r\n\r\nc: 3\r\n"},
		{"without a last line break", "a: 1\nb: 2", set("b", 3), "a: 1\nb: 3"},
		{"between markers", "---\n# c\na: 1\n...\n", set("a", 2), "---\n# c\na: 2\n...\n"},
		{"the same", "a: 'x'   # c\n", set("a", "x"), "a: 'x'   # c\n"},
		{"the same number as a string", "a: 5\n", set("a", "5"), "a: \"5\"\n"},
	})
}

func TestSetQuotesWhereYAMLNeedsIt(t *testing.T) {
	for value, want := range map[string][2]string{ // in a block, in braces
		"birthday-db-prod": {`birthday-db-prod`, `birthday-db-prod`},
		arn:                {arn, `"` + arn + `"`},
		"20260203":         {`"20260203"`, `"20260203"`},
		"2026-02-03":       {`"2026-02-03"`, `"2026-02-03"`},
		"012345678901":     {`"012345678901"`, `"012345678901"`},
		"0777":             {`"0777"`, `"0777"`},
		"1.35":             {`"1.35"`, `"1.35"`},
		"12:30":            {`"12:30"`, `"12:30"`},
		"no":               {`"no"`, `"no"`},
		"yes":              {`"yes"`, `"yes"`},
		"true":             {`"true"`, `"true"`},
		"null":             {`"null"`, `"null"`},
		"~":                {`"~"`, `"~"`},
		"":                 {`""`, `""`},
		"a, b":             {`a, b`, `"a, b"`},
		"[a]":              {`"[a]"`, `"[a]"`},
		"a#b":              {`a#b`, `a#b`},
		"a #b":             {`"a #b"`, `"a #b"`},
		"a: b":             {`"a: b"`, `"a: b"`},
		" a":               {`" a"`, `" a"`},
		"- a":              {`"- a"`, `"- a"`},
		"*":                {`"*"`, `"*"`},
		`a "b" \c`:         {`a "b" \c`, `a "b" \c`},
		`"a" \c`:           {`"\"a\" \\c"`, `"\"a\" \\c"`},
		"a\nb":             {`"a\nb"`, `"a\nb"`},
		"a\tb":             {`"a\tb"`, `"a\tb"`},
		"größe":            {`größe`, `größe`},
	} {
		block, braces := opened(t, "a: x # c\n"), opened(t, "b: {a: x} # c\n")
		if err := block.Set("a", value); err != nil {
			t.Error(err)
		}
		if err := braces.Set("b.a", value); err != nil {
			t.Error(err)
		}
		if got, want := block.now.text, "a: "+want[0]+" # c\n"; got != want {
			t.Errorf("in a block: got %q, want %q", got, want)
		}
		if got, want := braces.now.text, "b: {a: "+want[1]+"} # c\n"; got != want {
			t.Errorf("in braces: got %q, want %q", got, want)
		}
	}
}
