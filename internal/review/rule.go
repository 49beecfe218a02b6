package review

import (
	"path"
	"slices"
)

// rule says how an attribute must not change.
type rule struct {
	verdict  Verdict
	severity Severity
	kinds    []string // types of resources; a star stands for any letters
	path     string   // of the attribute, see parse
	worse    worse
	says     string // goes on after the attribute's path
	remedy   string
	created  bool // holds for what is created too, whose attribute was nothing before
}

// ending says that the end of a resource is bad by itself.
type ending struct {
	verdict  Verdict
	severity Severity
	kinds    []string
	actions  []Action // by default delete, replace and forget
	says     string
	remedy   string
	gentle   Severity // where the new one is made first; by default the same
}

// beginning says that a new resource is bad, or costs.
type beginning struct {
	verdict  Verdict
	severity Severity
	kinds    []string
	says     string
	remedy   string
}

func matches(kinds []string, kind string) bool {
	return slices.ContainsFunc(kinds, func(pattern string) bool {
		if pattern == kind {
			return true
		}
		ok, err := path.Match(pattern, kind)
		return ok && err == nil
	})
}

// ruleset is what concerns one type of resource.
type ruleset struct {
	rules      []rule
	endings    []ending
	beginnings []beginning
}

// tables are all rules. A type's are found once, for plans have hundreds of resources of few types.
type tables map[string]*ruleset

func (t tables) of(kind string) *ruleset {
	if known := t[kind]; known != nil {
		return known
	}
	set := &ruleset{}
	for _, table := range [][]rule{
		retentionRules, protectionRules, copyRules, logRules, networkRules, encryptionRules, permissionRules,
		outageRules, moneyRules,
	} {
		for _, rule := range table {
			if matches(rule.kinds, kind) {
				set.rules = append(set.rules, rule)
			}
		}
	}
	for _, table := range [][]ending{guardEndings, exposureEndings, outageEndings} {
		for _, ending := range table {
			if matches(ending.kinds, kind) {
				set.endings = append(set.endings, ending)
			}
		}
	}
	for _, table := range [][]beginning{exposureBeginnings, moneyBeginnings} {
		for _, beginning := range table {
			if matches(beginning.kinds, kind) {
				set.beginnings = append(set.beginnings, beginning)
			}
		}
	}
	t[kind] = set
	return set
}

// judge holds a change to the tables.
func (r *reviewer) judge(c *change) {
	set := r.tables.of(c.kind)
	for _, rule := range set.rules {
		if c.action != Update && c.action != Replace && (c.action != Create || !rule.created) {
			continue
		}
		for _, pair := range pairs(c.before, c.after, parse(rule.path), "") {
			if !c.isComputed(pair.path, pair.after) && rule.worse(pair.before, pair.after) {
				r.find(c, Finding{Verdict: rule.verdict, Severity: rule.severity, Rule: rule.says,
					Summary: pair.path + " " + rule.says, Detail: r.difference(c, pair), Remedy: rule.remedy})
			}
		}
	}
	if c.ends() {
		for _, ending := range set.endings {
			if ending.actions == nil || slices.Contains(ending.actions, c.action) {
				severity := ending.severity
				if c.action == Replace && c.createBeforeDestroy && ending.gentle != "" {
					severity = ending.gentle
				}
				if r.byDesign(c) {
					severity = ByDesign
				}
				r.find(c, Finding{Verdict: ending.verdict, Severity: severity, Rule: ending.says,
					Summary: inWords[c.action] + ": " + ending.says, Remedy: ending.remedy})
			}
		}
	}
	if c.action == Create {
		for _, beginning := range set.beginnings {
			r.find(c, Finding{Verdict: beginning.verdict, Severity: beginning.severity, Rule: beginning.says,
				Summary: beginning.says, Remedy: beginning.remedy})
		}
	}
}
