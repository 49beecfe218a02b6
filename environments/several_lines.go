package environments

import "strings"

// severalLines are the settings whose text has lines: a page, and keys in PEM. Everywhere else a line break is a slip.
var severalLines = []string{"edge.maintenance_page.body", "edge.signing_keys"}

// textProblem is what is wrong with the string at a path, which may have lines where that is a text's
// nature; empty is nothing.
func textProblem(path, text string) string {
	for _, setting := range severalLines {
		if path != setting && parent(path) != setting {
			continue
		}
		for line := range strings.Lines(text) {
			if problem := stringProblem(strings.TrimSpace(line)); problem != "" {
				return problem
			}
		}
		return ""
	}
	return stringProblem(text)
}
