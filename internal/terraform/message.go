package terraform

import (
	"fmt"
	"strings"
)

// Message is a line of `terraform plan -json` or `terraform apply -json`, as far as it is used here.
// Source: Terraform's documentation, 'Machine-Readable UI'.
type Message struct {
	Type       MessageType
	Change     PlannedChange // of PlannedChangeMessage
	Hook       Hook          // of the Apply… messages
	Changes    Counts        // of SummaryMessage
	Diagnostic Diagnostic    // of DiagnosticMessage
	Text       string        `json:"@message"` // the message as Terraform says it to a person
}

// MessageType is what a message tells.
type MessageType string

// The types that are used here.
const (
	PlannedChangeMessage MessageType = "planned_change"
	SummaryMessage       MessageType = "change_summary"
	ApplyStartMessage    MessageType = "apply_start"
	ApplyCompleteMessage MessageType = "apply_complete"
	ApplyErroredMessage  MessageType = "apply_errored"
	DiagnosticMessage    MessageType = "diagnostic"
)

// Action is what happens to a resource, in Terraform's words: create, update, delete, replace, read, move, import,
// forget, noop.
type Action string

// The actions that are told apart here.
const (
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// Resource is one of a configuration.
type Resource struct {
	Address string `json:"addr"`
}

// PlannedChange is what a plan would do to a resource, and why where that is not plain: tainted, requested,
// cannot_update, delete_because_….
type PlannedChange struct {
	Resource Resource
	Action   Action
	Reason   string
}

// Hook is how far an apply is with a resource.
type Hook struct {
	Resource       Resource
	Action         Action
	ElapsedSeconds float64 `json:"elapsed_seconds"`
}

// Counts are how many resources a plan or an apply adds, changes and removes. A replaced one is added and removed.
type Counts struct {
	Add    int `json:"add"`
	Change int `json:"change"`
	Remove int `json:"remove"`
}

// Diagnostic is one thing that Terraform or a provider complains of.
type Diagnostic struct {
	Severity, Summary, Detail, Address string
}

// String is the diagnostic in one line.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s %s", d.Severity, d.Address, d.Summary, strings.Join(strings.Fields(d.Detail), " "))
}

// paragraph is the diagnostic as Terraform shows it to a person.
func (d Diagnostic) paragraph() string {
	text := "Error: " + d.Summary + "\n"
	if d.Address != "" {
		text += "  with " + d.Address + "\n"
	}
	if d.Detail != "" {
		text += d.Detail + "\n"
	}
	return text
}
