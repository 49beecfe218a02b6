package pathproof

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// statement is a statement of a policy with its references resolved. Of Action and NotAction, and so on, one is set.
type statement struct {
	by                      string // the resource and the statement, as a step names them
	deny                    bool
	principals              map[string][]string // by kind: AWS, Service, Federated; nil in identity policies
	notPrincipals           map[string][]string
	actions, notActions     []string
	resources, notResources []string
	conditions              []condition
}

// condition is one operator on one key.
type condition struct {
	operator, key string // in lower case
	values        []string
}

// statements reads a policy document of a node.
func (f *Facts) statements(node *graph.Node, document any) ([]statement, error) {
	text, ok := document.(string)
	if !ok {
		return nil, fmt.Errorf("%s: its policy is %T, want a string", node, document)
	}
	var parsed struct{ Statement any }
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		return nil, fmt.Errorf("%s: its policy is no literal JSON, so nothing can be proved of it: %w", node, err)
	}
	var found []statement
	for i, item := range list(parsed.Statement) {
		fields, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s: statement %d of its policy is %T, want an object", node, i, item)
		}
		found = append(found, f.statement(node, fields, i))
	}
	return found, nil
}

func (f *Facts) statement(node *graph.Node, fields map[string]any, i int) statement {
	name, _ := fields["Sid"].(string)
	if name == "" {
		name = fmt.Sprint(i + 1)
	}
	resolved := func(value any) []string {
		var found []string
		for _, text := range texts(value) {
			found = append(found, f.pattern(node, text))
		}
		return found
	}
	s := statement{
		by: by(node, "statement "+name), deny: fields["Effect"] != "Allow",
		principals: f.parties(node, fields["Principal"]), notPrincipals: f.parties(node, fields["NotPrincipal"]),
		actions: texts(fields["Action"]), notActions: texts(fields["NotAction"]),
		resources: resolved(fields["Resource"]), notResources: resolved(fields["NotResource"]),
	}
	operators, _ := fields["Condition"].(map[string]any)
	for _, operator := range slices.Sorted(maps.Keys(operators)) {
		keys, _ := operators[operator].(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			s.conditions = append(s.conditions, condition{
				strings.ToLower(operator), strings.ToLower(f.pattern(node, key)), resolved(keys[key]),
			})
		}
	}
	return s
}

// parties are a Principal element's principals by their kind; "*" alone is everybody of AWS.
func (f *Facts) parties(node *graph.Node, element any) map[string][]string {
	if element == nil {
		return nil
	}
	kinds, ok := element.(map[string]any)
	if !ok {
		kinds = map[string]any{"AWS": element}
	}
	found := map[string][]string{}
	for kind, value := range kinds {
		for _, text := range texts(value) {
			found[kind] = append(found[kind], f.pattern(node, text))
		}
	}
	return found
}

// speaksOf is whether a statement is about an action on a resource: possibly in an Allow, surely in a Deny. IAM knows
// no case in actions.
func (s statement) speaksOf(action, resource string) bool {
	action = strings.ToLower(action)
	possibly, surely := anyOverlaps, anyCovers
	if s.deny {
		possibly, surely = anyCovers, anyOverlaps
	}
	about := func(these, but []string, one string) bool {
		return these == nil && but == nil || possibly(these, one) || but != nil && !surely(but, one)
	}
	return about(lower(s.actions), lower(s.notActions), action) && about(s.resources, s.notResources, resource)
}

func lower(texts []string) []string {
	var found []string
	for _, text := range texts {
		found = append(found, strings.ToLower(text))
	}
	return found
}
