package queries

import (
	"fmt"
	"regexp"
)

// xraySource is the uid of X-Ray's data source.
const xraySource = "xray"

var serviceName = regexp.MustCompile(`\bservice\("([^"]*)"`)

// Untraced is what keeps a filter expression from finding the application's traces: X-Ray compares the name of a
// service whole, and a star in it is a star (AWS X-Ray Developer Guide, 'Using filter expressions', service).
func (p Platform) Untraced() []string {
	var problems []string
	for _, dashboard := range p.Dashboards {
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				if target.Source != xraySource {
					continue
				}
				if named := serviceName.FindStringSubmatch(target.Query); named == nil || named[1] != p.TracedAs {
					problems = append(problems, fmt.Sprintf("%s asks for %s, and the application is traced as %q",
						panel.Title, target.Query, p.TracedAs))
				}
			}
		}
	}
	return problems
}
