package audit

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/internal/exceptions"
)

//go:embed accepted.yaml
var acceptedYAML []byte

// shortestReason is how long a reason is at least, in bytes.
const shortestReason = 20

// Acceptance is a known vulnerability that the project lives with until a day.
type Acceptance struct {
	ID, Package string
	Until       string // 2027-03-31, the last day
	Reason      string
}

// Accepted reads the project's acceptances.
func Accepted() ([]Acceptance, error) { return parseAccepted(acceptedYAML) }

func parseAccepted(text []byte) ([]Acceptance, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var list []Acceptance
	if err := decoder.Decode(&list); err != nil {
		return nil, fmt.Errorf("reading the accepted vulnerabilities: %w", err)
	}
	var problems []error
	for i, a := range list {
		if problem := a.problem(); problem != "" {
			problems = append(problems, fmt.Errorf("acceptance %d (%s): %s", i+1, a.ID, problem))
		}
	}
	return list, errors.Join(problems...)
}

func (a Acceptance) problem() string {
	if _, err := time.Parse(time.DateOnly, a.Until); err != nil {
		return fmt.Sprintf("until is %q; name a day, such as 2027-03-31", a.Until)
	}
	switch {
	case a.ID == "" || a.Package == "":
		return fmt.Sprintf("id is %q and package %q; name both", a.ID, a.Package)
	case len(a.Reason) < shortestReason:
		return fmt.Sprintf("reason is %q; say why, so that an auditor would accept it", a.Reason)
	}
	return ""
}

// covers is whether a vulnerability is accepted on a day.
func (a Acceptance) covers(v Vulnerability, now time.Time) bool {
	return a.ID == v.ID && a.Package == v.Package && now.Format(time.DateOnly) <= a.Until
}

// Judge parts vulnerabilities into those that stand and those that are accepted, and names the acceptances that
// matched nothing.
func Judge(
	found []Vulnerability, list []Acceptance, now time.Time,
) (standing, accepted []Vulnerability, idle []Acceptance) {
	covers := func(a Acceptance, v Vulnerability) bool { return a.covers(v, now) }
	return exceptions.Judge(found, list, covers)
}
