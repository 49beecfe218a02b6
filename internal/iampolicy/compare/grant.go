package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Grant is requests that a policy newly allows, or no longer denies. Its texts are the policy's own, narrowed to what
// is new; a corner that was allowed before stays in where leaving it out would take several grants.
type Grant struct {
	Sid       string   // of the statement that allows it, or denied it; empty if it has none
	Denied    bool     // the earlier policy denied it; other policies may allow it
	Principal string   // who, empty for an identity policy: "arn:…:role/a, 111111111111 except …"
	Action    string   // what: "s3:Get*, s3:PutObject except s3:GetObject"
	Resource  string   // on what, empty for a trust policy
	Condition []string // under which conditions: "aws:SourceAccount is 111111111111"
	Reason    string   // "can't be compared: …" where it may be nothing new; empty where it surely is
}

// String is the grant on one line.
func (g Grant) String() string {
	var line strings.Builder
	if g.Sid != "" {
		fmt.Fprintf(&line, "%s: ", g.Sid)
	}
	line.WriteString(map[bool]string{false: "allows ", true: "no longer denies "}[g.Denied] + g.Action)
	if g.Resource != "" {
		line.WriteString(" on " + g.Resource)
	}
	if g.Principal != "" {
		line.WriteString(" to " + g.Principal)
	}
	if len(g.Condition) > 0 {
		line.WriteString(" where " + strings.Join(g.Condition, " and "))
	}
	if g.Reason != "" {
		line.WriteString("; " + g.Reason)
	}
	return line.String()
}

// grants describes boxes, each text once.
func grants(boxes []box) []Grant {
	var described []Grant
	for _, b := range boxes {
		g := b.grant()
		if !slices.ContainsFunc(described, func(other Grant) bool { return other.String() == g.String() }) {
			described = append(described, g)
		}
	}
	return described
}

func (b box) grant() Grant {
	g := Grant{Sid: b.sid, Denied: b.denied, Reason: b.because}
	g.Principal, g.Action, g.Resource = b.element(whom), b.element(does), b.element(onWhat)
	for _, d := range b.conditions() {
		g.Condition = append(g.Condition, b.condition(d))
	}
	return g
}

// element is what is left of a part of the request; nothing where the policy does not name it.
func (b box) element(a aspect) string {
	values, named := b.constraints[dimension{aspect: a}]
	if !named || values.String() == unnamed {
		return ""
	}
	return values.String()
}

// conditions are the box's dimensions that are conditions, sorted.
func (b box) conditions() []dimension {
	return slices.DeleteFunc(b.dimensions(), func(d dimension) bool {
		resolved := d.aspect == assertion && b.names[d].about == "" && b.constraints[d].(truth).yes
		return d.aspect <= onWhat || resolved
	})
}

// dimensions are those that the box constrains, sorted.
func (b box) dimensions() []dimension {
	return slices.SortedFunc(maps.Keys(b.constraints), func(x, y dimension) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.aspect, y.aspect))
	})
}

// condition says what is left of a dimension: "aws:SourceIp is 10.0.0.0/8", "aws:username is any except a, or missing".
func (b box) condition(d dimension) string {
	values, name := b.constraints[d], b.names[d].name
	switch {
	case d.aspect == assertion && b.names[d].about == "":
		return name + " has no value"
	case d.aspect == assertion:
		return fmt.Sprintf("%s %s", name, values)
	case !values.present() && d.aspect == texts:
		return name + " has no value"
	case !values.present():
		return name + " is missing"
	case d.aspect == texts && values.absent():
		return fmt.Sprintf("%s has %s, or is missing", name, values)
	case d.aspect == texts:
		return fmt.Sprintf("%s has %s", name, values)
	case values.absent():
		return fmt.Sprintf("%s is %s, or missing", name, values)
	}
	return fmt.Sprintf("%s is %s", name, values)
}

// reason says why a box may hold nothing new: the search was given up, or it is known by texts alone how the policies
// speak of one thing.
func (b box) reason() string {
	if b.because != "" {
		return b.because
	}
	for _, d := range b.conditions() {
		if d.aspect != assertion {
			continue
		}
		if b.names[d].about == "" {
			return fmt.Sprintf("can't be compared: without a value for %s AWS may ignore the earlier statement", b.names[d].name)
		}
		if b.speaksOf(b.names[d].about, d) {
			return "can't be compared: " + b.names[d].name
		}
	}
	for _, d := range b.dimensions() {
		values := b.constraints[d]
		if values.unsure() {
			return fmt.Sprintf("can't be compared: too many patterns in %s", values)
		}
		if one, is := values.(oneText); is && d.aspect != whom && len(one.values.unordered()) > 0 {
			return "can't be compared: policy variables in " + values.String()
		}
	}
	return ""
}

// speaksOf is whether something else in the box is about what an assertion is about.
func (b box) speaksOf(about string, self dimension) bool {
	if about == "principal" {
		return true
	}
	for d := range b.constraints {
		if d != self && (d.key == about || d.aspect == assertion && b.names[d].about == about) {
			return true
		}
	}
	return false
}
