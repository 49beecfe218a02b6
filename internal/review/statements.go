package review

import (
	"encoding/json"
	"errors"
	"slices"
)

const nothingAllowed = `{"Version":"2012-10-17","Statement":[]}`

// document is a node's policy document; nothing is one that allows nothing.
func document(n node) []byte {
	if text := n.text(); text != "" {
		return []byte(text)
	}
	return []byte(nothingAllowed)
}

// denials are the Deny statements of a document, as if they allowed.
func denials(text []byte) ([]byte, error) {
	all, err := statements(text)
	if err != nil {
		return nil, err
	}
	denying := []any{}
	for _, statement := range all {
		if statement["Effect"] == "Deny" {
			statement["Effect"] = "Allow"
			denying = append(denying, statement)
		}
	}
	if len(denying) == 0 {
		return []byte(nothingAllowed), nil
	}
	return json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": denying})
}

// statements are the statements of a document, which may hold a single one without a list.
func statements(text []byte) ([]map[string]any, error) {
	var policy struct{ Statement json.RawMessage }
	if err := json.Unmarshal(text, &policy); err != nil {
		return nil, withoutValues(err, len(text))
	}
	var list []map[string]any
	if json.Unmarshal(policy.Statement, &list) == nil {
		return list, nil
	}
	var single map[string]any
	if err := json.Unmarshal(policy.Statement, &single); err != nil {
		return nil, errors.New("its Statement is neither an object nor a list of them")
	}
	return []map[string]any{single}, nil
}

func isEveryone(principal any) bool {
	switch p := principal.(type) {
	case string:
		return p == "*"
	case map[string]any:
		return isEveryone(p["AWS"])
	case []any:
		return slices.ContainsFunc(p, isEveryone)
	}
	return false
}
