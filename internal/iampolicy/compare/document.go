package compare

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// policy is a document's statements by their effect.
type policy struct {
	allow, deny []statement
}

// parse reads a policy document strictly: an element it does not know could change what the document means.
func parse(text []byte) (policy, error) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || bytes.Equal(text, []byte("null")) {
		return policy{}, nil
	}
	if err := checkDuplicates(json.NewDecoder(bytes.NewReader(text))); err != nil {
		return policy{}, err
	}
	elements, err := object(text, "Version", "Id", "Statement")
	if err != nil {
		return policy{}, err
	}
	variables, err := takesVariables(elements["Version"])
	if err != nil {
		return policy{}, err
	}
	var p policy
	statements, err := list(elements["Statement"])
	if err != nil {
		return policy{}, fmt.Errorf("policy's Statement: %w", err)
	}
	for i, raw := range statements {
		effect, s, err := parseStatement(raw, variables)
		if err != nil {
			return policy{}, fmt.Errorf("statement %d: %w", i+1, err)
		}
		if effect == "Deny" {
			p.deny = append(p.deny, s)
		} else {
			p.allow = append(p.allow, s)
		}
	}
	return p, nil
}

// takesVariables is whether ${…} is a policy variable: in version 2012-10-17 only; 2008-10-17, which is also the
// default, takes it literally (IAM User Guide, 'IAM JSON policy elements: Version').
func takesVariables(raw json.RawMessage) (bool, error) {
	version := "2008-10-17"
	if raw != nil {
		if err := json.Unmarshal(raw, &version); err != nil {
			return false, fmt.Errorf("policy's Version %s: %w", raw, err)
		}
	}
	if version != "2008-10-17" && version != "2012-10-17" {
		return false, fmt.Errorf("policy's Version %q: the allowed ones are 2012-10-17 and 2008-10-17", version)
	}
	return version == "2012-10-17", nil
}

// object is a JSON object's members; one that is not allowed is an error.
func object(raw json.RawMessage, allowed ...string) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil, fmt.Errorf("decoding %s: %w", excerpt(raw), err)
	}
	for name := range members {
		if len(allowed) > 0 && !slices.Contains(allowed, name) {
			return nil, fmt.Errorf("element %q is unknown: the allowed ones are %q", name, allowed)
		}
	}
	return members, nil
}

// list is a JSON list's items; what is not a list is a list of one.
func list(raw json.RawMessage) ([]json.RawMessage, error) {
	if len(raw) == 0 {
		return nil, errors.New("it is missing")
	}
	if raw[0] != '[' {
		return []json.RawMessage{raw}, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("decoding %s: %w", excerpt(raw), err)
	}
	return items, nil
}

// words is a string or a list of strings.
func words(raw json.RawMessage) ([]string, error) {
	items, err := list(raw)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(items))
	for i, item := range items {
		if err := json.Unmarshal(item, &texts[i]); err != nil || string(item) == "null" {
			return nil, fmt.Errorf("%s is no string", excerpt(item))
		}
	}
	return texts, nil
}

// excerpt is the beginning of what an error is about.
func excerpt(raw []byte) string {
	const most = 80
	if len(raw) > most {
		return string(raw[:most]) + "…"
	}
	return string(raw)
}

// checkDuplicates finds a name that stands twice in one object: encoding/json would silently
// take the last, AWS refuses.
func checkDuplicates(decoder *json.Decoder) error {
	type scope struct {
		names map[string]bool // nil in a list
		value bool            // the next token is a value, not a name
	}
	var open []scope
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("decoding the policy at byte %d: %w", decoder.InputOffset(), err)
		}
		if name, isName := token.(string); isName && len(open) > 0 {
			inner := &open[len(open)-1]
			if inner.names != nil && !inner.value {
				if inner.names[name] {
					return fmt.Errorf("%q stands twice in one object: AWS refuses that", name)
				}
				inner.names[name], inner.value = true, true
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			open = append(open, scope{names: map[string]bool{}})
			continue
		case json.Delim('['):
			open = append(open, scope{})
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			open[len(open)-1].value = false
		}
	}
}
