package tests

import (
	"encoding/json"
	"testing"
)

// Policy is a policy document inside a resource.
type Policy struct {
	Address    string
	Statements []Block
}

// policyIn parses the policy document at a path of a block's attributes.
func policyIn(t *testing.T, block Block, path string) Policy {
	t.Helper()
	document, ok := block.At(path).(string)
	if !ok {
		t.Fatalf("%s: %s is no policy document\n%s", block.Address, path, synth.Text(block.Body))
	}
	var parsed struct{ Statement []map[string]any }
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		t.Fatalf("%s: %s: %v\n%s", block.Address, path, err, document)
	}
	policy := Policy{Address: block.Address}
	for _, statement := range parsed.Statement {
		sid, _ := statement["Sid"].(string)
		policy.Statements = append(policy.Statements, Block{Address: block.Address + " " + sid, Body: statement})
	}
	return policy
}

// statement is the statement with a Sid.
func (p Policy) statement(t *testing.T, sid string) Block {
	t.Helper()
	var have []any
	for _, statement := range p.Statements {
		if statement.Body["Sid"] == sid {
			return statement
		}
		have = append(have, statement.Body["Sid"])
	}
	t.Fatalf("%s has no statement %q; it has %v", p.Address, sid, have)
	return Block{}
}

// list is a value that IAM writes as a string or a list of strings.
func synth.List(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

func contains(values []any, wanted any) bool {
	for _, value := range values {
		if value == wanted {
			return true
		}
	}
	return false
}

// mapping is the object at a path of keys, nil where there is none.
func synth.Object(root map[string]any, path ...string) map[string]any {
	for _, key := range path {
		root, _ = root[key].(map[string]any)
	}
	return root
}
