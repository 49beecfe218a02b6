package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/titan-platform/titan/internal/cost"
)

// mostBytes is the size of the largest plan that is read. Production's largest stack has some megabytes.
const mostBytes = 256 << 20

// Plan is the plan of a stack.
type Plan struct {
	// Stack is the stack's name, by which the report tells plans apart. Read leaves it to the caller.
	Stack string

	changes  []change
	outputs  []string // the names of the outputs that change
	warnings []string // what the plan does not say
	secrets  *secrets
	cost     cost.Difference
}

// Read reads a plan as `terraform show -json FILE` prints it. The error of what is no whole plan says what it is
// instead, and holds no value of it. Formats 1.x are read, which Terraform writes since 1.1.
func Read(plan io.Reader) (Plan, error) { return read(plan, mostBytes) }

func read(plan io.Reader, most int64) (Plan, error) {
	content, err := io.ReadAll(io.LimitReader(plan, most+1))
	switch {
	case err != nil:
		return Plan{}, fmt.Errorf("reading a plan: %w", err)
	case int64(len(content)) > most:
		return Plan{}, fmt.Errorf("reading a plan: it is larger than %d MB, which no stack's is", most>>20)
	}
	if err := recognize(content); err != nil {
		return Plan{}, fmt.Errorf("reading a plan: %w", err)
	}
	var parsed tfjson.Plan
	parsed.UseJSONNumber(true) // a float would round large numbers
	if err := json.Unmarshal(content, &parsed); err != nil {
		return Plan{}, fmt.Errorf("reading a plan: %w", withoutValues(err, len(content)))
	}
	result := Plan{secrets: secretsOf(&parsed)}
	if result.changes, err = changesOf(&parsed); err != nil {
		return Plan{}, fmt.Errorf("reading a plan: %w", err)
	}
	if result.cost, err = costOf(&parsed); err != nil {
		return Plan{}, fmt.Errorf("reading a plan: %w", err)
	}
	result.outputs = changedOutputs(&parsed)
	result.warnings = missing(&parsed)
	return result, nil
}

// showJSON is how a plan is made readable.
const showJSON = "make it with: terraform show -json FILE"

// header is what tells a plan from what else Terraform writes.
type header struct {
	FormatVersion string          `json:"format_version"`
	Version       json.Number     `json:"version"` // of a state file
	Level         string          `json:"@level"`  // of `terraform plan -json`
	Values        json.RawMessage `json:"values"`  // of `terraform show -json` without a plan
	PlannedValues json.RawMessage `json:"planned_values"`
	Errored       bool            `json:"errored"`
}

// recognize is an error that says what a file is where it is no plan of a known format.
func recognize(content []byte) error {
	begin := bytes.TrimSpace(content[:min(len(content), 512)])
	switch {
	case len(begin) == 0:
		return errors.New("it is empty; " + showJSON)
	case bytes.HasPrefix(begin, []byte("PK\x03\x04")):
		return errors.New("it is a plan file of Terraform's own form, not its JSON; " + showJSON)
	case begin[0] != '{':
		return errors.New("it is no JSON object; " + showJSON)
	case bytes.HasPrefix(begin, []byte(`{"@`)):
		return errors.New("it is the log of a command with -json, not a plan; " + showJSON)
	}
	var head header
	if err := json.Unmarshal(content, &head); err != nil {
		return withoutValues(err, len(content))
	}
	switch {
	case head.Version != "":
		return errors.New("it is a state file, not a plan; " + showJSON)
	case head.FormatVersion == "":
		return errors.New("it has no format_version, so it is no plan; " + showJSON)
	case strings.HasPrefix(head.FormatVersion, "0."):
		return fmt.Errorf("it has format %q, of a Terraform before 1.1; make it with Terraform 1.11 or later",
			short(head.FormatVersion))
	case !strings.HasPrefix(head.FormatVersion, "1."):
		return fmt.Errorf("it has format %q, and 1.x is what can be read; update titan", short(head.FormatVersion))
	case head.Values != nil:
		return errors.New("it is a state, not a plan; " + showJSON)
	case head.PlannedValues == nil:
		return errors.New("it has no planned_values, so it is no whole plan; " + showJSON)
	case head.Errored:
		return errors.New("planning failed, so it lacks what comes after the error; mend that, and plan again")
	}
	return nil
}

func short(text string) string { return text[:min(len(text), 16)] }

// withoutValues words an error of the decoder, whose own words may quote what it has read.
func withoutValues(err error, size int) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(size):
		return fmt.Errorf("it ends in the middle, after %d bytes; %s", size, showJSON)
	case errors.As(err, &syntax):
		return fmt.Errorf("it is no valid JSON at byte %d; %s", syntax.Offset, showJSON)
	case errors.As(err, &kind):
		return fmt.Errorf("%q is not what a plan has there, at byte %d; %s", kind.Field, kind.Offset, showJSON)
	}
	return errors.New("it is not what a plan is; " + showJSON)
}

// missing says what a plan leaves out, and a review therefore can't judge.
func missing(plan *tfjson.Plan) []string {
	var warnings []string
	for _, deferred := range plan.DeferredChanges {
		if deferred != nil && deferred.ResourceChange != nil {
			warnings = append(warnings, fmt.Sprintf("%s is planned later (%s), and not reviewed here",
				deferred.ResourceChange.Address, deferred.Reason))
		}
	}
	if plan.Complete != nil && !*plan.Complete && len(warnings) == 0 {
		warnings = append(warnings, "it is a part of a plan (-target): what else would change is not reviewed")
	}
	return warnings
}
