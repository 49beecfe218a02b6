package tests

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// policies are all policy documents of a stack, wherever in its resources one stands. The path says where, without the
// indexes of lists.
func (s Stack) policies() []document {
	var documents []document
	for _, kind := range s.Types() {
		for _, block := range s.Resources(kind) {
			synth.EachValue(block.Address, block.Body, func(path string, value any) {
				if parsed := synth.Statements(path, value); len(parsed) > 0 {
					documents = append(documents, document{path, parsed})
				}
			})
		}
	}
	slices.SortFunc(documents, func(a, b document) int { return strings.Compare(a.path, b.path) })
	return documents
}

// document is a policy document in a resource.
type document struct {
	path       string // aws_iam_role.x.assume_role_policy
	statements []Block
}

// parsePolicy are the statements of a value that is a policy document, none of any other.
func synth.Statements(path string, value any) []Block {
	text, ok := value.(string)
	if !ok || !strings.HasPrefix(text, "{") || !strings.Contains(text, `"Statement"`) {
		return nil
	}
	var parsed struct{ Statement []map[string]any }
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		return nil
	}
	var statements []Block
	for _, statement := range parsed.Statement {
		sid, _ := statement["Sid"].(string)
		statements = append(statements, Block{path + " " + sid, statement})
	}
	return statements
}

// conditionOn are the values of a condition key in a statement, whatever the operator.
func synth.ConditionOn(statement Block, key string) []any {
	var values []any
	conditions := synth.Object(statement.Body, "Condition")
	for _, operator := range slices.Sorted(maps.Keys(conditions)) {
		values = append(values, synth.List(synth.Object(conditions, operator)[key])...)
	}
	return values
}
