package compare

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// members is a JSON object.
type members = map[string]any

// generator makes small random policies and requests, of few values, so that they meet.
type generator struct{ *rand.Rand }

func (g generator) pick(texts ...string) string { return texts[g.IntN(len(texts))] }

// some picks one to three texts.
func (g generator) some(texts []string) []string {
	var picked []string
	for range 1 + g.IntN(3) {
		picked = append(picked, g.pick(texts...))
	}
	return picked
}

var (
	actionPatterns = []string{"*", "s3:*", "s3:Get*", "s3:GetObject", "S3:getobject", "s3:Put*", "s3:PutObject",
		"s3:?etObject",
		"s3:*Object", "s3:GetO*", "sqs:*", "sqs:SendMessage", "sts:AssumeRole"}
	actions = []string{"s3:GetObject", "s3:PutObject", "s3:GetBucketAcl", "s3:SetObject",
		"sqs:SendMessage", "sts:AssumeRole", "ec2:RunInstances"}
	resourcePatterns = []string{"*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "arn:aws:s3:::b/${aws:username}",
		"arn:aws:s3:::b/x*",
		"arn:aws:s3:::?/x", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::*/x", "arn:aws:s3:::c/*",
		"arn:aws:s3:::b/al*"}
	resources = []string{"arn:aws:s3:::b/x", "arn:aws:s3:::b/y", "arn:aws:s3:::c/x", "arn:aws:s3:::b/alice",
		"arn:aws:s3:::b/x/x", "arn:aws:s3:::b/bob/1", "arn:aws:s3:::b/${aws:username}"}
	awsPrincipals = []string{"*", "111111111111", "arn:aws:iam::111111111111:root", "222222222222",
		"arn:aws:iam::111111111111:role/r",
		"arn:aws:iam::111111111111:role/path/r", "arn:aws:sts::111111111111:assumed-role/r/s",
		"arn:aws:iam::111111111111:user/u",
		"arn:aws:iam::222222222222:role/r", "AROAEXAMPLE"}
	versions = []string{"2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"}
)

// conditionPool is a key's operators, the values in policies and the values in requests.
type conditionPool struct {
	key                        string
	operators, wanted, carried []string
}

var conditionPools = []conditionPool{
	{"aws:SourceArn",
		[]string{"StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "ArnEquals", "ArnLike",
			"ArnNotEquals", "ArnNotLike",
			"ArnLikeIfExists", "StringEqualsIfExists", "StringNotLikeIfExists", "Null"},
		[]string{"arn:aws:sns:e:1:t", "arn:aws:sns:e:1:*", "arn:aws:sns:*:1:t", "arn:*:sns:*:*:*", "arn:aws:sns:*",
			"*", "arn:aws:sns:e:1:${aws:username}"},
		[]string{"arn:aws:sns:e:1:t", "arn:aws:sns:w:1:t", "arn:aws:sns:e:2:t", "arn:aws:sns:e:1:u:v",
			"arn:aws:sns:e:2:x:1:t", "text", "arn:aws:sns:e:1:alice"}},
	{"aws:PrincipalTag/Team",
		[]string{"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
			"StringLike", "StringNotLike",
			"StringEqualsIfExists", "BinaryEquals", "Null", "StringLikeIfExists"},
		[]string{"a", "b", "A", "a*", "?", "", "*", "${aws:username}", "ab"},
		[]string{"a", "b", "A", "ab", "", "alice", "bob", "*"}},
	{"aws:TagKeys",
		[]string{"ForAllValues:StringEquals", "ForAnyValue:StringEquals", "ForAllValues:StringLike",
			"ForAnyValue:StringLike", "StringEquals",
			"ForAllValues:StringNotEquals", "ForAnyValue:StringNotEquals", "ForAnyValue:StringEqualsIfExists", "Null",
			"ForAllValues:StringEqualsIfExists"},
		[]string{"a", "b", "a*", "*", "c", ""},
		[]string{"a", "b", "ab", "c", ""}},
	{"aws:SourceIp",
		[]string{"IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists", "Null"},
		[]string{"10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3", "0.0.0.0/0", "::/0", "2001:db8::/32"},
		[]string{"10.0.0.1", "10.200.0.1", "10.1.2.3", "192.0.2.1", "2001:db8::1", "none"}},
	{"s3:max-keys",
		[]string{"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
			"NumericGreaterThan", "NumericGreaterThanEquals", "NumericLessThanIfExists", "Null"},
		[]string{"5", "5.0", "7", "-1", "10"},
		[]string{"5", "6", "7", "-1", "4", "11", "many"}},
	{"aws:CurrentTime",
		[]string{"DateLessThan", "DateGreaterThan", "DateEquals", "DateNotEquals", "DateGreaterThanEquals",
			"DateLessThanEquals", "Null"},
		[]string{"2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2027-01-01T00:00:00Z", "1767225600"},
		[]string{"2026-01-01T00:00:00Z", "2025-06-01T00:00:00Z", "2026-06-01T00:00:00Z", "2028-01-01T00:00:00Z"}},
	{"aws:SecureTransport",
		[]string{"Bool", "StringEquals", "BoolIfExists", "Null", "StringNotEquals"},
		[]string{"true", "false"},
		[]string{"true", "false"}},
}

func (g generator) condition() members {
	condition := members{}
	for range g.IntN(3) {
		pool := conditionPools[g.IntN(len(conditionPools))]
		operator := g.pick(pool.operators...)
		values := any(g.some(pool.wanted))
		if operator == "Null" {
			values = g.pick("true", "false")
		}
		key := pool.key
		if g.IntN(4) == 0 {
			key = strings.ToUpper(key)
		}
		if condition[operator] == nil {
			condition[operator] = members{}
		}
		condition[operator] = members{key: values} // one key an operator: two spellings of a key are refused
	}
	return condition
}

// conditional is two policies that differ in the conditions on one key alone, which tries the operators harder.
func (g generator) conditional() (before, after members) {
	pool := conditionPools[g.IntN(len(conditionPools))]
	statement := func() any {
		condition := members{}
		for range 1 + g.IntN(2) {
			operator := g.pick(pool.operators...)
			condition[operator] = members{pool.key: any(g.some(pool.wanted))}
			if operator == "Null" {
				condition[operator] = members{pool.key: g.pick("true", "false")}
			}
		}
		return members{"Effect": g.pick("Allow", "Allow", "Allow", "Deny"), "Principal": "*", "Action": "*",
			"Resource": "*", "Condition": condition}
	}
	policy := func() members {
		statements := []any{statement()}
		if g.IntN(2) == 0 {
			statements = append(statements, statement())
		}
		return members{"Version": "2012-10-17", "Statement": statements}
	}
	return policy(), policy()
}

func (g generator) principal() any {
	switch g.IntN(6) {
	case 0:
		return "*"
	case 1:
		return members{"Service": g.some([]string{"sns.amazonaws.com", "s3.amazonaws.com"})}
	case 2:
		return members{"Federated": g.pick("accounts.google.com", "*"), "AWS": g.some(awsPrincipals)}
	case 3:
		return members{"AWS": g.some(awsPrincipals), "CanonicalUser": "79a59df900b949e5"}
	}
	return members{"AWS": g.some(awsPrincipals)}
}

func (g generator) statement() members {
	s := members{"Effect": g.pick("Allow", "Allow", "Deny")}
	s[g.pick("Action", "Action", "Action", "NotAction")] = g.some(actionPatterns)
	s[g.pick("Resource", "Resource", "Resource", "NotResource")] = g.some(resourcePatterns)
	s[g.pick("Principal", "Principal", "Principal", "Principal", "Principal", "NotPrincipal")] = g.principal()
	if condition := g.condition(); len(condition) > 0 {
		s["Condition"] = condition
	}
	return s
}

func (g generator) policy() members {
	statements := []any{}
	for range 1 + g.IntN(3) {
		statements = append(statements, g.statement())
	}
	return members{"Version": g.pick(versions...), "Statement": statements}
}

// changed is the policy after one to three changes, so that many pairs are equal or nearly so.
func (g generator) changed(policy members) members {
	statements := slices.Clone(policy["Statement"].([]any))
	version := policy["Version"]
	for range 1 + g.IntN(3) {
		i := g.IntN(len(statements))
		s := members{}
		for name, element := range statements[i].(members) {
			s[name] = element
		}
		switch g.IntN(12) {
		case 0:
			statements = append(statements, g.statement())
		case 1:
			if len(statements) > 1 {
				statements = slices.Delete(statements, i, i+1)
			}
			continue
		case 2:
			version = g.pick(versions...)
			continue
		case 3:
			g.Shuffle(len(statements), func(i, j int) { statements[i], statements[j] = statements[j], statements[i] })
			continue
		case 4:
			delete(s, "Condition")
		case 5:
			s["Condition"] = g.condition()
		case 6, 7:
			g.lengthen(s, "Action", actionPatterns)
			g.lengthen(s, "NotAction", actionPatterns)
		case 8, 9:
			g.lengthen(s, "Resource", resourcePatterns)
			g.lengthen(s, "NotResource", resourcePatterns)
		case 10:
			if s["Principal"] != nil {
				s["Principal"] = g.principal()
			}
		case 11: // split by action
			if all, is := s["Action"].([]string); is && len(all) > 1 {
				other := members{}
				for name, element := range s {
					other[name] = element
				}
				s["Action"], other["Action"] = all[:1], all[1:]
				statements = append(statements, other)
			}
		}
		statements[i] = s
	}
	return members{"Version": version, "Statement": statements}
}

// lengthen adds a value to a list, or takes one away.
func (g generator) lengthen(s members, name string, pool []string) {
	values, there := s[name].([]string)
	if !there {
		return
	}
	if g.IntN(2) == 0 && len(values) > 1 {
		s[name] = values[1:]
		return
	}
	s[name] = append(slices.Clone(values), g.pick(pool...))
}

func (g generator) request() request {
	r := request{rank: g.IntN(3), action: g.pick(actions...), resource: g.pick(resources...)}
	r.context = map[string][]string{}
	switch g.IntN(6) {
	case 0:
		r.service, r.rank = g.pick("sns.amazonaws.com", "s3.amazonaws.com", "ec2.amazonaws.com"), 0
	case 1:
		r.federated, r.rank = g.pick("accounts.google.com", "www.amazon.com"), 0
	default:
		r.account = g.pick("111111111111", "111111111111", "222222222222", "333333333333")
		r.name = g.pick("assumed-role/r/s", "assumed-role/r/t", "user/u", "root", "user/v")
	}
	for _, pool := range conditionPools {
		values := g.some(pool.carried)
		if pool.key != "aws:TagKeys" {
			values = values[:1]
		}
		if g.IntN(3) > 0 {
			r.context[strings.ToLower(pool.key)] = values
		}
	}
	if g.IntN(2) == 0 {
		r.context["aws:username"] = []string{g.pick("alice", "bob", "a", "x")}
	}
	r.everyoneIsAll, r.unresolvedIsWrong = g.IntN(2) == 0, g.IntN(2) == 0
	r.missingIsAny, r.accountFirst = g.IntN(2) == 0, g.IntN(2) == 0
	return r
}
