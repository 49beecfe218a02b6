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

	"github.com/google/go-cmp/cmp"
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

func TestFilesThatContradictEachOther(t *testing.T) {
	staging := strings.NewReplacer("tier: production", "tier: staging", "account: production", "account: staging",
		"333333333333", "222222222222", "titan.example.com", "staging.titan.example.com", "10.30.0.0", "10.20.0.0").
		Replace(valid)
	primary := strings.Replace(valid, "owner: platform", "owner: platform\ndr: {role: primary}", 1)
	secondary := strings.NewReplacer("owner: platform", "owner: platform\ndr: {primary: prod}",
		"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
		", create_zone: true", "", "10.30.0.0", "10.40.0.0").Replace(valid) +
		"database: {restored_from: birthday-db-prod-standby}\n"
	with := func(file, old, text string) string {
		t.Helper()
		if !strings.Contains(file, old) {
			t.Fatalf("no %q in\n%s", old, file)
		}
		return strings.Replace(file, old, text, 1)
	}
	delivers := func(file, settings string) string {
		t.Helper()
		return with(file, "owner: platform", "owner: platform\ndelivery: {"+settings+"}")
	}
	for name, c := range map[string]struct {
		other, content, prod string
		want                 string
	}{
		"fine":      {"staging", staging, valid, ""},
		"fine pair": {"prod-dr", secondary, primary, ""},
		"blocks overlap": {"staging", with(staging, "10.20.0.0/16", "10.30.128.0/17"), valid,
			`staging.yaml:9:3: network.cidr "10.30.128.0/17" overlaps "10.30.0.0/16" of prod.yaml: ` +
				`the two could never be peered; choose a free block`},
		"zone made twice": {"staging",
			with(staging, "zone: staging.titan.example.com", "zone: titan.example.com, domain: staging.titan.example.com"),
			valid,
			`staging.yaml:7:67: dns.create_zone is true here and in prod.yaml for the same zone "titan.example.com"; ` +
				`one of them makes it, the other looks it up`},
		"secondary of nothing": {"prod-dr", with(secondary, "database: {restored_from: birthday-db-prod-standby}\n", ""),
			primary,
			`prod-dr.yaml:1:1: database.restored_from is missing in a secondary: ` +
				`an empty database knows none of its primary's roles or data; name the copy of a snapshot that the primary's ` +
				`database.snapshots keeps in this region`},
		"secondary of a primary that is none": {"prod-dr", secondary, valid,
			`prod-dr.yaml:3:6: dr.primary is "prod", whose dr.role is none; set it to primary there`},
		"secondary that serves beside its primary": {"prod-dr",
			with(secondary, "primary: prod", "primary: prod, active: true"), primary,
			`prod-dr.yaml:3:21: dr.active is true, and prod is not fenced: it would take the traffic back as soon as it is ` +
				`healthy, without what was written here; set dr.fenced: true there`},
		"secondary elsewhere": {"prod-dr", with(secondary, "region: eu-central-1", "region: eu-north-1"), primary,
			`prod-dr.yaml:6:1: region is "eu-north-1", and prod keeps its replicas in "eu-central-1"; ` +
				`a secondary lives where they are`},
		"secondary in another account": {"prod-dr",
			with(strings.ReplaceAll(secondary, "333333333333", "222222222222"), "account: production", "account: staging"),
			primary,
			`prod-dr.yaml:5:1: account is "staging", and prod lives in "production"; ` +
				`a secondary reads its primary's replicas, in the same account`},
		"secondary by another name": {"prod-dr",
			with(secondary, "zone: titan.example.com", "zone: titan.example.com, name: dr.titan.example.com"), primary,
			`prod-dr.yaml:8:1: dns is dr.titan.example.com behind origin.titan.example.com in titan.example.com, ` +
				`and prod has api.titan.example.com behind origin.titan.example.com in titan.example.com; ` +
				`a secondary answers to the same names`},
		"secondary by another origin": {"prod-dr",
			with(secondary, "zone: titan.example.com",
				"zone: titan.example.com, domain: dr.titan.example.com, name: x.dr.titan.example.com"),
			with(primary, "create_zone: true", "create_zone: true, domain: dr.titan.example.com, name: x.dr.titan.example.com"),
			""},
		"emulated beside a real one": {"staging",
			with(strings.ReplaceAll(staging, "222222222222", "333333333333"), "account: staging",
				"account: production\nemulator: true"), valid,
			`staging.yaml:4:1: account is "production", and that of prod.yaml, too: ` +
				`one of the two is emulated, and they would share the stacks of their account; ` +
				`give the emulated one an account of its own`},
		"secondary whose second region is a third": {"prod-dr",
			with(secondary, "second_region: eu-west-1", "second_region: eu-north-1"), primary,
			`prod-dr.yaml:7:1: second_region is "eu-north-1", and prod lives in "eu-west-1": ` +
				`once this one serves, its replicas are what the way back is made from; set it to eu-west-1`},
		"primary in us-east-1": {"prod-dr", with(secondary, "second_region: eu-west-1", "second_region: us-east-1"),
			with(primary, "region: eu-west-1", "region: us-east-1"),
			"prod-dr.yaml:3:6: dr.primary is \"prod\", at home in us-east-1: " +
				"who serves, DNS and IAM are controlled from there, so nobody can fail over while that region is lost; " +
				"choose another region for it, or add `acknowledge: [global-primary]` to its file"},
		"primary in us-east-1, knowingly": {"prod-dr",
			with(secondary, "second_region: eu-west-1", "second_region: us-east-1"),
			with(with(primary, "region: eu-west-1", "region: us-east-1"), "owner: platform",
				"owner: platform\nacknowledge: [global-primary]"), ""},
		"the same name twice": {"staging",
			with(staging, "zone: staging.titan.example.com, create_zone: true",
				"zone: titan.example.com, domain: eu.titan.example.com, name: api.eu.titan.example.com"),
			with(valid, "create_zone: true", "create_zone: true, name: api.eu.titan.example.com"),
			`staging.yaml:7:62: dns.name and dns.domain make the name "api.eu.titan.example.com", which prod.yaml has too; ` +
				`only a secondary shares its primary's names: choose another domain`},
		"secondary with an edge": {"prod-dr", with(secondary, "network:", "edge: {enabled: true}\nnetwork:"), primary,
			`prod-dr.yaml:9:8: edge.enabled is true in a secondary, which stands behind its primary's distribution; ` +
				`remove the line`},
		"promotion": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/b, promotes_from: staging"), ""},
		"promotion without a repository": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "promotes_from: staging"),
			`prod.yaml:3:12: delivery.promotes_from is "staging", and delivery.repository is missing: ` +
				`without it there is no pipeline; set it to "a/b"`},
		"promotion of something else": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/c, promotes_from: staging"),
			`prod.yaml:3:29: delivery.promotes_from is "staging", which delivers "a/b", and not "a/c"; ` +
				`the same repository starts both pipelines`},
		"promotion in a circle": {"staging", delivers(staging, "repository: a/b, promotes_from: prod"),
			delivers(valid, "repository: a/b, promotes_from: staging"),
			"prod.yaml:3:29: delivery.promotes_from is \"staging\", which builds nothing itself; " +
				"name \"prod\", where it gets its images\n" +
				`staging.yaml:3:29: delivery.promotes_from is "prod", which builds nothing itself; ` +
				`name "staging", where it gets its images`},
		"promotion to another architecture": {"staging",
			strings.NewReplacer("instance_types: [m7i", "architecture: arm64\n      instance_types: [m7g").
				Replace(delivers(staging, "repository: a/b")), delivers(valid, "repository: a/b, promotes_from: staging"),
			`prod.yaml:3:29: delivery.promotes_from is "staging", whose nodes are of arm64, and these are of amd64: ` +
				`its images would not run here`},
		"promotion that scans nothing": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/b, promotes_from: staging, ignore_unfixed: true"),
			`prod.yaml:3:53: delivery.ignore_unfixed is true, and images come from "staging", which scans them: ` +
				`nothing is scanned here; set it there, or remove the line`},
		"promotion to a secondary": {"prod-dr", delivers(secondary, "repository: a/b, promotes_from: prod"),
			delivers(primary, "repository: a/b"),
			`prod-dr.yaml:3:29: delivery.promotes_from is "prod", and this environment stands in for prod, ` +
				`whose pipeline delivers here as well; remove the line`},
		"secondary with another application": {"prod-dr", delivers(secondary, "repository: a/c"),
			delivers(primary, "repository: a/b"),
			`prod-dr.yaml:3:12: delivery.repository is "a/c", and that of prod is "a/b": its pipeline delivers to both; ` +
				`make them the same`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := complaints(t, map[string]string{"prod.yaml": c.prod, c.other + ".yaml": c.content}); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// What environments share follows from all files, whichever are selected.
func TestBasesAreOfTheAccount(t *testing.T) {
	for _, selected := range []string{"", "prod-dr"} {
		all, err := Load("../tests/fixtures/platform", selected)
		if err != nil {
			t.Fatal(err)
		}
		for _, environment := range all {
			if environment.Name != "prod-dr" {
				continue
			}
			account := environment.Account
			names, regions := []string{"prod", "prod-dr"}, []Region{"eu-central-1", "eu-west-1"}
			want := []Base{
				{
					Account:        account,
					Environments:   names,
					StateRegions:   regions,
					Region:         "eu-central-1",
					ReplicatesTo:   []Region{"eu-west-1"},
					ReplicatesFrom: []Region{"eu-west-1"},
				},
				{
					Account: account, Environments: names, StateRegions: regions, Region: "eu-west-1",
					ReplicatesTo: []Region{"eu-central-1"}, ReplicatesFrom: []Region{"eu-central-1"},
					Images: []ImageReplication{{Prefix: "titan-prod/", To: "eu-central-1"}},
				},
			}
			if diff := cmp.Diff(want, environment.Bases); diff != "" {
				t.Errorf("selected %q: -want +got\n%s", selected, diff)
			}
		}
	}
}

// An account stands in its first region, too, whichever its environments use, and where another environment
// has its state copied to.
func TestBasesHoldWhatTheirStacksNeed(t *testing.T) {
	account := Account{ID: "1", Project: "titan", Region: "eu-north-1"}
	all := Resolve([]Environment{
		{Name: "a", Account: account, Region: "eu-west-1"},
		{Name: "b", Account: account, Region: "eu-central-1", SecondRegion: "eu-west-1"},
		{Name: "c", Account: Account{ID: "2"}, Region: "eu-west-1", SecondRegion: "eu-north-1"},
		{Name: "d", Account: account, Region: "eu-west-1", SecondRegion: "eu-west-3"},
	})
	names, regions := []string{"a", "b", "d"}, []Region{"eu-central-1", "eu-west-1", "eu-west-3"}
	want := []Base{
		{
			Account: account, Environments: names, StateRegions: regions, Region: "eu-west-1",
			ReplicatesTo: []Region{"eu-west-3"}, ReplicatesFrom: []Region{"eu-central-1"},
			Images: []ImageReplication{{Prefix: "titan-d/", To: "eu-west-3"}},
		},
		{Account: account, Environments: names, StateRegions: regions, Region: "eu-north-1"},
		{
			Account:        account,
			Environments:   names,
			StateRegions:   regions,
			Region:         "eu-west-3",
			ReplicatesFrom: []Region{"eu-west-1"},
		},
	}
	if diff := cmp.Diff(want, all[0].Bases); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if !want[1].First() || want[0].First() {
		t.Error("the first region is another than the file's")
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
