package pathproof

import "testing"

// A condition that can't be decided has to be maybe: an Allow counts it as held, a Deny as failed.
func TestConditions(t *testing.T) {
	const principal, tls, alias = "aws:principalarn", "aws:securetransport", "kms:resourcealiases"
	known := keys{principal: {"arn:aws:iam::1:role/a"}, tls: {"false"}, alias: {"alias/x", "alias/y"}, "aws:absent": nil}
	for _, c := range []struct {
		operator, key string
		values        []string
		want          truth
	}{
		{"arnequals", principal, []string{"arn:aws:iam::1:role/a"}, yes},
		{"arnequals", principal, []string{"arn:aws:iam::1:role/b"}, no},
		{"arnlike", principal, []string{"arn:aws:iam::*:role/*"}, yes},
		{"arnnotequals", principal, []string{"arn:aws:iam::1:role/b", "arn:aws:iam::1:role/a"}, no},
		{"arnnotequals", principal, []string{"arn:aws:iam::1:role/b"}, yes},
		{"arnequals", principal, []string{"arn:aws:iam::1:role/" + nothing}, maybe},
		{"stringequals", principal, []string{"arn:aws:iam::1:role/*"}, no},
		{"stringlike", principal, []string{"*/a"}, yes},
		{"stringequals", principal, []string{"${aws:PrincipalTag/x}"}, maybe},
		{"bool", tls, []string{"false"}, yes},
		{"bool", tls, []string{"true"}, no},
		{"boolifexists", tls, []string{"false"}, yes},
		{"foranyvalue:stringequals", alias, []string{"alias/y"}, yes},
		{"foranyvalue:stringequals", alias, []string{"alias/z"}, no},
		{"foranyvalue:stringnotequals", alias, []string{"alias/y"}, maybe},
		{"forallvalues:stringequals", alias, []string{"alias/z"}, maybe},
		{"stringequals", "aws:absent", []string{"a"}, no},
		{"stringnotequals", "aws:absent", []string{"a"}, yes},
		{"stringequalsifexists", "aws:absent", []string{"a"}, yes},
		{"foranyvalue:stringequals", "aws:absent", []string{"a"}, no},
		{"stringequals", "aws:sourceaccount", []string{"1"}, maybe},
		{"ipaddress", principal, []string{"10.0.0.0/8"}, maybe},
		{"null", "aws:absent", []string{"true"}, maybe},
	} {
		if got := (condition{c.operator, c.key, c.values}).holds(known); got != c.want {
			t.Errorf("%s %s %q: %v, want %v", c.operator, c.key, c.values, got, c.want)
		}
	}
}
