package review

import (
	"strings"
	"testing"
)

// ingressRule is a rule of group sg-1 on TCP 5432.
func ingressRule(name string, action Action, before, after string) resource {
	rule := func(source string) string {
		if source == "" {
			return ""
		}
		return `{"security_group_id":"sg-1","ip_protocol":"tcp","from_port":5432,"to_port":5432,` + source + `}`
	}
	return planned("aws_vpc_security_group_ingress_rule."+name, action, rule(before), rule(after))
}

func TestAddressesOfSecurityGroups(t *testing.T) {
	const wide, low, high = `"cidr_ipv4":"10.0.0.0/16"`, `"cidr_ipv4":"10.0.0.0/17"`, `"cidr_ipv4":"10.0.128.0/17"`
	for name, c := range map[string]struct {
		resources []resource
		want      string
	}{
		"another range of a group that stands": {[]resource{ingressRule("a", Create, "", wide)},
			"newly allows tcp 5432 from 10.0.0.0/16"},
		"a wider one": {[]resource{ingressRule("a", Update, low, wide)},
			"newly allows tcp 5432 from 10.0.128.0/17"},
		"a narrower one": {[]resource{ingressRule("a", Update, wide, low)}, ""},
		"one that is split": {[]resource{
			ingressRule("a", Delete, wide, ""),
			ingressRule("b", Create, "", low),
			ingressRule("c", Create, "", high),
		}, ""},
		"two that are joined": {[]resource{
			ingressRule("a", Update, low, wide),
			ingressRule("b", Delete, high, ""),
		}, ""},
		"another group": {[]resource{
			ingressRule("a", Update, `"referenced_security_group_id":"sg-2"`, `"referenced_security_group_id":"sg-3"`),
		}, "newly allows tcp 5432 from sg-3"},
		"a group not known yet": {[]resource{ingressRule("a", Update, `"referenced_security_group_id":"sg-2"`,
			`"referenced_security_group_id":null`).
			unknown(`{"referenced_security_group_id":true}`)},
			"newly allows tcp 5432 from or to what is known only after the apply"},
		"under another address": {[]resource{ingressRule("a", Delete, low, ""), ingressRule("b", Create, "", low)}, ""},
		"everybody over IPv6": {[]resource{ingressRule("a", Create, "", `"cidr_ipv6":"::/0"`)},
			"newly allows tcp 5432 from ::/0"},
		"more ports": {[]resource{planned("aws_vpc_security_group_ingress_rule", Update,
			`{"security_group_id":"sg-1","ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"10.0.0.0/8"}`,
			`{"security_group_id":"sg-1","ip_protocol":"-1","cidr_ipv4":"10.0.0.0/8"}`)},
			"newly allows all protocols from 10.0.0.0/8"},
		"fewer ports": {[]resource{planned("aws_vpc_security_group_ingress_rule", Update,
			`{"security_group_id":"sg-1","ip_protocol":"-1","cidr_ipv4":"10.0.0.0/8"}`,
			`{"security_group_id":"sg-1","ip_protocol":"udp","from_port":53,"to_port":53,"cidr_ipv4":"10.1.0.0/16"}`)}, ""},
		"the older form": {[]resource{planned("aws_security_group_rule", Update,
			`{"security_group_id":"sg-1","type":"ingress","protocol":"tcp","from_port":443,"to_port":443,`+
				`"cidr_blocks":["10.0.0.0/8"]}`,
			`{"security_group_id":"sg-1","type":"ingress","protocol":"tcp","from_port":443,"to_port":443,`+
				`"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"]}`)},
			"newly allows tcp 443 from 0.0.0.0/5, 8.0.0.0/7, 11.0.0.0/8, 12.0.0.0/6, 16.0.0.0/4, 32.0.0.0/3, 64.0.0.0/2, " +
				"128.0.0.0/1"},
		"blocks of the group": {[]resource{planned("aws_security_group", Update,
			`{"id":"sg-1","ingress":[]}`,
			`{"id":"sg-1","ingress":[{"protocol":"tcp","from_port":22,"to_port":22,"cidr_blocks":["0.0.0.0/0"]}]}`)},
			"newly allows tcp 22 from 0.0.0.0/0"},
		"to everybody": {[]resource{planned("aws_vpc_security_group_egress_rule", Create, "",
			`{"security_group_id":"sg-1","ip_protocol":"-1","cidr_ipv4":"0.0.0.0/0"}`)},
			"newly allows all protocols to 0.0.0.0/0"},
		"a new group's rule": {[]resource{planned("aws_vpc_security_group_ingress_rule", Create, "",
			`{"ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"10.0.0.0/8"}`).
			unknown(`{"security_group_id":true}`)}, ""},
		"a new group's rule for everybody": {[]resource{planned("aws_vpc_security_group_ingress_rule", Create, "",
			`{"ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"0.0.0.0/0"}`).
			unknown(`{"security_group_id":true}`)},
			"newly allows tcp 443 from 0.0.0.0/0"},
	} {
		var got []string
		for _, f := range Of(reviewed(t, c.resources...).Findings, Exposure) {
			got = append(got, f.Summary)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
