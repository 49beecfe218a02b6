package environments

import "strings"

// validateTag holds what becomes a tag to what all services take of its value: `aws:` is AWS's own (Tagging AWS
// Resources User Guide, 'Tag naming limits and requirements'). Characters and length are the grammar's.
func validateTag(say report, path, value string) {
	if strings.HasPrefix(strings.ToLower(value), "aws:") {
		say(path, "is %q, and what begins with aws: is AWS's own in tags; choose another", value)
	}
}

// The longest names of an account and a repository of GitHub (GitHub Docs, 'Username considerations' and 'Repository
// limits').
const (
	longestGitHubAccount    = 39
	longestGitHubRepository = 100
)

// validateRepository holds a repository to the names that GitHub gives. Characters are the grammar's.
func validateRepository(say report, path, value string) {
	if value == "" {
		return
	}
	account, name, _ := strings.Cut(value, "/")
	if len(account) > longestGitHubAccount || len(name) > longestGitHubRepository || strings.HasPrefix(value, "-") ||
		name == "." || name == ".." || strings.HasSuffix(name, ".git") {
		say(path, "is %q, not a repository of GitHub by its short name, for instance acme/platform", value)
	}
}
