package compare

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// request is one call to AWS. Where the documentation leaves a meaning open the request decides, so that a comparison
// has to hold for each of the meanings.
type request struct {
	account, name string // of the caller: "111111111111" and "assumed-role/r/s"; empty for other kinds
	service       string // or a service
	federated     string // or an identity provider
	rank          int    // see accountsRanks: 0 the account's policies allow it, 1 they need not, 2 nor a boundary
	action        string
	resource      string
	context       map[string][]string // lower-case key → values; a missing key is not in it

	everyoneIsAll     bool // "*" includes services and identity providers
	unresolvedIsWrong bool // a variable without value makes its whole statement match nothing
	missingIsAny      bool // ForAnyValue…IfExists holds for a missing key
	accountFirst      bool // NotPrincipal spares nobody whose account it does not name
}

// document is a policy as encoding/json reads it, apart from the code under test.
type document struct {
	Version   string
	Statement []struct {
		Sid, Effect                              string
		Principal, NotPrincipal                  any
		Action, NotAction, Resource, NotResource any
		Condition                                map[string]map[string]any
	}
}

func decode(t testing.TB, text string) document {
	var d document
	if text == "" {
		return d
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

// decision is what a policy says to a request; other policies may allow what it leaves open.
type decision int

const (
	denies decision = iota
	leavesOpen
	allows
)

// decide evaluates a policy for one request, statement by statement.
func (d document) decide(r request) decision {
	decided := leavesOpen
	for _, s := range d.Statement {
		variables := d.Version == "2012-10-17"
		if variables && r.unresolvedIsWrong && r.unresolved(s.Resource, s.NotResource, s.Condition) {
			continue
		}
		matches := r.isPrincipal(s.Principal, s.NotPrincipal, s.Effect == "Deny") &&
			one(s.Action, s.NotAction, func(p string) bool { return glob(strings.ToLower(p), strings.ToLower(r.action)) }) &&
			one(s.Resource, s.NotResource, func(p string) bool { return r.matches(p, r.resource, variables, glob) }) &&
			r.meets(s.Condition, variables)
		if matches && s.Effect == "Deny" {
			return denies
		}
		if matches {
			decided = allows
		}
	}
	return decided
}

// one is whether one of the values fits, or none of the others does; an element that is not there fits.
func one(values, others any, fits func(string) bool) bool {
	if values == nil && others == nil {
		return true
	}
	if values == nil {
		return !slices.ContainsFunc(texted(others), fits)
	}
	return slices.ContainsFunc(texted(values), fits)
}

func texted(value any) []string {
	switch v := value.(type) {
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, texted(item)...)
		}
		return all
	case bool:
		return []string{strconv.FormatBool(v)}
	case string:
		return []string{v}
	}
	return nil
}

func (r request) isPrincipal(principal, not any, deny bool) bool {
	switch {
	case principal == "*":
		return r.is("AWS", "*", deny)
	case principal != nil:
		return r.isOne(principal.(map[string]any), deny)
	case not == "*":
		return false
	case not != nil:
		exceptions := not.(map[string]any)
		if r.accountFirst && r.account != "" && !slices.ContainsFunc(texted(exceptions["AWS"]), func(text string) bool {
			return text == "*" || rootARN(text) == "arn:aws:iam::"+r.account+":root"
		}) {
			return true
		}
		return !r.isOne(exceptions, true)
	}
	return true
}

func (r request) isOne(kinds map[string]any, deny bool) bool {
	for kind, values := range kinds {
		for _, text := range texted(values) {
			if r.is(kind, text, deny) {
				return true
			}
		}
	}
	return false
}

func (r request) is(kind, text string, deny bool) bool {
	switch {
	case kind == "Service":
		return r.service != "" && (text == "*" || text == r.service)
	case kind == "Federated":
		return r.federated != "" && (text == "*" || text == r.federated)
	case kind == "AWS" && text == "*":
		return r.account != "" || r.everyoneIsAll
	case text == "AROAEXAMPLE" || kind == "CanonicalUser": // both are role r of the first account
		return r.account == "111111111111" && strings.HasPrefix(r.name, "assumed-role/r/") && (deny || r.rank < 2)
	case r.account == "":
		return false
	}
	prefix := "arn:aws:iam::" + r.account + ":"
	switch {
	case rootARN(text) == prefix+"root":
		return deny || r.rank == 0
	case strings.HasPrefix(text, prefix+"role/"):
		role := text[strings.LastIndex(text, "/")+1:]
		return strings.HasPrefix(r.name, "assumed-role/"+role+"/") && (deny || r.rank < 2)
	}
	return text == prefix+r.name || text == "arn:aws:sts::"+r.account+":"+r.name
}

// unresolved is whether a variable in the values has no value.
func (r request) unresolved(resource, notResource any, conditions map[string]map[string]any) bool {
	values := append(texted(resource), texted(notResource)...)
	for _, keys := range conditions {
		for _, v := range keys {
			values = append(values, texted(v)...)
		}
	}
	return slices.ContainsFunc(values, func(v string) bool {
		return strings.Contains(v, "${aws:username}") && r.context["aws:username"] == nil
	})
}

// matches is whether a value with wildcards and variables matches a text.
func (r request) matches(value, text string, variables bool, match func(pattern, text string) bool) bool {
	if variables && strings.Contains(value, "${aws:username}") {
		names := r.context["aws:username"]
		if names == nil {
			return false
		}
		value = strings.ReplaceAll(value, "${aws:username}", names[0]) // the names have no wildcards
	}
	return match(value, text)
}

func glob(pattern, text string) bool {
	if pattern == "" {
		return text == ""
	}
	if pattern[0] == '*' {
		return glob(pattern[1:], text) || text != "" && glob(pattern, text[1:])
	}
	return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && glob(pattern[1:], text[1:])
}

func arnGlob(pattern, text string) bool {
	p, t := strings.SplitN(pattern, ":", 6), strings.SplitN(text, ":", 6)
	if len(p) != 6 || len(t) != 6 {
		return false
	}
	for i := range p {
		if !glob(p[i], t[i]) {
			return false
		}
	}
	return true
}

func (r request) meets(conditions map[string]map[string]any, variables bool) bool {
	for operator, keys := range conditions {
		for key, values := range keys {
			if !r.meetsOne(operator, r.context[strings.ToLower(key)], texted(values), variables) {
				return false
			}
		}
	}
	return true
}

func (r request) meetsOne(operator string, have, want []string, variables bool) bool {
	if operator == "Null" {
		return slices.Contains(want, strconv.FormatBool(have == nil))
	}
	rest, every := strings.CutPrefix(operator, "ForAllValues:")
	rest, some := strings.CutPrefix(rest, "ForAnyValue:")
	rest, ifExists := strings.CutSuffix(rest, "IfExists")
	negated := strings.Contains(rest, "Not")
	rest = strings.Replace(rest, "Not", "", 1)
	fits := func(value string) bool {
		found := slices.ContainsFunc(want, func(w string) bool {
			return r.matches(w, value, variables, func(w, v string) bool { return compareOne(rest, w, v) })
		})
		return found != negated
	}
	empty := len(have) == 0 || (every || some) && slices.Equal(have, []string{""})
	switch {
	case every:
		return empty || !slices.ContainsFunc(have, func(v string) bool { return !fits(v) })
	case some && empty:
		return ifExists && r.missingIsAny
	case empty:
		return negated || ifExists
	case some:
		return slices.ContainsFunc(have, fits)
	}
	return fits(have[0])
}

func compareOne(operator, want, have string) bool {
	switch operator {
	case "StringEquals", "BinaryEquals":
		return want == have
	case "StringEqualsIgnoreCase", "Bool":
		return strings.EqualFold(want, have)
	case "StringLike":
		return glob(want, have)
	case "ArnEquals", "ArnLike":
		return arnGlob(want, have)
	case "IpAddress":
		addr, err := netip.ParseAddr(have)
		if err != nil {
			return false
		}
		if !strings.Contains(want, "/") {
			return netip.MustParseAddr(want) == addr
		}
		return netip.MustParsePrefix(want).Contains(addr)
	}
	for _, kind := range []string{"Numeric", "Date"} {
		if sign, is := strings.CutPrefix(operator, kind); is {
			w, wanted := asNumber(kind, want)
			h, had := asNumber(kind, have)
			return wanted && had && map[string]bool{"Equals": h == w, "LessThan": h < w, "LessThanEquals": h <= w,
				"GreaterThan": h > w, "GreaterThanEquals": h >= w}[sign]
		}
	}
	panic("condition operator " + operator + ": teach it to the evaluator")
}

func asNumber(kind, text string) (float64, bool) {
	if kind == "Date" {
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return float64(t.Unix()), true
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}
