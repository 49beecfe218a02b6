// Package iampolicy writes IAM policy documents as literal JSON, so that tests, scanners and linters see what AWS will
// see. Tokens of CDKTF inside strings survive.
package iampolicy

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Effect is what a statement does with what it matches.
type Effect string

// The effects.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Statement is one statement of a policy document. Sid is required: a finding or a denial is then said of a name.
type Statement struct {
	Sid       string
	Effect    Effect
	Principal *Principal // in trust and resource policies only
	Action    []string
	Resource  []string // not in trust policies
	Condition Conditions
}

// Conditions are operator → condition key → values: {"StringEquals": {"aws:SourceAccount": {"111111111111"}}}.
type Conditions map[string]map[string]Values

// Values is a list that IAM writes as a plain string where it holds one.
type Values []string

// MarshalJSON writes a list of one as a string, as AWS itself gives policies back.
func (v Values) MarshalJSON() ([]byte, error) {
	if len(v) == 1 {
		return encode(v[0])
	}
	return encode([]string(v))
}

// Principal is who a trust or resource policy speaks of.
type Principal struct {
	AWS       Values `json:",omitempty"`
	Service   Values `json:",omitempty"`
	Federated Values `json:",omitempty"`
}

// Everyone is every principal, signed in or not; it belongs in Deny statements.
func Everyone() *Principal { return &Principal{AWS: Values{"*"}} }

// Account is every principal of an account that its own IAM policies let in.
func Account(partition, id string) *Principal {
	return &Principal{AWS: Values{fmt.Sprintf("arn:%s:iam::%s:root", partition, id)}}
}

// Service is AWS services, such as s3.amazonaws.com.
func Service(names ...string) *Principal { return &Principal{Service: names} }

// Federated is an identity provider, by its ARN.
func Federated(arn string) *Principal { return &Principal{Federated: Values{arn}} }

// Document writes a policy document. The same statements give the same bytes. It panics at a statement without a Sid or
// effect and at a Sid used twice: those are mistakes of the code that calls it.
func Document(statements ...Statement) string {
	document := struct {
		Version   string
		Statement []statementJSON
	}{Version: "2012-10-17"}
	seen := map[string]bool{}
	for _, s := range statements {
		if s.Sid == "" || s.Effect == "" || len(s.Action) == 0 || seen[s.Sid] {
			panic(fmt.Sprintf("policy statement %+v: it needs a Sid of its own, an effect and an action", s))
		}
		seen[s.Sid] = true
		document.Statement = append(document.Statement,
			statementJSON{s.Sid, s.Effect, s.Principal, s.Action, s.Resource, s.Condition})
	}
	text, err := encode(document)
	if err != nil {
		panic(fmt.Sprintf("policy document: %v", err)) // strings, lists and maps of them always encode
	}
	return string(text)
}

type statementJSON struct {
	Sid       string
	Effect    Effect
	Principal *Principal `json:",omitempty"`
	Action    Values
	Resource  Values     `json:",omitempty"`
	Condition Conditions `json:",omitempty"`
}

// encode is JSON without HTML escapes: IAM variables and patterns are to be read, not decoded.
func encode(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}
