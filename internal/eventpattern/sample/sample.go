// Package sample makes events as AWS services send them to EventBridge, with the names of a stack in them. The README
// beside it says which page of AWS documents each.
package sample

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"
)

//go:embed events/*.json
var files embed.FS

// Names are the events that there are, such as copy-job-failed, in alphabetical order.
func Names() []string {
	entries, err := fs.ReadDir(files, "events")
	if err != nil {
		panic(fmt.Sprintf("sample events: %v", err)) // they are part of the program
	}
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".json"))
	}
	slices.Sort(names)
	return names
}

// Event is an event with the values for its fields, such as vaultName and region; the README lists them. Values that
// the event has no field for are left out, so that one map does for all events of a stack. A field without a value
// and an unknown name are errors.
func Event(name string, values map[string]string) ([]byte, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no sample event %q; there are %s", name, strings.Join(Names(), ", "))
	}
	event, err := template.New(name+".json").Option("missingkey=error").ParseFS(files, "events/"+name+".json")
	if err != nil {
		return nil, fmt.Errorf("sample event %q: %w", name, err)
	}
	escaped := map[string]string{}
	for field, value := range values {
		if escaped[field], err = escape(value); err != nil {
			return nil, fmt.Errorf("sample event %q: %s: %w", name, field, err)
		}
	}
	var filled bytes.Buffer
	if err := event.Execute(&filled, escaped); err != nil {
		return nil, fmt.Errorf("sample event %q: %w", name, err)
	}
	return filled.Bytes(), nil
}

// escape is a value as it stands between the quotes of a JSON string: names that Terraform knows after an apply have
// quotes in them, as in ${aws_kms_key.x["a"].arn}.
func escape(value string) (string, error) {
	quoted, err := json.Marshal(value)
	return strings.TrimSuffix(strings.TrimPrefix(string(quoted), `"`), `"`), err
}
