package runner

import (
	"encoding/json"
	"io"
)

// JSON shows a run as a line of JSON an event, for programs.
type JSON struct{ encoder *json.Encoder }

// NewJSON writes the lines to w.
func NewJSON(w io.Writer) *JSON { return &JSON{json.NewEncoder(w)} }

// Show writes an event.
func (v *JSON) Show(event Event) {
	event.Time = event.Time.UTC()
	_ = v.encoder.Encode(event) // nobody reads any more; the run goes on
}
