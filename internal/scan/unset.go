package scan

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// withoutUnset is a plan's JSON without the arguments and blocks that are not there, which a plan writes as null or
// []. Checkov asks whether an attribute exists and takes both for one that does: a public zone, whose plan holds
// `"vpc": []`, would pass for a private one (CKV2_AWS_39).
func withoutUnset(plan []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(plan))
	decoder.UseNumber() // else large numbers change
	var parsed map[string]any
	if err := decoder.Decode(&parsed); err != nil {
		return nil, fmt.Errorf("reading a plan's JSON: %w", err)
	}
	drop(parsed["planned_values"])
	changes, _ := parsed["resource_changes"].([]any)
	for _, entry := range changes {
		resource, _ := entry.(map[string]any)
		change, _ := resource["change"].(map[string]any)
		drop(change["after"])
	}
	return json.Marshal(parsed)
}

// drop takes nulls and empty lists out of the objects in a value. An element of a list stays, whatever it is: others
// are counted from it, and an empty block is one.
func drop(value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if list, isList := inner.([]any); inner == nil || isList && len(list) == 0 {
				delete(v, key)
				continue
			}
			drop(inner)
		}
	case []any:
		for _, inner := range v {
			drop(inner)
		}
	}
}
