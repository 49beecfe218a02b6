package edit

import "testing"

func TestRemove(t *testing.T) {
	run(t, []example{
		{"the last in braces", "dr: {role: primary, fenced: true} # c\n", removed("dr.fenced"),
			"dr: {role: primary} # c\n"},
		{"the first in braces", "dr: {fenced: true, role: primary}\n", removed("dr.fenced"), "dr: {role: primary}\n"},
		{"the middle in braces", "a: {b: 1, c: [x, {y: 2}], d: 3}\n", removed("a.c"), "a: {b: 1, d: 3}\n"},
		{"the only one in braces", "dr: { fenced: true, } # c\n", removed("dr.fenced"), "dr: {} # c\n"},
		{"the only one beside a comment", "dr: { # c\n  fenced: true }\n", removed("dr.fenced"), "dr: { # c\n   }\n"},
		{"a line in braces", "dr: {\n  role: primary, # why\n  active: true, # how\n  failover: manual\n}\n",
			removed("dr.active"),
			"dr: {\n  role: primary, # why\n  failover: manual\n}\n"},
		{"the last line in braces", "dr: {\n  role: primary, # why\n  active: true # how\n}\n", removed("dr.active"),
			"dr: {\n  role: primary # why\n}\n"},
		{"the last line in braces with a comma", "dr: {\n  role: primary,\n  active: true,\n}\n", removed("dr.active"),
			"dr: {\n  role: primary,\n}\n"},
		{"the only line in braces", "dr: {\n  active: true # c\n}\n", removed("dr.active"), "dr: {\n}\n"},
		{"the last in braces over lines", "dr: {role: primary,\n     active: true}\n", removed("dr.active"),
			"dr: {role: primary}\n"},
		{"the first in braces over lines", "dr: {role: primary,\n     active: true}\n", removed("dr.role"),
			"dr: {active: true}\n"},
		{"the last in braces below a comment", "dr: {role: primary, # why\n     active: true}\n", removed("dr.active"),
			"dr: {role: primary, # why\n     }\n"},
		{"the first in braces above a comment", "dr: {role: primary, # why\n     active: true}\n", removed("dr.role"),
			"dr: { # why\n     active: true}\n"},
		{"the second on a line in braces", "l: [\n  a, b,\n  c\n]\n", removed("l.1"), "l: [\n  a,\n  c\n]\n"},
		{"below a leading comma", "a: {b: 1\n  , c: 2\n  , d: 3}\n", removed("a.c"), "a: {b: 1\n  , d: 3}\n"},
		{"a line", "a: 1 # one\nb: 2 # two\nc: 3\n", removed("b"), "a: 1 # one\nc: 3\n"},
		{"a line below its comment", "a: 1\n# about b\nb: 2\n  # about c\nc: 3\n", removed("b"),
			"a: 1\n# about b\n  # about c\nc: 3\n"},
		{"a block", "a: 1\nb:\n  c: 2\n  # in b\n\n  # too\nd: 3\n", removed("b"), "a: 1\nd: 3\n"},
		{"a block that begins with a comment", "b:\n  # in b\n  c: 2\nd: 3\n", removed("b"), "d: 3\n"},
		{"a literal block", "a: |\n  x\n\n  y\n# c\nb: 2\n", removed("a"), "# c\nb: 2\n"},
		{"a block above a comment at its column", "b:\n  c: 2\n# about d\nd: 3\n", removed("b"), "# about d\nd: 3\n"},
		{"below a blank line at an end without a break", "a: 1\n\nb: 2", removed("b"), "a: 1\n"},
		{"a line above its comma", "a: {\n  b: 1 # c\n  , # d\n  e: 2\n}\n", removed("a.b"), "a: {\n  e: 2\n}\n"},
		{"between blank lines", "a: 1\n\nb: 2\n\nc: 3\n", removed("b"), "a: 1\n\nc: 3\n"},
		{"below a blank line at the end", "a: 1\n\nb: {c: 2} # c\n", removed("b"), "a: 1\n"},
		{"above no blank line", "a: 1\n\nb: 2\nc: 3\n", removed("b"), "a: 1\n\nc: 3\n"},
		{"the first of the file", "b: 2\n\nc: 3\n", removed("b"), "\nc: 3\n"},
		{"in a file of Windows", "a: 1\r\n\r\nb: 2 # c\r\n\r\nc: 3\r\n", removed("b"), "a: 1\r\n\r\nc: 3\r\n"},
		{"at an end without a line break", "a: 1\nb: 2", removed("b"), "a: 1\n"},
		{"the only one of a block", "a: # c\n  # about b\n  b: 1\nd: 2\n", removed("a.b"),
			"a: {} # c\n  # about b\nd: 2\n"},
		{"an item", "l:\n  - a # one\n  - name: b # two\n    max: 1\n    # in b\n  - c\n", removed("l.1"),
			"l:\n  - a # one\n  - c\n"},
		{"the only item", "l:\n- a\nm: 1\n", removed("l.0"), "l: []\nm: 1\n"},
		{"an item in brackets", "l: [a, \"b\", c]\n", removed("l.1"), "l: [a, c]\n"},
		{"the only item in brackets", "database: {snapshots: [x]}\n", removed("database.snapshots.0"),
			"database: {snapshots: []}\n"},
		{"what is missing", "a: {b: 1}\n", removed("a.c"), "a: {b: 1}\n"},
		{"what is missing with its parent", "a: 1\n", removed("b.c"), "a: 1\n"},
	})
}

// TestRemoveUndoesSet holds for settings and lists whose parent is there: a failover and its way back leave the file
// as it was.
func TestRemoveUndoesSet(t *testing.T) {
	for _, before := range []string{
		"dr: {role: primary} # c\n",
		"dr: {\n  role: primary # c\n}\n",
		"dr: {\n  role: primary, # c\n}\n",
		"dr:\n  role: primary # c\n\n# end\n",
		"dr: {}\n",
		"a: 1\n\ndr:\n    x:\n    - y\n    # in x\n  # in dr\n\nb: 2\n",
	} {
		f := opened(t, before)
		if err := f.Set("dr.fenced", true); err != nil {
			t.Fatal(err)
		}
		if f.now.text == before {
			t.Errorf("%q does not change", before)
		}
		if err := f.Remove("dr.fenced"); err != nil {
			t.Fatal(err)
		}
		if f.now.text != before {
			t.Errorf("got %q, want %q", f.now.text, before)
		}
	}
}
