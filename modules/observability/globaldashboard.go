package observability

import "fmt"

// dashboard declares the dashboard of us-east-1: what users see, and which region Route 53 sends them to.
func (g *global) dashboard() {
	p := &page{region: g.Region}
	p.title(fmt.Sprintf("# %s\nWhat users see. What is behind it is on the dashboard of each region. "+
		"What to do when an alarm rings: `%s`.", g.Name, runbook), 2)
	p.row(2, p.alarms("Alarms in "+g.Region, arns(g.alarms)))
	if g.Edge != nil {
		p.row(6, g.edgeWidgets(p)...)
		p.row(6,
			p.log("Refused by the web ACL (action BLOCK) or only counted, by rule", g.Edge.WebACLLogs, g.Edge.RefusedByRule))
	}
	var last []*widget
	if g.HealthCheckID != "" {
		last = append(last, p.graph("Region healthy for Route 53 (1 is yes)", line{g.health(), "healthy", green}).upTo(1))
	}
	if g.Edge != nil {
		last = append(last,
			p.latest("Days to the end of the certificate", line{daysToExpiry(g.Edge.CertificateARN), "CloudFront", green}))
	}
	p.row(6, last...)
	g.newDashboard(p)
}

func (g *global) edgeWidgets(p *page) []*widget {
	t, e := g.Settings.Thresholds, g.Edge
	acl := func(name string) metric {
		// In us-east-1 the metrics of a web ACL for CloudFront have no dimension Region (AWS WAF Developer Guide, 'AWS WAF
		// metrics and dimensions').
		return metric{
			namespace:  "AWS/WAFV2",
			name:       name,
			dimensions: map[string]string{"WebACL": e.WebACLName, "Rule": "ALL"},
			statistic:  "Sum",
		}
	}
	return []*widget{
		p.graph("Requests a minute", line{e.metric("Requests", "Sum"), "requests", blue}).fromZero(),
		p.graph("Answers with errors, %",
			line{e.metric("5xxErrorRate", "Average"), "5xx", red}, line{e.metric("4xxErrorRate", "Average"), "4xx", orange}).
			threshold(t.ErrorPercent, "alarm").fromZero(),
		p.graph("Refused by the web ACL, a minute", line{acl("BlockedRequests"), "blocked", orange},
			line{acl("CountedRequests"), "counted", grey}).fromZero(),
	}
}
