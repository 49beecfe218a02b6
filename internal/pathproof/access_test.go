package pathproof

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// account is a stack with these resources, by their addresses.
func account(t *testing.T, resources map[string]map[string]any) *Facts {
	t.Helper()
	byType := map[string]map[string]any{}
	for address, body := range resources {
		kind, id, _ := strings.Cut(address, ".")
		if byType[kind] == nil {
			byType[kind] = map[string]any{}
		}
		byType[kind][id] = body
	}
	text, err := json.Marshal(map[string]any{
		"provider": map[string]any{"aws": []any{map[string]any{
			"region": "eu-west-1", "allowed_account_ids": []string{"111111111111"},
		}}},
		"resource": byType,
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(graph.Stack{Name: "one", JSON: text})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// document is a policy of statements.
func document(statements ...string) string {
	return `{"Statement":[` + strings.Join(statements, ",") + `]}`
}

// noTrust is the trust of a role that nobody assumes.
var noTrust = document(`{"Effect":"Deny","Principal":"*","Action":"*"}`)

// get is a statement on reading any secret, with further fields.
func get(effect string, fields ...string) string {
	all := append([]string{`"Effect":"` + effect + `"`, `"Action":"secretsmanager:GetSecretValue"`}, fields...)
	if !strings.Contains(strings.Join(fields, ""), `Resource":`) {
		all = append(all, `"Resource":"*"`)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// when is a condition of one operator on one key.
func when(operator, key, value string) string {
	return `"Condition":{"` + operator + `":{"` + key + `":"` + value + `"}}`
}

// TestWho asks who reads a secret: of a role with a policy and a boundary, under a policy of the secret.
func TestWho(t *testing.T) {
	const root = "root of 222222222222"
	const reader = `arn:aws:iam::111111111111:role/reader`
	principal := func(kind, name string) string { return `"Principal":{"` + kind + `":"` + name + `"}` }
	everybody, s3Only := `"Principal":"*"`, `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`
	both, others := []string{OfAccount, "reader"}, []string{OfAccount}
	for name, c := range map[string]struct {
		identity, boundary, resource string
		want                         []string
	}{
		"nobody's": {want: others},
		"a role's": {identity: get("Allow"), want: both},
		"by a wildcard": {
			identity: `{"Effect":"Allow","Action":"secrets*:get*","Resource":"arn:aws:sec*"}`,
			want:     both,
		},
		"by another service's": {identity: get("Allow", `"Resource":"arn:aws:s3:*"`), want: others},
		"by a pattern":         {identity: get("Allow", `"Resource":"arn:*:secret:s-*"`), want: both},
		"by another's name":    {identity: get("Allow", `"Resource":"arn:*:secret:sx-*"`), want: others},
		"by reference": {
			identity: get("Allow", `"Resource":"${aws_secretsmanager_secret.s.arn}"`),
			want:     both,
		},
		"by a reference to something unknown": {
			identity: get("Allow", `"Resource":"${aws_lambda_function.x.arn}"`),
			want:     both,
		},

		"all but others": {
			identity: `{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::*"}`,
			want:     both,
		},
		"all but this": {identity: `{"Effect":"Allow","NotAction":"secretsmanager:*","Resource":"*"}`, want: others},
		"all but this secret": {
			identity: `{"Effect":"Allow","Action":"*","NotResource":"arn:aws:secretsmanager:*"}`,
			want:     others,
		},
		"on a condition":       {identity: get("Allow", when("StringEquals", "aws:RequestTag/a", "b")), want: both},
		"on another principal": {identity: get("Allow", when("ArnLike", "aws:PrincipalArn", "*/x")), want: others},

		"denied": {identity: get("Allow") + "," + get("Deny"), want: others},
		"denied at times": {
			identity: get("Allow") + "," + get("Deny", when("Bool", "aws:SecureTransport", "false")),
			want:     both,
		},
		"denied elsewhere": {identity: get("Allow") + "," + get("Deny", `"Resource":"arn:*:secret:s-a*"`), want: both},

		"beyond the boundary": {identity: get("Allow"), boundary: s3Only, want: others},
		"within the boundary": {identity: get("Allow"), boundary: get("Allow"), want: both},
		"past the boundary":   {boundary: s3Only, resource: get("Allow", principal("AWS", reader)), want: both},

		"let by the secret": {resource: get("Allow", principal("AWS", "${aws_iam_role.r.arn}")), want: both},
		"let as a session": {
			resource: get("Allow", principal("AWS", "arn:aws:sts::111111111111:assumed-role/reader/x")),
			want:     both,
		},
		"let everybody":       {resource: get("Allow", everybody), want: []string{OfAccount, OfOthers, "reader"}},
		"let another account": {resource: get("Allow", principal("AWS", "222222222222")), want: []string{OfAccount, root}},
		"let all but one": {
			resource: get("Allow", `"NotPrincipal":{"AWS":"222222222222"}`),
			want:     []string{OfAccount, OfOthers, "reader", root},
		},
		"let a service": {
			resource: get("Allow", principal("Service", "x.amazonaws.com")),
			want:     []string{OfAccount, "x.amazonaws.com"},
		},

		"shut by the secret": {identity: get("Allow"), resource: get("Deny", everybody)},
		"shut but for the one": {
			identity: get("Allow"),
			resource: get("Deny", everybody, when("ArnNotEquals", "aws:PrincipalArn", reader)),
			want:     []string{"reader"},
		},
		"shut but for a pattern": {
			identity: get("Allow"), want: both,
			resource: get("Deny", everybody, when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/*")),
		},
	} {
		t.Run(name, func(t *testing.T) {
			role := map[string]any{"name": "reader", "assume_role_policy": noTrust}
			resources := map[string]map[string]any{
				"aws_secretsmanager_secret.s": {"name": "s"}, "aws_lambda_function.x": {}, "aws_iam_role.r": role,
			}
			if c.identity != "" {
				resources["aws_iam_role_policy.r"] = map[string]any{"role": "${aws_iam_role.r.id}", "policy": document(c.identity)}
			}
			if c.boundary != "" {
				role["permissions_boundary"] = "${aws_iam_policy.b.arn}"
				resources["aws_iam_policy.b"] = map[string]any{"name": "b", "policy": document(c.boundary)}
			}
			if c.resource != "" {
				resources["aws_secretsmanager_secret_policy.s"] = map[string]any{"secret_arn": "s", "policy": document(c.resource)}
			}
			f := account(t, resources)
			got := whos(f.Who(f.targets[0], nil, "secretsmanager:GetSecretValue"))
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func whos(found []Reach) []string {
	var names []string
	for _, one := range found {
		names = append(names, one.Who)
	}
	return names
}

// A key's policy lets IAM's policies count, or it doesn't.
func TestAKeyIsClosedUntilItsPolicyOpensIt(t *testing.T) {
	const lets = `{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}`
	by := func(principal string) string {
		return `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:` + principal +
			`"},"Action":"kms:*","Resource":"*"}`
	}
	for name, c := range map[string]struct {
		policy string
		want   []string
	}{
		"by IAM":    {by("root"), []string{OfAccount, "reader"}},
		"by itself": {by("role/other"), []string{"other"}},
	} {
		f := account(t, map[string]map[string]any{
			"aws_kms_key.k":   {"policy": document(c.policy)},
			"aws_kms_alias.k": {"name": "alias/k", "target_key_id": "${aws_kms_key.k.key_id}"},
			"aws_iam_role.r": {"name": "reader", "assume_role_policy": noTrust,
				"inline_policy": []any{map[string]any{"policy": document(lets)}}},
		})
		got := whos(f.Who(f.Target([]string{"one"}, "aws_kms_key", "alias/k"), nil, "kms:Decrypt"))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// A policy of AWS' that nobody described allows anything.
func TestAnUnknownPolicyAllowsAnything(t *testing.T) {
	f := account(t, map[string]map[string]any{
		"aws_secretsmanager_secret.s":      {"name": "s"},
		"aws_iam_role.r":                   {"name": "reader", "assume_role_policy": noTrust},
		"aws_iam_role_policy_attachment.r": {"role": "reader", "policy_arn": "arn:aws:iam::aws:policy/SomethingNew"},
	})
	want := "reader → secretsmanager:GetSecretValue s, by one: aws_iam_role_policy_attachment.r, " +
		"arn:aws:iam::aws:policy/SomethingNew"
	for _, reach := range f.Who(f.targets[0], nil, "secretsmanager:GetSecretValue") {
		if reach.Chain.String() == want {
			return
		}
	}
	t.Errorf("no chain is %q", want)
}

// A policy that is made by an expression can't be proved anything of.
func TestAPolicyThatIsNoLiteralIsRefused(t *testing.T) {
	resources := map[string]map[string]any{"aws_iam_role.r": {"name": "r", "assume_role_policy": "${data.x.y.json}"}}
	text, err := json.Marshal(map[string]any{
		"data":     map[string]any{"x": map[string]any{"y": map[string]any{}}},
		"resource": map[string]any{"aws_iam_role": map[string]any{"r": maps.Clone(resources["aws_iam_role.r"])}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Read(graph.Stack{Name: "one", JSON: text})
	const want = "one: aws_iam_role.r: its policy is no literal JSON, so nothing can be proved of it"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want %q", err, want)
	}
}
