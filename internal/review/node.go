package review

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// node is a value of a plan with what the plan says of it: which parts are sensitive, and which are known only after
// the apply. Both have the shape of the value, with true in place of a part or of all of it.
type node struct {
	value, sensitive, unknown any
	name                      string // of the field that it is
}

// secretWords are in the names of fields that hold a secret, whether the provider marks them or not.
var secretWords = []string{"password", "secret_string", "secret_binary", "secret_key", "private_key", "auth_token",
	"access_token", "api_key", "client_secret"}

// secretEnds end names that only look so: keys' names, versions, switches, rules of passwords.
var secretEnds = []string{"_version", "_arn", "_id", "_kms_key", "_enabled", "_length", "_policy", "_age", "_expiry",
	"_required", "_prevention", "_versions"}

// isSecret is whether a field holds a secret, by its name. Write-only arguments end in _wo.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, "_wo") {
		return true
	}
	in := func(word string) bool { return strings.Contains(name, word) }
	ends := func(end string) bool { return strings.HasSuffix(name, end) }
	return slices.ContainsFunc(secretWords, in) && !slices.ContainsFunc(secretEnds, ends) &&
		!strings.HasPrefix(name, "manage_")
}

// headers are fields that hold the header by which a load balancer knows its distribution. AWS has no way to keep it
// out of the state, and the provider does not mark it.
var headers = map[[2]string]bool{
	{"custom_header", "value"}: true, {"http_header", "values"}: true, {"single_header", "search_string"}: true,
}

// field is a field of an object. There is none where the node is no object.
func (n node) field(name string) node {
	child := node{name: name, sensitive: part(n.sensitive, name), unknown: part(n.unknown, name)}
	if object, ok := n.value.(map[string]any); ok {
		child.value = object[name]
	}
	if isSecret(name) || headers[[2]string{n.name, name}] {
		child.sensitive = true
	}
	return child
}

// items are the items of a list or set, or the single block that stands for a list of one.
func (n node) items() []node {
	list, ok := n.value.([]any)
	if !ok {
		if n.value == nil {
			return nil
		}
		return []node{n}
	}
	items := make([]node, len(list))
	for i, value := range list {
		items[i] = node{value: value, name: n.name, sensitive: at(n.sensitive, i), unknown: at(n.unknown, i)}
	}
	return items
}

// fields are the names of the fields of an object, those that are not known yet among them.
func (n node) fields() []string {
	names := map[string]bool{}
	for _, side := range []any{n.value, n.unknown} {
		object, _ := side.(map[string]any)
		for name := range object {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// isSensitive is whether all of a value is.
func (n node) isSensitive() bool { return n.sensitive == true }

// isUnknown is whether all of a value, or a part of it, is known only after the apply.
func (n node) isUnknown() bool { return anyTrue(n.unknown) }

// text is a string, empty where the value is none.
func (n node) text() string {
	text, _ := n.value.(string)
	return text
}

// get is a field of the value, or of the first of its list: get("vpc_config", "endpoint_public_access").
func (n node) get(names ...string) node {
	for _, name := range names {
		if items := n.items(); len(items) > 0 {
			n = items[0]
		}
		n = n.field(name)
	}
	return n
}

// texts are the strings of a list.
func (n node) texts() []string {
	var texts []string
	for _, item := range n.items() {
		if text := item.text(); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// number is a number that a value is, or that its text says, as parameters do.
func number(value any) (float64, bool) {
	var n json.Number
	switch v := value.(type) {
	case json.Number:
		n = v
	case string:
		n = json.Number(v)
	case float64:
		return v, true
	}
	f, err := n.Float64()
	return f, err == nil
}
