package synth

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Policy is a policy document in a resource.
type Policy struct {
	Path       string // aws_iam_role.x.assume_role_policy, without the indexes of lists
	Statements []Block
}

// Policies are all policy documents of a stack, wherever in its resources one stands, by path.
func (s Stack) Policies() []Policy {
	var policies []Policy
	for _, kind := range s.Types() {
		for _, block := range s.Resources(kind) {
			EachValue(block.Address, block.Body, func(path string, value any) {
				if statements := Statements(path, value); len(statements) > 0 {
					policies = append(policies, Policy{path, statements})
				}
			})
		}
	}
	slices.SortFunc(policies, func(a, b Policy) int { return strings.Compare(a.Path, b.Path) })
	return policies
}

// Statements are the statements of a value that is a policy document, none of any other.
func Statements(path string, value any) []Block {
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

// ConditionOn are the values of a condition key in a statement, whatever the operator.
func ConditionOn(statement Block, key string) []any {
	var values []any
	conditions := Object(statement.Body, "Condition")
	for _, operator := range slices.Sorted(maps.Keys(conditions)) {
		values = append(values, List(Object(conditions, operator)[key])...)
	}
	return values
}
