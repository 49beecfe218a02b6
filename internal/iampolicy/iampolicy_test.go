package iampolicy

import "testing"

func TestDocument(t *testing.T) {
	got := Document(
		Statement{
			Sid:       "Read",
			Effect:    Allow,
			Action:    []string{"s3:GetObject"},
			Resource:  []string{"${aws_s3_bucket.x.arn}/*"},
			Condition: Conditions{"StringLike": {"aws:PrincipalArn": {"b", "a<>&"}}},
		},
		Statement{Sid: "TLS", Effect: Deny, Principal: Everyone(), Action: []string{"s3:*"}, Resource: []string{"a", "b"}},
	)
	want := `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"${aws_s3_bucket.x.arn}/*",` +
		`"Condition":{"StringLike":{"aws:PrincipalArn":["b","a<>&"]}}},` +
		`{"Sid":"TLS","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":["a","b"]}]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDocumentRefusesWhatNobodyCouldName(t *testing.T) {
	good := Statement{Sid: "Read", Effect: Allow, Action: []string{"s3:GetObject"}}
	for name, statements := range map[string][]Statement{
		"no Sid":    {{Effect: Allow, Action: []string{"s3:GetObject"}}},
		"no action": {{Sid: "Read", Effect: Allow}},
		"no effect": {{Sid: "Read", Action: []string{"s3:GetObject"}}},
		"Sid twice": {good, good},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Document(statements...)
		})
	}
}
