package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A principal is written as a word: a rank, a kind and a name. The rank is what else must allow the caller's call: its
// account's IAM policies (0), its permissions boundary alone (1), nothing (2). So naming a role gives it more than
// naming its account does (IAM User Guide, 'Policy evaluation logic').
const (
	accountsRanks = "0"   // an account delegates to its IAM policies
	rolesRanks    = "01"  // a role is bound by its boundary
	allRanks      = "012" // a user, a session, everyone
)

// parsePrincipals reads Principal or NotPrincipal; a policy without either is an identity's.
func parsePrincipals(elements map[string]json.RawMessage, _ bool) ([]predicate, error) {
	p := predicate{dimension: dimension{aspect: whom}}
	raw, negated := elements["Principal"], elements["NotPrincipal"]
	switch {
	case raw != nil && negated != nil:
		return nil, errors.New("it has both Principal and NotPrincipal: AWS takes one of them")
	case negated != nil:
		return notPrincipal(negated)
	case raw == nil:
		p.patterns = []*pattern{newPattern(unnamed, literally(unnamed))}
		return []predicate{p}, nil
	}
	denies := string(elements["Effect"]) == "Deny"
	var err error
	p.patterns, err = principals(raw, denies)
	return []predicate{p}, err
}

// anyone is every principal, also what "*" may leave out.
var anyone = newPattern("anyone", everything.steps)

// notPrincipal is known by its text: whether an exception for a role holds for its sessions, and without its account's,
// 'depends on the service' (IAM User Guide, 'AWS JSON policy elements: NotPrincipal').
func notPrincipal(raw json.RawMessage) ([]predicate, error) {
	kinds, err := principalKinds(raw)
	if err != nil {
		return nil, err
	}
	var names []string
	for kind, texts := range kinds {
		for _, text := range texts {
			names = append(names, kind+" "+rootARN(text))
		}
	}
	text := "NotPrincipal " + canonical(names)
	return []predicate{
		{dimension: dimension{aspect: whom}, patterns: []*pattern{anyone}},
		asserted("principal", text, text),
	}, nil
}

// rootARN is the long form of an account's id.
func rootARN(text string) string {
	if isAccount(text) {
		return "arn:aws:iam::" + text + ":root"
	}
	return text
}

func isAccount(text string) bool {
	return len(text) == 12 && strings.Trim(text, "0123456789") == ""
}

// principalKinds is the lists of AWS, Service, Federated and CanonicalUser. "*" is the same as {"AWS": "*"}.
func principalKinds(raw json.RawMessage) (map[string][]string, error) {
	if string(raw) == `"*"` {
		return map[string][]string{"AWS": {"*"}}, nil
	}
	members, err := object(raw, "AWS", "Service", "Federated", "CanonicalUser")
	if err != nil {
		return nil, fmt.Errorf(`its principal is neither "*" nor an object of lists: %w`, err)
	}
	kinds := map[string][]string{}
	for kind, raw := range members {
		if kinds[kind], err = words(raw); err != nil {
			return nil, fmt.Errorf("its principal's %s: %w", kind, err)
		}
	}
	return kinds, nil
}

func principals(raw json.RawMessage, denies bool) ([]*pattern, error) {
	kinds, err := principalKinds(raw)
	if err != nil {
		return nil, err
	}
	var patterns []*pattern
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for _, text := range kinds[kind] {
			switch kind {
			case "AWS":
				patterns = append(patterns, awsPrincipal(text, denies)...)
			case "CanonicalUser":
				patterns = append(patterns, unknownPrincipal(text)...)
			default:
				patterns = append(patterns, otherPrincipal(kind, text))
			}
		}
	}
	if len(patterns) == 0 {
		return nil, errors.New("its principal is empty: AWS refuses that")
	}
	return patterns, nil
}

// otherPrincipal is a service or an identity provider. Whether everyone includes it is not documented for all services:
// the character before its name is + where it is included.
func otherPrincipal(kind, text string) *pattern {
	steps := append(literally("0"+kind+":"), step{kind: anyOne})
	if text == "*" {
		return newPattern(kind+":*", append(steps, step{kind: anyText}))
	}
	return newPattern(text, append(steps, literally(text)...))
}

// awsPrincipal is an account, a role with its sessions, a session, a user or everyone. A Deny
// reaches them in all ranks.
func awsPrincipal(text string, denies bool) []*pattern {
	account, name, known := accountAndName(text)
	rest := []step{{kind: anyText}}
	switch {
	case text == "*":
		var patterns []*pattern
		for _, kind := range []string{"Service", "Federated"} {
			included := newPattern(text, slices.Concat(literally("0"+kind+":+"), rest))
			included.note = "where that includes services and identity providers"
			patterns = append(patterns, included)
		}
		return append(ranked(text, allRanks, rest), patterns...)
	case !known:
		return unknownPrincipal(text)
	case name == "root":
		return ranked(text, ranks(accountsRanks, denies), append(literally(account+":"), rest...))
	case strings.HasPrefix(name, "role/"):
		role := name[strings.LastIndex(name, "/")+1:]
		sessions := append(literally(account+":assumed-role/"+role+"/"), rest...)
		return append(ranked(text, ranks(rolesRanks, denies), literally(account+":"+name)),
			ranked(text, ranks(rolesRanks, denies), sessions)...)
	case strings.HasPrefix(name, "assumed-role/") || strings.HasPrefix(name, "user/"):
		return ranked(text, allRanks, literally(account+":"+name))
	}
	return unknownPrincipal(text)
}

func ranks(allowed string, denies bool) string {
	if denies {
		return allRanks
	}
	return allowed
}

// accountAndName takes apart an account's id or an ARN of IAM or STS.
func accountAndName(text string) (account, name string, known bool) {
	parts := strings.SplitN(rootARN(text), ":", arnColons+1)
	if len(parts) != arnColons+1 || strings.ContainsAny(text, "*?") || parts[2] != "iam" && parts[2] != "sts" {
		return "", "", false
	}
	return parts[4], parts[5], true
}

// ranked makes a pattern of each rank.
func ranked(text, ranks string, steps []step) []*pattern {
	var patterns []*pattern
	for _, rank := range ranks {
		p := newPattern(text, slices.Concat(literally(string(rank)+"AWS:"), steps))
		if rank != '0' {
			p.note = "directly, whatever its account's IAM policies say"
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// unknownPrincipal is a principal that can be any: the id of one that was deleted, a canonical user.
func unknownPrincipal(text string) []*pattern {
	return ranked(text, allRanks, []step{{kind: variable, name: "principal " + text + ","}})
}
