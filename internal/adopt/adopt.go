// Package adopt brings a bootstrap stack whose local state was lost back under Terraform's care: it writes import blocks for everything
// that the stack declares, with the ids that AWS knows them by.
package adopt

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// FileName is where the import blocks belong: beside the stack's cdk.tf.json.
const FileName = "adopt.tf.json"

// stack is what is needed of a synthesized stack.
type stack struct {
	Resource map[string]map[string]map[string]any `json:"resource"`
}

type imports struct {
	Data   map[string]map[string]map[string]any `json:"data,omitempty"`
	Import []map[string]string                  `json:"import"`
}

// reference is how one resource names another: ${aws_s3_bucket.state_bucket_803B4E61.id}.
var reference = regexp.MustCompile(`^\$\{(\w+)\.([\w-]+)\.\w+\}$`)

// Imports returns Terraform JSON with an import block for each resource of a synthesized stack (cdk.tf.json). A key's id is unknown
// without its state, so it is looked up by its alias, which carries the environment's name. A resource type that it does not know how
// to import is an error: the stack has grown, and this must too.
func Imports(synthesized []byte) ([]byte, error) {
	var s stack
	if err := json.Unmarshal(synthesized, &s); err != nil {
		return nil, fmt.Errorf("reading the synthesized stack: %w", err)
	}
	var result imports
	for kind, blocks := range s.Resource {
		for name, body := range blocks {
			id, err := s.id(kind, name, body)
			if err != nil {
				return nil, err
			}
			result.Import = append(result.Import, map[string]string{"to": kind + "." + name, "id": id})
			if kind == "aws_kms_key" {
				result.lookUp(name, s.aliasOf(name), body["provider"])
			}
		}
	}
	sort.Slice(result.Import, func(i, j int) bool { return result.Import[i]["to"] < result.Import[j]["to"] })
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing import blocks: %w", err)
	}
	return append(text, '\n'), nil
}

// id is the import id of a resource. Source: the 'Import' section of each resource's page in the AWS provider's documentation.
func (s stack) id(kind, name string, body map[string]any) (string, error) {
	switch {
	case kind == "aws_s3_bucket":
		return s.name(body, "bucket"), nil
	case strings.HasPrefix(kind, "aws_s3_bucket_"):
		return s.name(s.target(body, "bucket"), "bucket"), nil
	case kind == "aws_kms_key":
		if s.aliasOf(name) == "" {
			return "", fmt.Errorf("importing %s.%s: it has no alias to find it by", kind, name)
		}
		return "${data.aws_kms_alias." + name + ".target_key_id}", nil
	case kind == "aws_kms_alias":
		return s.name(body, "name"), nil
	case kind == "aws_iam_role":
		return s.name(body, "name"), nil
	case kind == "aws_iam_role_policy":
		return s.name(s.target(body, "role"), "name") + ":" + s.name(body, "name"), nil
	}
	return "", fmt.Errorf("importing %s.%s: no import id is known for this type; add it to internal/adopt", kind, name)
}

func (s stack) name(body map[string]any, attribute string) string {
	name, _ := body[attribute].(string)
	return name
}

// target is the resource that an attribute refers to.
func (s stack) target(body map[string]any, attribute string) map[string]any {
	if m := reference.FindStringSubmatch(s.name(body, attribute)); m != nil {
		return s.Resource[m[1]][m[2]]
	}
	return nil
}

// aliasOf is the alias of a key of the stack, empty where it has none.
func (s stack) aliasOf(key string) string {
	for _, alias := range s.Resource["aws_kms_alias"] {
		if m := reference.FindStringSubmatch(s.name(alias, "target_key_id")); m != nil && m[2] == key {
			return s.name(alias, "name")
		}
	}
	return ""
}

func (i *imports) lookUp(name, alias string, provider any) {
	if i.Data == nil {
		i.Data = map[string]map[string]map[string]any{"aws_kms_alias": {}}
	}
	body := map[string]any{"name": alias}
	if provider != nil {
		body["provider"] = provider
	}
	i.Data["aws_kms_alias"][name] = body
}
