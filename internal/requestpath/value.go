package requestpath

import (
	"fmt"
	"maps"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// headers are a request's headers by their names in lower case, because HTTP takes no notice of it.
type headers map[string]string

// with is a copy that has another value for a header.
func (h headers) with(name, value string) headers {
	changed := headers{}
	maps.Copy(changed, h)
	changed[strings.ToLower(name)] = value
	return changed
}

// without is a copy that lacks a header.
func (h headers) without(name string) headers {
	changed := h.with(name, "")
	delete(changed, strings.ToLower(name))
	return changed
}

// valueOf is the string that an argument has at run time. What is read from a secret is known by the secret's name
// alone, which is the same in every stack and region that reads it or its replica.
func valueOf(node *graph.Node, argument string) (string, error) {
	edge, ok := node.Reference(argument)
	if !ok {
		text, isText := node.At(argument).(string)
		if !isText || strings.Contains(text, "${") {
			return "", fmt.Errorf("%s: %s is %v, want a string or the value of a secret", node, argument, node.At(argument))
		}
		return text, nil
	}
	version := edge.To
	isRead := version.Section == graph.Data && version.Type == "aws_secretsmanager_secret_version"
	if !isRead || edge.Attribute != "secret_string" {
		return "", fmt.Errorf("%s: %s is %s of %s, want a string or the value of a secret",
			node, argument, edge.Attribute, version)
	}
	secret, ok := version.Reference("secret_id")
	if ok && secret.To.Type == "terraform_data" { // which has the read wait for another value (modules/secrets)
		secret, ok = secret.To.Reference("input.secret")
	}
	if ok {
		return "value of secret " + secret.To.Text("name"), nil
	}
	return "value of secret " + version.Text("secret_id"), nil
}
