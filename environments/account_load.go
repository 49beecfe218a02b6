package environments

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// accountsDir is the folder of the account files, inside that of the environment files.
const accountsDir = "accounts"

// accountFile is one account with the document it came from.
type accountFile struct {
	*document
	Account
}

// accountSet is every account of a folder that has a file, those with problems of their own among them.
type accountSet []*accountFile

// loadAccounts reads every account file of a folder of environment files. A folder without any is none.
func loadAccounts(dir string) (accountSet, Problems) {
	folder := filepath.Join(dir, accountsDir)
	files, err := yamlFiles(folder)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, nil
		}
		return nil, Problems{{
			File:    folder,
			Message: "cannot be read: " + cause(err).Error() + "; it must be the folder of the account files",
		}}
	}
	var accounts accountSet
	for _, path := range files {
		accounts = append(accounts, loadAccount(path))
	}
	slices.SortFunc(accounts, func(a, b *accountFile) int { return strings.Compare(a.Name, b.Name) })
	accounts.validate()
	var problems Problems
	for _, one := range accounts {
		problems = append(problems, one.problems...)
	}
	return accounts, problems
}

func loadAccount(path string) *accountFile {
	f := &accountFile{document: &document{path: path, grammar: accountGrammar}}
	name, content := f.open()
	f.Name = name
	decoded := content != nil && f.decode(content, &f.Account)
	f.applyDefaults()
	if decoded {
		f.validate(f.report, f.known)
	}
	return f
}

// named is an account by its name, nil where it has no file.
func (s accountSet) named(name string) *accountFile {
	for _, one := range s {
		if one.Name == name {
			return one
		}
	}
	return nil
}
