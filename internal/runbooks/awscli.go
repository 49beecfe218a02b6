package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
)

// globalOptions are those of every command (AWS CLI Command Reference, 'Global options'; 'cli-input-json' and the
// options of pagination stand beside them at each operation).
var globalOptions = []string{
	"--region", "--profile", "--output", "--query", "--endpoint-url", "--no-cli-pager", "--debug", "--no-paginate",
	"--max-items", "--starting-token", "--page-size",
}

// ofTheCLI are commands that the AWS CLI has beside the services' operations, with their options (AWS CLI Command
// Reference, of each).
var ofTheCLI = map[string][]string{
	"eks update-kubeconfig": {"name", "kubeconfig", "role-arn", "dry-run", "verbose", "alias", "user-alias"},
	"eks get-token":         {"cluster-name", "role-arn", "cluster-id"},
	"s3 cp":                 {"recursive", "source-region", "exclude", "include", "sse", "sse-kms-key-id", "dryrun"},
	"s3 sync":               {"delete", "source-region", "exclude", "include", "sse", "sse-kms-key-id", "dryrun"},
	"s3 ls":                 {"recursive", "human-readable", "summarize"},
	"logs tail":             {"since", "follow", "format", "filter-pattern", "log-stream-names"},
}

// Names that the AWS CLI makes of the API's, as botocore's xform_name does: DBClusterIdentifier is
// db-cluster-identifier, and ResourceARNs is resource-arns.
var (
	pluralOfCapitals = regexp.MustCompile(`([A-Z]{2,}s)$`)
	beforeWord       = regexp.MustCompile(`(.)([A-Z][a-z]+)`)
	beforeCapital    = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

func hyphenated(name string) string {
	name = pluralOfCapitals.ReplaceAllStringFunc(name, func(end string) string { return "-" + strings.ToLower(end) })
	name = beforeWord.ReplaceAllString(name, "$1-$2")
	return strings.ToLower(beforeCapital.ReplaceAllString(name, "$1-$2"))
}

// renames are members that the CLI calls otherwise, since --version is its own (awscli, customizations/argrename.py).
var renames = map[string]string{
	"eks update-nodegroup-version version": "kubernetes-version",
	"eks update-cluster-version version":   "kubernetes-version",
}

func renamed(operation, member string) string {
	if name, found := renames[operation+" "+member]; found {
		return name
	}
	return hyphenated(member)
}

// badValues says which of an option's words the API does not take: a value outside of an enumeration, or, in the
// shorthand Key=value,Key=value, a key that its structure has not.
func badValues(option option, shape *model.Shape) []string {
	if shape.Type == "list" {
		shape = shape.Member.Of
	}
	var wrong []string
	for _, value := range option.values {
		switch {
		case isOpen(value) || isDocument(value):
		case shape.Type == "string" && len(shape.Enum) > 0 && !slices.Contains(shape.Enum, value):
			wrong = append(wrong, fmt.Sprintf("--%s takes no %q, but %s", option.name, value, strings.Join(shape.Enum, ", ")))
		}
		if shape.Type != "structure" || isDocument(value) {
			continue
		}
		for _, key := range shorthandKeys(value) {
			if shape.Members[key] == nil {
				wrong = append(wrong, fmt.Sprintf("--%s has no %q in it", option.name, key))
			}
		}
	}
	return wrong
}

// isDocument is whether a value is JSON, or a file's.
func isDocument(value string) bool {
	return strings.HasPrefix(value, "file://") || strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[")
}

var shorthandKey = regexp.MustCompile(`(?:^|,)([A-Za-z0-9]+)=`)

// shorthandKeys are the keys of a value in shorthand. Values of lists, which have commas of their own, have no '='.
func shorthandKeys(value string) []string {
	var keys []string
	for _, found := range shorthandKey.FindAllStringSubmatch(value, -1) {
		keys = append(keys, found[1])
	}
	return keys
}
