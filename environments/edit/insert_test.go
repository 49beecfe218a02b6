package edit

import (
	"strings"
	"testing"
)

func TestSetAddsASetting(t *testing.T) {
	long := "a: {k: " + strings.Repeat("v", 2000) + "}\n"
	run(t, []example{
		{"in braces", "dr: {role: primary}\n", set("dr.fenced", true), "dr: {role: primary, fenced: true}\n"},
		{"in braces before a comment", "database: {snapshots: [standby]} # copied\n", set("database.restored_from", arn),
			"database: {snapshots: [standby], restored_from: \"" + arn + "\"} # copied\n"},
		{"in braces with space", "dr: { role: primary }\n", set("dr.fenced", true), "dr: { role: primary, fenced: true }\n"},
		{"in braces with a last comma", "dr: {role: primary,}\n", set("dr.fenced", true), "dr: {role: primary, fenced: true,}\n"},
		{"in empty braces", "dr: {} # c\n", set("dr.active", true), "dr: {active: true} # c\n"},
		{"in empty braces with space", "dr: {  }\n", set("dr.active", true), "dr: {active: true}\n"},
		{"in empty braces with a comment", "dr: { # c\n  }\n", set("dr.active", true), "dr: {active: true # c\n  }\n"},
		{"in braces on lines", "dr: {\n  role: primary, # why\n  failover: manual # how\n}\n", set("dr.fenced", true),
			"dr: {\n  role: primary, # why\n  failover: manual, # how\n  fenced: true\n}\n"},
		{"in braces on lines with a last comma", "dr: {\n    role: primary,\n    # c\n}\n", set("dr.fenced", true),
			"dr: {\n    role: primary,\n    fenced: true,\n    # c\n}\n"},
		{"in braces over lines", "dr: {role: primary,\n     failover: manual}\n", set("dr.fenced", true),
			"dr: {role: primary,\n     failover: manual, fenced: true}\n"},
		{"in braces closed below", "dr: {role: primary # c\n  }\n", set("dr.fenced", true), "dr: {role: primary, fenced: true # c\n  }\n"},
		{"in braces of Windows", "dr: {\r\n  role: primary # c\r\n}\r\n", set("dr.fenced", true),
			"dr: {\r\n  role: primary, # c\r\n  fenced: true\r\n}\r\n"},
		{"in long braces", long, set("a.b", 1), strings.TrimSuffix(long, "}\n") + ", b: 1}\n"},
		{"in a block", "database:\n  readers: 2 # two\n\ndr: {role: primary}\n", set("database.restored_from", arn),
			"database:\n  readers: 2 # two\n  restored_from: " + arn + "\n\ndr: {role: primary}\n"},
		{"after a block's comments", "database:\n    readers: 2\n    # more?\n\n  # old\n# dr\ndr: {}\n", set("database.login", "iam"),
			"database:\n    readers: 2\n    # more?\n    login: iam\n\n  # old\n# dr\ndr: {}\n"},
		{"in an item", "groups:\n  - name: spot\n    max: 4\n  - name: system\n", set("groups.0.min", 1),
			"groups:\n  - name: spot\n    max: 4\n    min: 1\n  - name: system\n"},
		{"in an item of one setting", "groups:\n- name: spot\n- name: system\n", set("groups.1.min", 1),
			"groups:\n- name: spot\n- name: system\n  min: 1\n"},
		{"in an item in braces", "groups:\n- {name: spot} # c\n", set("groups.0.min", 1), "groups:\n- {name: spot, min: 1} # c\n"},
		{"after a nested block", "a:\n  b:\n    c: 1\n    # in b\n  # in a\nd: 2\n", set("a.e", 3),
			"a:\n  b:\n    c: 1\n    # in b\n  # in a\n  e: 3\nd: 2\n"},
		{"after a literal block", "a:\n  b: |\n    # text\n    more\n\nc: 1\n", set("a.d", 2),
			"a:\n  b: |\n    # text\n    more\n  d: 2\n\nc: 1\n"},
		{"after a list", "a:\n  l:\n  - x\n  - y # c\n", set("a.d", 2), "a:\n  l:\n  - x\n  - y # c\n  d: 2\n"},
		{"with its parent", "tier: production\ndr: {role: primary}\n", set("edge.rate_limit", 5000),
			"tier: production\ndr: {role: primary}\nedge: {rate_limit: 5000}\n"},
		{"with its parent between blank lines", "tier: production\n\ndr: {role: primary} # c\n", set("database.restored_from", "x"),
			"tier: production\n\ndr: {role: primary} # c\n\ndatabase: {restored_from: x}\n"},
		{"with its parent at an end without a break", "a: 1\n\nb: 2", set("dr.fenced", true), "a: 1\n\nb: 2\n\ndr: {fenced: true}"},
		{"with its parent in a file of Windows", "a: 1\r\nb: 2", set("dr.fenced", true), "a: 1\r\nb: 2\r\ndr: {fenced: true}"},
		{"with its parent before the end marker", "a: 1\n...\n", set("b.c", 2), "a: 1\nb: {c: 2}\n...\n"},
		{"with its parent after the last comment", "a:\n  b: 1\n  # in a\n\n  # too\n", set("c", 2),
			"a:\n  b: 1\n  # in a\n\n  # too\nc: 2\n"},
		{"with two parents", "a: 1\n", set("b.c.d", "x, y"), "a: 1\nb: {c: {d: \"x, y\"}}\n"},
		{"with a parent in braces", "a: {b: 1}\n", set("a.c.d", 2), "a: {b: 1, c: {d: 2}}\n"},
		{"with a parent in a block", "a:\n  b: 1\n", set("a.c.d", 2), "a:\n  b: 1\n  c: {d: 2}\n"},
		{"under a parent without a value", "dr: # later\na: 1\n", set("dr.fenced", true), "dr: {fenced: true} # later\na: 1\n"},
		{"under a null", "dr: null\n", set("dr.fenced", true), "dr: {fenced: true}\n"},
		{"whose key needs quotes", "a: {b: 1}\n", set("a.no", 2), "a: {b: 1, \"no\": 2}\n"},
		{"in a document in braces", "{a: 1}\n", set("b", 2), "{a: 1, b: 2}\n"},
	})
}

func TestAppend(t *testing.T) {
	run(t, []example{
		{"in brackets", "database: {snapshots: [standby]} # c\n", appendItem("database.snapshots", "failback-20260203"),
			"database: {snapshots: [standby, failback-20260203]} # c\n"},
		{"in empty brackets", "l: []\n", appendItem("l", "x"), "l: [x]\n"},
		{"in brackets, quoted", "l: [a] # c\n", appendItem("l", arn), "l: [a, \"" + arn + "\"] # c\n"},
		{"in brackets on lines", "l: [\n  a, # one\n  b  # two\n]\n", appendItem("l", "c"), "l: [\n  a, # one\n  b,  # two\n  c\n]\n"},
		{"in a block", "l:\n  - a # one\n  - b # two\nm: 1\n", appendItem("l", arn), "l:\n  - a # one\n  - b # two\n  - " + arn + "\nm: 1\n"},
		{"in a block at its key's column", "l:\n- a\n# more\n\n# m\nm: 1\n", appendItem("l", "no"),
			"l:\n- a\n# more\n- \"no\"\n\n# m\nm: 1\n"},
		{"after mappings", "l:\n  - name: a\n    max: 1\n\n  - name: b\n    max: 2\n", appendItem("l", "c"),
			"l:\n  - name: a\n    max: 1\n\n  - name: b\n    max: 2\n\n  - c\n"},
		{"in a nested list", "l:\n  - - a\n    - b\n  - c\n", appendItem("l.0", "d"), "l:\n  - - a\n    - b\n    - d\n  - c\n"},
		{"in a nested list in brackets", "l: [[a], [b]]\n", appendItem("l.1", "c"), "l: [[a], [b, c]]\n"},
		{"to a list that is missing", "dr: {role: primary}\n", appendItem("database.snapshots", "x"),
			"dr: {role: primary}\ndatabase: {snapshots: [x]}\n"},
		{"to a list that is missing in braces", "database: {readers: 2}\n", appendItem("database.snapshots", "x"),
			"database: {readers: 2, snapshots: [x]}\n"},
		{"to a list without a value", "a:\n  l: # c\n", appendItem("a.l", "x"), "a:\n  l: [x] # c\n"},
		{"what is there", "l: ['a', b]\n", appendItem("l", "a"), "l: ['a', b]\n"},
		{"a string beside the number", "l: [5]\n", appendItem("l", "5"), "l: [5, \"5\"]\n"},
	})
}
