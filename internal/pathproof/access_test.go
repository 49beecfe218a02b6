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
		"provider": map[string]any{"aws": []any{map[string]any{"region": "eu-west-1", "allowed_account_ids": []string{"111111111111"}}}},
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

// TestWho asks who reads a secret: of a role with a policy and a boundary, under a policy of the secret.
func TestWho(t *testing.T) {
	const read = `"Action":"secretsmanager:GetSecretValue"`
	const allowed = `{"Effect":"Allow",` + read + `,"Resource":"*"}`
	const role, others, elsewhere = "reader", OfAccount, OfOthers
	for name, c := range map[string]struct {
		identity, boundary, resource string
		want                         []string
	}{
		"nobody's":             {want: []string{others}},
		"a role's":             {identity: allowed, want: []string{others, role}},
		"by a wildcard":        {identity: `{"Effect":"Allow","Action":"secrets*:get*","Resource":"arn:aws:s3:*"}`, want: []string{others}},
		"by a pattern":         {identity: `{"Effect":"Allow","Action":"*","Resource":"arn:*:secret:s-*"}`, want: []string{others, role}},
		"by another's name":    {identity: `{"Effect":"Allow","Action":"*","Resource":"arn:*:secret:sx-*"}`, want: []string{others}},
		"by reference":         {identity: `{"Effect":"Allow",` + read + `,"Resource":"${aws_secretsmanager_secret.s.arn}"}`, want: []string{others, role}},
		"by reference to more": {identity: `{"Effect":"Allow",` + read + `,"Resource":"${aws_lambda_function.x.arn}"}`, want: []string{others, role}},
		"all but others":       {identity: `{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::*"}`, want: []string{others, role}},
		"all but this":         {identity: `{"Effect":"Allow","NotAction":"secretsmanager:*","Resource":"*"}`, want: []string{others}},
		"all but this secret":  {identity: `{"Effect":"Allow","Action":"*","NotResource":"arn:aws:secretsmanager:*"}`, want: []string{others}},
		"on a condition":       {identity: `{"Effect":"Allow",` + read + `,"Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/a":"b"}}}`, want: []string{others, role}},
		"on another principal": {identity: `{"Effect":"Allow",` + read + `,"Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"*/x"}}}`, want: []string{others}},
		"denied":               {identity: allowed + `,{"Effect":"Deny",` + read + `,"Resource":"*"}`, want: []string{others}},
		"denied at times": {
			identity: allowed + `,{"Effect":"Deny",` + read + `,"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`,
			want:     []string{others, role},
		},
		"denied elsewhere":     {identity: allowed + `,{"Effect":"Deny",` + read + `,"Resource":"arn:*:secret:s-a*"}`, want: []string{others, role}},
		"beyond the boundary":  {identity: allowed, boundary: `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`, want: []string{others}},
		"within the boundary":  {identity: allowed, boundary: `{"Effect":"Allow","Action":"*","Resource":"*"}`, want: []string{others, role}},
		"past the boundary":    {boundary: `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`, resource: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/reader"},` + read + `,"Resource":"*"}`, want: []string{others, role}},
		"let by the secret":    {resource: `{"Effect":"Allow","Principal":{"AWS":"${aws_iam_role.r.arn}"},` + read + `,"Resource":"*"}`, want: []string{others, role}},
		"let as a session":     {resource: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/reader/x"},` + read + `,"Resource":"*"}`, want: []string{others, role}},
		"let everybody":        {resource: `{"Effect":"Allow","Principal":"*",` + read + `,"Resource":"*"}`, want: []string{others, elsewhere, role}},
		"let another account":  {resource: `{"Effect":"Allow","Principal":{"AWS":"222222222222"},` + read + `,"Resource":"*"}`, want: []string{others, "root of 222222222222"}},
		"let all but one":      {resource: `{"Effect":"Allow","NotPrincipal":{"AWS":"222222222222"},` + read + `,"Resource":"*"}`, want: []string{others, elsewhere, role, "root of 222222222222"}},
		"let a service":        {resource: `{"Effect":"Allow","Principal":{"Service":"x.amazonaws.com"},` + read + `,"Resource":"*"}`, want: []string{others, "x.amazonaws.com"}},
		"shut by the secret":   {identity: allowed, resource: `{"Effect":"Deny","Principal":"*",` + read + `,"Resource":"*"}`},
		"shut but for the one": {identity: allowed, resource: `{"Effect":"Deny","Principal":{"AWS":"*"},` + read + `,"Resource":"*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/reader"}}}`, want: []string{role}},
		"shut but for a pattern": {
			identity: allowed,
			resource: `{"Effect":"Deny","Principal":"*",` + read + `,"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/*"}}}`,
			want:     []string{others, role},
		},
	} {
		t.Run(name, func(t *testing.T) {
			resources := map[string]map[string]any{
				"aws_secretsmanager_secret.s": {"name": "s"},
				"aws_lambda_function.x":       {},
				"aws_iam_role.r": {
					"name": "reader", "assume_role_policy": noTrust, "permissions_boundary": "${aws_iam_policy.b.arn}",
				},
			}
			if c.identity != "" {
				resources["aws_iam_role_policy.r"] = map[string]any{"role": "${aws_iam_role.r.id}", "policy": document(c.identity)}
			}
			if c.boundary != "" {
				resources["aws_iam_policy.b"] = map[string]any{"name": "b", "policy": document(c.boundary)}
			} else {
				delete(resources["aws_iam_role.r"], "permissions_boundary")
			}
			if c.resource != "" {
				resources["aws_secretsmanager_secret_policy.s"] = map[string]any{
					"secret_arn": "${aws_secretsmanager_secret.s.arn}", "policy": document(c.resource),
				}
			}
			f := account(t, resources)
			var got []string
			for _, reach := range f.Who(f.targets[0], nil, "secretsmanager:GetSecretValue") {
				got = append(got, reach.Who)
			}
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A key's policy lets IAM's policies count, or it doesn't.
func TestAKeyIsClosedUntilItsPolicyOpensIt(t *testing.T) {
	const lets = `{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}`
	for name, c := range map[string]struct {
		policy string
		want   []string
	}{
		"by IAM":    {`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"kms:*","Resource":"*"}`, []string{OfAccount, "reader"}},
		"by itself": {`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/other"},"Action":"kms:*","Resource":"*"}`, []string{"other"}},
	} {
		f := account(t, map[string]map[string]any{
			"aws_kms_key.k": {"policy": document(c.policy)}, "aws_kms_alias.k": {"name": "alias/k", "target_key_id": "${aws_kms_key.k.key_id}"},
			"aws_iam_role.r": {"name": "reader", "assume_role_policy": noTrust, "inline_policy": []any{map[string]any{"policy": document(lets)}}},
		})
		var got []string
		for _, reach := range f.Who(f.Target([]string{"one"}, "aws_kms_key", "alias/k"), nil, "kms:Decrypt") {
			got = append(got, reach.Who)
		}
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
	want := "reader → secretsmanager:GetSecretValue s, by one: aws_iam_role_policy_attachment.r, arn:aws:iam::aws:policy/SomethingNew"
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
