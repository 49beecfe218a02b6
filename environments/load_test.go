package environments

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// complaints is what Load says of a folder with these files, without the folder's path.
func complaints(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := folder(t, files)
	_, err := Load(dir, "")
	if err == nil {
		return ""
	}
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("the error is a %T (%v), not Problems", err, err)
	}
	return strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "")
}

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range accountFiles {
		if _, given := files[name]; !given {
			write(t, dir, name, content)
		}
	}
	for name, content := range files {
		write(t, dir, name, content)
	}
	return dir
}

// accountFiles are beside every folder of environment files that does not bring its own.
var accountFiles = map[string]string{
	"accounts/production.yaml": validAccount,
	"accounts/staging.yaml":    strings.Replace(validAccount, "333333333333", "222222222222", 1),
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCommittedFilesLoad(t *testing.T) {
	all, err := Load("../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, environment := range all {
		names = append(names, environment.Name)
	}
	if want := []string{"dev", "local", "prod", "prod-dr", "staging"}; !slices.Equal(names, want) {
		t.Errorf("loaded %v, want %v", names, want)
	}
}

func TestFilesThatAreNoEnvironment(t *testing.T) {
	aliasBomb := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
		"d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
	for name, c := range map[string]struct{ file, content, want string }{
		"empty": {"prod.yaml", "",
			"prod.yaml:1:1: the file is empty: an environment needs tier, account, region, dns, network, cluster"},
		"comments only": {"prod.yaml", "# nothing yet\n",
			"prod.yaml:1:1: the file is empty: an environment needs tier, account, region, dns, network, cluster"},
		"a marker only": {"prod.yaml", "---\n",
			"prod.yaml:1:1: the file is empty: an environment needs tier, account, region, dns, network, cluster"},
		"a list": {"prod.yaml", "- prod\n",
			"prod.yaml:1:1: the file is a list, must be a mapping with the settings account, acknowledge"},
		"a word": {"prod.yaml", "prod\n",
			"prod.yaml:1:1: the file is a string, must be a mapping with the settings account, acknowledge"},
		"binary": {"prod.yaml", "\x00\x01\xff",
			"prod.yaml:1:1: the file holds U+0000 here, a control character; remove it"},
		"alias bomb": {"prod.yaml", aliasBomb, "prod.yaml:2:8: b[0] is an alias (*a): aliases are not taken here"},
		"too large": {"prod.yaml", strings.Repeat("# filler\n", 40_000),
			"prod.yaml: cannot be read: it is larger than that; make it a readable file of at most 64 KiB"},
		"wrong ending": {"prod.yml", valid,
			"prod.yml: ends in .yml; environment files end in .yaml: rename it to prod.yaml"},
		"name in capitals": {"Prod.yaml", valid,
			`Prod.yaml: names an environment "Prod", which cannot be part of a resource's name`},
		"name of a stack": {"prod-second.yaml", valid,
			`prod-second.yaml: names an environment "prod-second": -second ends the names in another environment's stack of ` +
				`another region; rename the file`},
		"name of a bucket": {"state.yaml", valid,
			`state.yaml: names an environment "state", and an account's own buckets are called titan-state-…; ` +
				`rename the file`},
		"name too long for the trace group": {"production-europe.yaml", valid,
			`production-europe.yaml: makes the file's name "production-europe" 17 characters long, and there is room for 14: ` +
				`the X-Ray group would be called "app-tracing-group-production-europe", 35 characters of at most 32; ` +
				`shorten it by 3`},
		"application too long": {"production-europe.yaml", valid + "application: {name: catalogue-of-parts}\n",
			`production-europe.yaml: makes application.name "catalogue-of-parts" and the file's name "production-europe" ` +
				`together 35 characters long, and there is room for 31: the X-Ray group would be called ` +
				`"catalogue-of-parts-production-europe", 36 characters of at most 32; shorten one of them by 4`},
		"project and name too long": {"a-production-environment.yaml", valid + "application: {name: orders}\n",
			`a-production-environment.yaml: ` +
				`makes the account's project "titan" and the file's name "a-production-environment" together 29 characters long, ` +
				`and there is room for 26: the bucket would be called ` +
				`"titan-a-production-environment-artifacts-333333333333-eu-central-1", 66 characters of at most 63; ` +
				`shorten one of them by 3`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := complaints(t, map[string]string{c.file: c.content}); !strings.Contains("\n"+got, "\n"+c.want) {
				t.Errorf("got\n%s\nwant a line that begins\n%s", got, c.want)
			}
		})
	}
}

// A file that is wrong from end to end is told in as many lines as somebody reads.
func TestNoMoreProblemsAreToldThanSomebodyReads(t *testing.T) {
	var content strings.Builder
	for i := range 3 * mostProblems {
		fmt.Fprintf(&content, "setting%d: 1\n", i)
	}
	lines := strings.Split(complaints(t, map[string]string{"prod.yaml": content.String()}), "\n")
	const want = "prod.yaml: has more mistakes than these 100; correct them, and the others are told"
	if len(lines) != mostProblems+1 || lines[0] != want {
		t.Errorf("%d lines, the first of them %s", len(lines), lines[0])
	}
}

func TestUnreadableFileAndFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir, ""); err == nil ||
		!strings.Contains(err.Error(), "holds no environment file: add <name>.yaml") {
		t.Errorf("a folder without files: %v", err)
	}
	if _, err := Load(filepath.Join(dir, "none"), ""); err == nil ||
		!strings.Contains(err.Error(), "none: cannot be read: no such file or directory") {
		t.Errorf("no folder: %v", err)
	}
	// A folder with a file's name stands for what cannot be read: root, as which CI runs, may read any file.
	if err := os.Mkdir(filepath.Join(dir, "prod.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir, ""); err == nil ||
		!strings.Contains(err.Error(), "prod.yaml: cannot be read: is a directory; make it a readable file") {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

// An environment waits for the zone that another one's file makes.
func TestNobodyComesBeforeTheZone(t *testing.T) {
	zone := DNS{Zone: "titan.example.com", Delegated: true}
	all := Resolve([]Environment{
		{Name: "prod", DNS: DNS{Zone: zone.Zone, CreateZone: true}},
		{Name: "prod-dr", DNS: zone},
		{Name: "dev", DNS: DNS{Zone: "dev.example.com", Delegated: true}},
	})
	if all[1].DNS.Delegated || !all[2].DNS.Delegated {
		t.Errorf("prod-dr delegated %v, dev delegated %v", all[1].DNS.Delegated, all[2].DNS.Delegated)
	}
}

func TestWhoServes(t *testing.T) {
	for name, c := range map[string]struct {
		primary, secondary DR
		want               string
	}{
		"at rest":              {DR{}, DR{}, "prod"},
		"fenced":               {DR{Fenced: true}, DR{}, ""},
		"after a failover":     {DR{Fenced: true}, DR{Active: true}, "prod-dr"},
		"activated, no fence":  {DR{}, DR{Active: true}, "prod-dr"}, // which the loader refuses
		"without a secondary ": {DR{Role: DRNone}, DR{}, "prod"},
	} {
		c.secondary.Role, c.secondary.Primary = DRSecondary, "prod"
		all := Resolve([]Environment{{Name: "prod", DR: c.primary}, {Name: "prod-dr", DR: c.secondary}})
		if got := all[0].Serving(); got != c.want {
			t.Errorf("%s: %q serves, want %q", name, got, c.want)
		}
	}
}

func TestSelection(t *testing.T) {
	for selected, want := range map[string]string{
		"":         "dev local prod prod-dr staging",
		"prod,dev": "dev prod",
		" dev , ":  "dev",
	} {
		all, err := Load("../tests/fixtures/platform", selected)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, environment := range all {
			names = append(names, environment.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("TITAN_ENVIRONMENTS=%q selects %q, want %q", selected, got, want)
		}
	}
	_, err := Load("../tests/fixtures/platform", "dev,prd")
	want := `no environment "prd" (from TITAN_ENVIRONMENTS); did you mean "prod"? allowed: ` +
		`dev, local, prod, prod-dr, staging`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// FuzzLoad holds the loader to its promise: whatever a file contains, it is an environment or a list of problems with a
// place, and never a panic.
func FuzzLoad(f *testing.F) {
	f.Add(valid)
	for _, list := range mistakes {
		for _, m := range list {
			f.Add(m.in(f, valid))
		}
	}
	account := &accountFile{
		document: &document{root: &yaml.Node{}},
		Account:  Account{Name: "production", ID: "333333333333", Project: "titan", Region: "eu-west-1"},
	}
	accounts := accountSet{account}
	f.Fuzz(func(t *testing.T, content string) {
		loaded := &file{
			document:    &document{path: "prod.yaml", grammar: environmentGrammar},
			Environment: Environment{Name: "prod"},
		}
		loaded.complete([]byte(content), accounts)
		for _, problem := range loaded.problems {
			if problem.Message == "" || problem.Line < 0 || problem.Line > 1+strings.Count(content, "\n") {
				t.Errorf("a problem without message or place: %+v", problem)
			}
			if strings.ContainsFunc(problem.Message, unicode.IsControl) {
				t.Errorf("a message that moves the cursor: %q", problem.Message)
			}
		}
		if loaded.problems == nil && (loaded.Region == "" || loaded.Network.CIDR == "") {
			t.Errorf("an environment without what every one needs: %+v", loaded.Environment)
		}
	})
}
