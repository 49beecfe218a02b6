package review

import "fmt"

// protections are the attributes by which AWS itself refuses to delete a resource.
var protections = []string{
	"deletion_protection", "deletion_protection_enabled", "enable_deletion_protection", "disable_api_termination",
}

// blocked finds what AWS still protects from a destruction. It looks at what stands: a file that says otherwise has no
// effect before it is applied.
func (r *reviewer) blocked(c *change) {
	for _, name := range protections {
		if isTrue(c.before.field(name).value) {
			r.find(c, Finding{Verdict: DataLoss, Severity: Blocked, Rule: "protected",
				Summary: name + " is on: AWS refuses to delete it",
				Remedy:  `deploy it once with protection: "off"`})
		}
	}
}

// Losses are the findings that go with a destruction.
func (r Report) Losses() []Finding {
	return r.with(func(f Finding) bool { return f.Severity == Lost })
}

// Lost says what data a destruction loses; empty where that is none.
func (r Report) Lost() string {
	switch n := len(r.Losses()); n {
	case 0:
		return ""
	case 1:
		return "what " + r.Losses()[0].Address + " holds is lost"
	default:
		return fmt.Sprintf("what %d resources hold is lost", n)
	}
}
