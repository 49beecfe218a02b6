package links

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Every link between this repository's pages leads somewhere. What Git does not track is not there for a reader.
func TestThePagesOfThisRepositoryLeadSomewhere(t *testing.T) {
	listed, err := exec.CommandContext(t.Context(), "git", "-C", "../..", "ls-files", "--cached", "--others",
		"--exclude-standard", "-z").Output()
	if err != nil {
		t.Skip("this is no Git checkout: ", err)
	}
	var files []string
	for file := range strings.SplitSeq(strings.TrimSuffix(string(listed), "\x00"), "\x00") {
		_, err := os.Stat("../../" + file) // a file that is deleted and not committed is still listed
		if err == nil && !strings.Contains(file, "/testdata/") {
			files = append(files, file)
		}
	}
	broken, err := Broken(os.DirFS("../.."), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range broken {
		t.Error(line)
	}
}

func TestBroken(t *testing.T) {
	const target = "docs/b.md"
	for name, c := range map[string]struct{ link, want string }{
		"a page":                {"[b](b.md)", ""},
		"a heading":             {"[b](b.md#what-is-titan-deploy)", ""},
		"the second of a name":  {"[b](b.md#steps-1)", ""},
		"with a letter of code": {"[b](b.md#env-_zone)", ""},
		"a heading of its own":  {"[a](#begin)", ""},
		"a folder":              {"[up](../environments)", ""},
		"a folder with a slash": {"[up](../environments/)", ""},
		"another site":          {"[x](https://example.com/nowhere#x)", ""},
		"a mail address":        {"[x](mailto:a@example.com)", ""},
		"in code":               {"`[b](nowhere.md)`", ""},
		"in a block of code":    {"```\n[b](nowhere.md)\n```", ""},
		"a line of code":        {"[x](../main.go#L3)", ""},

		"no page": {"[b](c.md)",
			`docs/a.md links to "c.md": docs/c.md is not there; did you mean "docs/a.md"?`},
		"from the wrong folder": {"[b](docs/b.md)",
			`docs/a.md links to "docs/b.md": docs/docs/b.md is not there; did you mean "docs/b.md"?`},
		"no heading": {"[b](b.md#step)",
			`docs/a.md links to "b.md#step": docs/b.md has no such heading; did you mean "steps"?`},
		"none of its own": {"[a](#xyzzyxyzzy)", `docs/a.md links to "#xyzzyxyzzy": docs/a.md has no such heading`},
		"upper case": {"[b](b.md#Steps)",
			`docs/a.md links to "b.md#Steps": docs/b.md has no such heading; did you mean "steps"?`},
		"a third of two": {"[b](b.md#steps-2)",
			`docs/a.md links to "b.md#steps-2": docs/b.md has no such heading; did you mean "steps-1"?`},
		"in a table": {"| a |\n| --- |\n| [b](c.md) |",
			`docs/a.md links to "c.md": docs/c.md is not there; did you mean "docs/a.md"?`},
		"a picture": {"![b](b.svg)",
			`docs/a.md links to "b.svg": docs/b.svg is not there; did you mean "docs/b.md"?`},
		"by a reference": {"[b][1]\n\n[1]: c.md",
			`docs/a.md links to "c.md": docs/c.md is not there; did you mean "docs/a.md"?`},
		"from the root": {"[b](/docs/b.md)",
			`docs/a.md links to "/docs/b.md": it begins with a slash; write it from the page's own folder`},
	} {
		t.Run(name, func(t *testing.T) {
			root := fstest.MapFS{
				"docs/a.md": {Data: []byte("# Begin\n\n" + c.link + "\n")},
				target: {
					Data: []byte(
						"# B\n\n## What is `titan deploy`?\n\n## Steps\n\n## [Steps](a.md)\n\n## `env._zone`\n\n## env _zone\n"),
				},
				"main.go":               {},
				"environments/dev.yaml": {},
			}
			broken, err := Broken(root, []string{"docs/a.md", target, "main.go", "environments/dev.yaml"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, strings.Join(broken, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPageThatCannotBeRead(t *testing.T) {
	if _, err := Broken(fstest.MapFS{}, []string{"docs/a.md"}); err == nil || !strings.Contains(err.Error(), "docs/a.md") {
		t.Errorf("error %v", err)
	}
}
