package review

import "slices"

// judge holds a change to the tables.
func (r *reviewer) judge(c *change) {
	set := r.rulesets.of(c.kind)
	for _, rule := range set.rules {
		r.attribute(c, rule)
	}
	if c.ends() {
		for _, ending := range set.endings {
			r.ending(c, ending)
		}
	}
	if c.action == Create {
		for _, b := range set.beginnings {
			r.find(c, Finding{Verdict: b.verdict, Severity: b.severity, Rule: b.says, Summary: b.says, Remedy: b.remedy})
		}
	}
}

func (r *reviewer) attribute(c *change, rule applied) {
	if c.action != Update && c.action != Replace && (c.action != Create || !rule.table.created) {
		return
	}
	for _, pair := range pairs(c.before, c.after, rule.steps, "") {
		if c.isComputed(pair.path, pair.after) || !rule.worse(pair.before, pair.after) {
			continue
		}
		r.find(c, Finding{
			Verdict: rule.table.verdict, Severity: rule.table.severity, Rule: rule.says,
			Summary: pair.path + " " + rule.says, Detail: r.difference(c, pair), Remedy: rule.remedy,
		})
	}
}

func (r *reviewer) ending(c *change, e ending) {
	if e.actions != nil && !slices.Contains(e.actions, c.action) {
		return
	}
	severity := e.severity
	switch {
	case r.byDesign(c):
		severity = ByDesign
	case c.action == Replace && c.createBeforeDestroy && e.gentle != "":
		severity = e.gentle
	}
	r.find(c, Finding{Verdict: e.verdict, Severity: severity, Rule: e.says,
		Summary: inWords[c.action] + ": " + e.says, Remedy: e.remedy})
}
