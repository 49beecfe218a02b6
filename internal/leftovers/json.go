package leftovers

import (
	"encoding/json"
	"io"
)

// groupNames are the groups as programs read them.
var groupNames = map[Group]string{Loose: "loose", Data: "data", Expected: "expected"}

// event is a line of JSON, beside those of a run.
type event struct {
	Type  string `json:"type"` // leftover, or leftovers_unknown
	ARN   string `json:"arn,omitempty"`
	Kind  string `json:"kind,omitempty"` // Terraform's type
	Stack string `json:"stack,omitempty"`
	Group string `json:"group,omitempty"`
	Text  string `json:"text,omitempty"`
}

// JSON writes the report for a program, a line each.
func (r Report) JSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	for _, l := range r.Leftovers {
		line := event{Type: "leftover", ARN: l.ARN, Kind: l.Type, Stack: l.Stack, Group: groupNames[l.Group], Text: l.Note}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	for _, what := range r.Unknown {
		if err := encoder.Encode(event{Type: "leftovers_unknown", Text: what}); err != nil {
			return err
		}
	}
	return nil
}
