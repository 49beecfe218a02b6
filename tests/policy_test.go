package tests

import (
	"encoding/json"
	"testing"

	"github.com/titan-platform/titan/internal/synth"
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
