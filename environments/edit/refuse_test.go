package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenRefusesWhatCannotBeEditedSafely(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"anchor": {"a: 1\nb: &x {c: 1}\n",
			"prod.yaml:2:3: an anchor (&x) stands here; write the value out where it is used"},
		"anchor of nothing": {"a: &x\n",
			"prod.yaml:1:3: an anchor (&x) stands here; write the value out where it is used"},
		"anchor of all": {"&x\na: 1\n",
			"prod.yaml:1:1: an anchor (&x) stands here; write the value out where it is used"},
		"alias": {"a: &x 1\nb: *x\n",
			"prod.yaml:1:3: an anchor (&x) stands here; write the value out where it is used"},
		"merge": {"a: {<<: {b: 1}}\n",
			"prod.yaml:1:5: a merge (<<) stands here; write the settings out"},
		"tag": {"a: !!str 5\n",
			"prod.yaml:1:3: a tag (!!str) stands here; take it away, and quote the value if it is a string"},
		"own tag": {"a: [!x b]\n",
			"prod.yaml:1:5: a tag (!x) stands here; take it away, and quote the value if it is a string"},
		"tag without a name": {"a: ! b\n",
			"prod.yaml:1:4: \"! b\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"tab":                {"a:\t1\n", "prod.yaml:1:3: a tab stands between values; use spaces"},
		"tab before comment": {"a: 1\t# c\n", "prod.yaml:1:5: a tab stands between values; use spaces"},
		"tab in braces":      {"a: {\n\tb: 1}\n", "prod.yaml:2:1: a tab stands between values; use spaces"},
		"documents": {"a: 1\n---\nb: 1\n",
			"prod.yaml: holds more than one YAML document; remove what follows the second ---"},
		"complex key": {"? a\n: b\n",
			"prod.yaml:1:1: \"? a\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"key without value": {"a: {b}\n",
			"prod.yaml:1:6: \"}\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"pair without braces": {"a: [b: 1]\n",
			"prod.yaml:1:5: \"b: 1]\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"list as key": {"[a]: 1\n",
			"prod.yaml:1:1: \"[a]: 1\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"directive": {"%YAML 1.1\n---\na: 1\n",
			"prod.yaml:1:1: \"%YAML 1.1\" stands here, a form of YAML that is not edited; write the setting as `key: value`"},
		"set twice": {"a: 1\nb: 2\na: 3\n", "prod.yaml:3:1: a is set twice; remove one of them"},
		"comment at a brace": {"a: {#c\n}\n",
			"prod.yaml:1:5: a comment begins without a space before its #; put one there"},
		"carriage return": {"a: 1\rb: 2\n",
			"prod.yaml:1:5: holds a carriage return without a line feed; end lines with \\n or \\r\\n"},
		"byte order mark": {"\ufeffa: 1\n",
			"prod.yaml:1:1: holds \"\\ufeff\", a byte order mark or a line break of YAML 1.1 alone; remove it"},
		"line separator": {"a: 1 # b\u2028c: 2\n",
			"prod.yaml:1:9: holds \"\\u2028\", a byte order mark or a line break of YAML 1.1 alone; remove it"},
		"no YAML": {"a: 1\n  b: 2\n",
			"prod.yaml: is not YAML: line 2: mapping values are not allowed in this context; mend it first"},
		"comments alone": {"# c\n", "prod.yaml: is empty; an environment is written first, then edited"},
		"nothing":        {"", "prod.yaml: is empty; an environment is written first, then edited"},
	} {
		path := filepath.Join(t.TempDir(), "prod.yaml")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path)
		if err == nil {
			t.Errorf("%s: %q is opened", name, c.content)
			continue
		}
		if got := strings.ReplaceAll(err.Error(), path, "prod.yaml"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestOpenRefusesALinkAndAFolder(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "prod.yaml"), filepath.Join(dir, "link.yaml")
	if err := os.WriteFile(file, []byte("a: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, dir} {
		want := path + ": is a folder or a link, and a file is replaced as a whole; name the file itself"
		if _, err := Open(path); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := Open(filepath.Join(dir, "dev.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestAChangeThatIsNotSafeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		change  change
		want    string
	}{
		"mapping": {"dr: {role: primary}\n", set("dr", "x"),
			"prod.yaml:1:5: dr is a list or a mapping and can't become \"x\"; set what it holds, one by one"},
		"below a word": {"dr: primary\n", set("dr.role", "x"),
			"prod.yaml:1:5: \"primary\" is not a mapping, and role can't be set in it; make it one"},
		"no item": {"l: [a]\n", set("l.1", "x"),
			"prod.yaml:1:4: l is a list of 1 items without an item 1; name one from 0, or append"},
		"word in a list": {"l: [a]\n", removed("l.a"),
			"prod.yaml:1:4: l is a list of 1 items without an item a; name one from 0, or append"},
		"no list": {"a: {b: 1}\n", appendItem("a.b", "x"),
			"prod.yaml:1:8: a.b is not a list, and \"x\" can't be appended; make it a list"},
		"path": {"a: 1\n", set("a..b", 1),
			"prod.yaml: \"a..b\" is not the path of a setting; write one as database.restored_from"},
		"type": {"a: 1\n", set("a", 1.5),
			"setting a: 1.5 is a float64; give a string, a bool or an integer"},
		"no value": {"a: 1\n", set("a", nil),
			"setting a: <nil> is a <nil>; give a string, a bool or an integer"},
		"encoding": {"a: 1\n", set("a", "\xff"),
			`setting a: "\xff" is not UTF-8, as YAML is; write it in UTF-8`},
		"first of item": {"l:\n  - a: 1\n    b: 2\n", removed("l.0.a"),
			"prod.yaml:2:5: a begins on the line of a list's dash; remove the whole item, or change it by hand"},
		"last of file": {"a: 1\n", removed("a"),
			"prod.yaml:1:1: is the only setting of the file; remove the file instead"},
		"no document": {"--- # c\n", set("a", 1),
			"prod.yaml:1:4: \"\" is not a mapping, and a can't be set in it; make it one"},
		// yaml.v3 writes << without quotes, and reads a merge.
		"merge": {"a: x\n", set("a", "<<"),
			"prod.yaml:1:4: a can't be changed safely here: another setting would change with it; change it by hand"},
		"comment in a value": {"a: | # c\n  x\n", set("a", "y"),
			"prod.yaml:1:4: a can't be changed safely here: a comment would be lost; change it by hand"},
		"end of a block": {"a: |\n  x", set("b", 1),
			"prod.yaml:1:1: b can't be changed safely here: another setting would change with it; change it by hand"},
	} {
		path := filepath.Join(t.TempDir(), "prod.yaml")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		err = c.change(f)
		if err == nil {
			t.Errorf("%s: %q becomes %q", name, c.content, f.now.text)
			continue
		}
		if got := strings.ReplaceAll(err.Error(), path, "prod.yaml"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if f.Diff() != "" {
			t.Errorf("%s: changed all the same:\n%s", name, f.Diff())
		}
	}
}
