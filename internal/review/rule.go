package review

import (
	"path"
	"slices"
	"strings"
)

// rule says how an attribute must not change.
type rule struct {
	kinds  string // types of resources, between spaces; a star stands for any letters
	path   string // of the attribute, see parse
	worse  worse
	says   string // goes on after the attribute's path
	remedy string
}

// table is rules of one verdict.
type table struct {
	verdict  Verdict
	severity Severity
	created  bool // hold for what is created too, whose attributes were nothing before
	rules    []rule
}

// attributeTables are all rules of attributes.
var attributeTables = []table{
	retentionRules, protectionRules, copyRules, logRules,
	networkRules, networkCreatedRules, encryptionRules, permissionRules, permissionCreatedRules,
	outageRules, protectionOutageRules, restartRules,
	contractRules, contractCreatedRules, moneyRules,
}

// ending says that the end of a resource is bad by itself.
type ending struct {
	verdict  Verdict
	severity Severity
	kinds    string
	actions  []Action // by default delete, replace and forget
	says     string
	remedy   string
	gentle   Severity // where the new one is made first; by default the same
}

// beginning says that a new resource is bad, or costs.
type beginning struct {
	verdict  Verdict
	severity Severity
	kinds    string
	says     string
	remedy   string
}

// matches is whether a type is one of some, which are patterns.
func matches(kinds []string, kind string) bool {
	return slices.ContainsFunc(kinds, func(pattern string) bool {
		if pattern == kind {
			return true
		}
		matched, err := path.Match(pattern, kind)
		return matched && err == nil
	})
}

// applied is a rule for one type, its path taken apart.
type applied struct {
	rule
	table table
	steps []step
}

// ruleset is what concerns one type of resource.
type ruleset struct {
	rules      []applied
	endings    []ending
	beginnings []beginning
}

// rulesets are those of the types that were met. Plans have hundreds of resources of few types.
type rulesets map[string]*ruleset

func (r rulesets) of(kind string) *ruleset {
	if known := r[kind]; known != nil {
		return known
	}
	concerns := func(kinds string) bool { return matches(strings.Fields(kinds), kind) }
	set := &ruleset{}
	for _, table := range attributeTables {
		for _, rule := range table.rules {
			if concerns(rule.kinds) {
				set.rules = append(set.rules, applied{rule, table, parse(rule.path)})
			}
		}
	}
	for _, ending := range slices.Concat(guardEndings, exposureEndings, outageEndings) {
		if concerns(ending.kinds) {
			set.endings = append(set.endings, ending)
		}
	}
	for _, beginning := range slices.Concat(exposureBeginnings, moneyBeginnings) {
		if concerns(beginning.kinds) {
			set.beginnings = append(set.beginnings, beginning)
		}
	}
	r[kind] = set
	return set
}
