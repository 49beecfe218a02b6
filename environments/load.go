package environments

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// fileName is what an environment may be called: its name is part of every resource's name, and of bucket names.
var fileName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// DefaultDir is where a repository has its environment files.
const DefaultDir = "environments"

// Dir is the folder of the environment files: TITAN_ENVIRONMENTS_DIR, by default DefaultDir.
func Dir() string {
	if dir := os.Getenv("TITAN_ENVIRONMENTS_DIR"); dir != "" {
		return dir
	}
	return DefaultDir
}

// Load reads every environment file (*.yaml) of a folder, and the account files in its folder accounts, and returns the
// environments in the order of their names, defaults applied. selected is a comma-separated list of names that limits
// what is returned; empty is all. The error is Problems: all that is wrong with all files, each with place and remedy.
func Load(dir, selected string) ([]Environment, error) {
	files, err := find(dir)
	if err != nil {
		return nil, err
	}
	accounts, problems := loadAccounts(dir)
	all := make(set, 0, len(files))
	for _, file := range files {
		all = append(all, load(file, accounts))
	}
	// By name, not by file: `prod-dr.yaml` sorts before `prod.yaml`.
	slices.SortFunc(all, func(a, b *file) int { return strings.Compare(a.Name, b.Name) })
	// All files, whatever is selected, because rules span files (address blocks, accounts, failover pairs).
	all.validate()
	for _, one := range all {
		problems = append(problems, one.problems...)
	}
	if err := problems.err(); err != nil {
		return nil, err
	}
	all.resolve()
	return all.choose(selected)
}

// file is one environment with the document it came from, so that a rule can say where.
type file struct {
	*document
	Environment
	account *accountFile // nil where it has no file
}

// set is every environment of a folder.
type set []*file

func find(dir string) ([]string, error) {
	files, err := yamlFiles(dir)
	if err != nil {
		return nil, Problems{{
			File:    dir,
			Message: fmt.Sprintf("cannot be read: %v; it must be the folder of the environment files", cause(err)),
		}}
	}
	if len(files) == 0 {
		return nil, Problems{{
			File:    dir,
			Message: "holds no environment file: add <name>.yaml, for instance a copy of this project's environments/dev.yaml",
		}}
	}
	return files, nil
}

func yamlFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue // an editor's: Emacs' lock .#dev.yaml, a link to nowhere
		}
		switch filepath.Ext(entry.Name()) {
		case ".yaml", ".yml":
			files = append(files, filepath.Join(dir, entry.Name()))
		}
	}
	return files, nil
}

// load reads one file.
func load(path string, accounts accountSet) *file {
	f := &file{document: &document{path: path, grammar: environmentGrammar}}
	name, content := f.open()
	f.Name = name
	if content != nil {
		f.complete(content, accounts)
	}
	return f
}

// complete decodes, defaults and checks a file's content: rules go by what is right in its form, here
// and in the account's file.
func (f *file) complete(content []byte, accounts accountSet) {
	if !f.decode(content, &f.Environment) {
		return
	}
	if f.account = accounts.named(f.AccountName); f.account != nil {
		f.Account = f.account.Account
	} else {
		f.report("account", "is %q, and there is no account file %s/%s.yaml%s", f.AccountName, accountsDir, f.AccountName,
			accounts.didYouMeanAccount(f.AccountName))
	}
	f.applyDefaults(f.has)
	f.validate()
	f.readChart(f.report)
	// The order in the file means nothing; after the rules, which tell an item by its place.
	slices.Sort(f.Network.AvailabilityZones)
}

// ofAccount begins the settings of the account's file, as a rule for environments names them: account.id.
const ofAccount = "account."

// known is whether settings are right in their form, those of the account's file (account.id) among them.
func (f *file) known(settings ...string) bool {
	for _, setting := range settings {
		inAccount, ok := strings.CutPrefix(setting, ofAccount)
		switch {
		case !ok && !f.document.known(setting):
			return false
		case ok && (f.account == nil || !f.account.known(inAccount)):
			return false
		}
	}
	return true
}

// choose returns the selected environments.
func (s set) choose(selected string) ([]Environment, error) {
	known := make([]string, len(s))
	for i, one := range s {
		known[i] = one.Name
	}
	var wanted []string
	for _, name := range strings.Split(selected, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("no environment %q (from TITAN_ENVIRONMENTS)%s", name, didYouMean(name, known))
		}
		wanted = append(wanted, name)
	}
	var chosen []Environment
	for _, one := range s {
		if len(wanted) == 0 || slices.Contains(wanted, one.Name) {
			chosen = append(chosen, one.Environment)
		}
	}
	return chosen, nil
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
