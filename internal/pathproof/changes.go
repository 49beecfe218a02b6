package pathproof

import (
	"regexp"
	"slices"
	"strings"
)

// looking are actions that change nothing. Keys are used, not changed, by the others; who may use a key has rows of
// its own.
var looking = regexp.MustCompile(`(?i)^[a-z0-9-]+:(get|list|describe|batchget|batchcheck|lookup|search|query|filter)|` +
	`^kms:(decrypt|encrypt|generatedatakey)|^sts:`)

// Changes are what a role may change: each action that changes something, with what it may change, ids of AWS' left
// out. The boundary counts.
func (f *Facts) Changes(p *Principal) []Reach {
	var found []Reach
	for _, s := range p.identity {
		if s.deny {
			continue
		}
		actions := s.actions
		if s.notActions != nil {
			actions = []string{"*"}
		}
		resources := s.resources
		if s.notResources != nil {
			resources = []string{"*"}
		}
		for _, action := range actions {
			if looking.MatchString(action) {
				continue
			}
			for _, resource := range resources {
				if !withinBoundary(p, action, resource) {
					continue
				}
				who := action + " on " + short(resource)
				found = append(found, Reach{who, append(f.becomes(p), Step{p.Name, who, s.by})})
			}
		}
	}
	return sorted(found)
}

func withinBoundary(p *Principal, action, resource string) bool {
	return p.boundary == nil || slices.ContainsFunc(p.boundary, func(s statement) bool {
		return !s.deny && anyOverlaps(s.actions, action) && anyOverlaps(s.resources, resource)
	})
}

var id = regexp.MustCompile(`[\x{E000}-\x{F8FF}]`)

// short is an ARN's resource, with AWS' ids left out.
func short(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		arn = parts[5]
	}
	return id.ReplaceAllString(arn, "…")
}
