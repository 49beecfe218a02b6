package wafrules

import (
	"net/netip"
	"slices"
)

// Each kind of rule has a range of priorities of its own, so that a setting that comes or goes moves no rule of
// another kind: WAF would take the move, and a plan would show every rule as changed.
const (
	denyPriority      = 10
	allowPriority     = 20
	bodyPriority      = 30
	ratePriority      = 40
	pathRatePriority  = 100
	groupPriority     = 200 // ten for each group
	botPriority       = 900
	exceptionPriority = 1000 // a hundred for each group
)

// Build is a web ACL: its IP sets and its rules, in the order in which they are asked.
func Build(s Settings) ([]IPSet, []Rule) {
	b := &builder{Settings: s}
	b.lists()
	b.body()
	b.rates()
	b.groups()
	b.exceptions()
	slices.SortFunc(b.rules, func(one, other Rule) int { return one.Priority - other.Priority })
	return b.sets, b.rules
}

// builder is a web ACL while it is built.
type builder struct {
	Settings
	sets  []IPSet
	rules []Rule
}

func (b *builder) add(priority int, name string, action Action, statement Statement) {
	b.rules = append(b.rules, Rule{Name: name, Priority: priority, Action: action, Statement: statement})
}

// guessing is the action of a rule that may be wrong about a request.
func (b *builder) guessing(action Action) Action {
	if b.Counts {
		return Count
	}
	return action
}

// lists are the addresses that the file names. A list means what it says, whatever the mode.
func (b *builder) lists() {
	if len(b.Deny) > 0 {
		b.add(denyPriority, "deny-list", Block, either(b.from("deny", b.Deny)...))
	}
	if len(b.Allow) > 0 {
		b.add(allowPriority, "allow-list", Allow, either(b.from("allow", b.Allow)...))
	}
}

// from makes the IP sets of some addresses, one a version, and the statements that match them.
func (b *builder) from(name string, addresses []netip.Prefix) []Statement {
	versions := []IPSet{{Name: name + "-ipv4", Version: "IPV4"}, {Name: name + "-ipv6", Version: "IPV6"}}
	for _, block := range addresses {
		version := &versions[0]
		if block.Addr().Is6() {
			version = &versions[1]
		}
		version.Addresses = append(version.Addresses, block.String())
	}
	var statements []Statement
	for _, set := range versions {
		if len(set.Addresses) > 0 {
			b.sets = append(b.sets, set)
			statements = append(statements, inSet{set: set.Name})
		}
	}
	return statements
}

// body refuses bodies over the limit, but on the paths of uploads.
func (b *builder) body() {
	if b.BodyLimit == 0 {
		return
	}
	statements := []Statement{largerBody{bytes: b.BodyLimit}}
	if len(b.Uploads) > 0 {
		statements = append(statements, notOnPaths(b.Uploads)...)
	}
	b.add(bodyPriority, "body-limit", b.guessing(Block), all(statements...))
}

// rates refuse an address that asks too often. Static assets do not count for the limit of all paths: one page may
// have a hundred of them, and CloudFront serves them.
func (b *builder) rates() {
	b.rate(ratePriority, "rate-limit", rate{limit: b.RateLimit, window: Window, of: b.notStatic()})
	for i, one := range b.RateLimits {
		b.rate(pathRatePriority+i, "rate-limit-"+one.Name,
			rate{limit: one.Limit, window: one.WindowSeconds, of: onPaths(one.Paths)})
	}
}

// rate adds a rate limit. After its window without a request an address may come again; AWS looks every ten seconds.
func (b *builder) rate(priority int, name string, statement rate) {
	b.rules = append(b.rules, Rule{
		Name: name, Priority: priority, Action: b.guessing(TooMany), RetryAfter: statement.window, Statement: statement,
	})
}

// notStatic is all requests but those for static assets; nil is all.
func (b *builder) notStatic() Statement {
	if len(b.Static) == 0 {
		return nil
	}
	return all(notOnPaths(b.Static)...)
}

func (b *builder) groups() {
	for i, one := range groups {
		counted := b.excepted(one)
		if one.position(bodyRule) >= 0 {
			counted = append(counted, bodyRule)
		}
		b.rules = append(b.rules, Rule{
			Name: one.id, Priority: groupPriority + 10*i, GroupCounts: b.Counts || one.countOnly,
			Statement: managedGroup{group: one, counted: counted},
		})
	}
	if b.BotControl != "" {
		b.rules = append(b.rules, Rule{
			Name: botControl.id, Priority: botPriority, GroupCounts: b.Counts,
			Statement: managedGroup{group: botControl, counted: b.excepted(botControl), level: b.BotControl, of: b.notStatic()},
		})
	}
}

// excepted are the rules of a group that exceptions are about, in the group's order: another order in the file changes
// nothing.
func (b *builder) excepted(of group) []string {
	var names []string
	for _, rule := range of.rules {
		if slices.ContainsFunc(b.Exceptions, func(e Exception) bool { return e.Rule == rule.name }) {
			names = append(names, rule.name)
		}
	}
	return names
}

// exceptions block what an excepted rule has labelled, everywhere but where it is excepted (AWS WAF Developer Guide,
// 'Web request labeling', whose use case this is).
func (b *builder) exceptions() {
	for i, one := range groups {
		for _, exception := range b.Exceptions {
			at := one.position(exception.Rule)
			if at < 0 || one.countOnly || len(exception.Paths)+len(exception.Addresses) == 0 {
				continue
			}
			statements := []Statement{hasLabel{label: one.fullLabel(one.rules[at])}}
			if len(exception.Paths) > 0 {
				statements = append(statements, notOnPaths(exception.Paths)...)
			}
			for _, set := range b.from("except-"+exception.Rule, exception.Addresses) {
				statements = append(statements, not{set})
			}
			b.add(exceptionPriority+100*i+at, "except-"+exception.Rule, b.guessing(Block), all(statements...))
		}
	}
}
