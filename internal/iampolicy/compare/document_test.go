package compare

import (
	"strings"
	"testing"
)

func TestADocumentThatCantBeReadIsAnError(t *testing.T) {
	statement := func(elements string) string { return document2012(`{"Sid":"S",` + elements + `}`) }
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":      {`{"Version"`, "decoding the policy at byte 10"},
		"cut off":      {doing(`"s3:*"`)[:60], "decoding the policy at byte"},
		"no object":    {`[]`, "decoding []"},
		"no statement": {`{"Version":"2012-10-17"}`, "policy's Statement: it is missing"},
		"unknown version": {`{"Version":"2013-10-17","Statement":[]}`,
			`"2013-10-17": the allowed ones are 2012-10-17 and 2008-10-17`},
		"unknown element": {`{"Statements":[]}`, `element "Statements" is unknown: the allowed ones are`},
		"misspelt element": {statement(`"Effect":"Allow","action":"s3:*","Resource":"*"`),
			`statement 1: element "action" is unknown`},
		"a name twice": {statement(`"Effect":"Allow","Action":"s3:*","Action":"*","Resource":"*"`),
			`"Action" stands twice`},
		"no effect": {statement(`"Action":"s3:*","Resource":"*"`),
			`"S" has the Effect : the allowed ones are Allow and Deny`},
		"unknown effect": {statement(`"Effect":"allow","Action":"s3:*","Resource":"*"`), `the Effect "allow"`},
		"no action":      {statement(`"Effect":"Allow","Resource":"*"`), `"S": its Action: it is missing`},
		"an empty list":  {statement(`"Effect":"Allow","Action":[],"Resource":"*"`), `its Action is empty`},
		"an action and its not": {statement(`"Effect":"Allow","Action":"a","NotAction":"b","Resource":"*"`),
			`both Action and NotAction`},
		"an action of a number": {statement(`"Effect":"Allow","Action":[1],"Resource":"*"`), `its Action: 1 is no string`},
		"a principal's kind": {statement(`"Effect":"Allow","Principal":{"Aws":"*"},"Action":"a","Resource":"*"`),
			`element "Aws" is unknown`},
		"a principal's text": {statement(`"Effect":"Allow","Principal":"111111111111","Action":"a","Resource":"*"`),
			`its principal is neither "*" nor an object`},
		"an empty principal": {statement(`"Effect":"Allow","Principal":{},"Action":"a","Resource":"*"`),
			`its principal is empty`},
		"both principals": {statement(
			`"Effect":"Allow","Principal":"*","NotPrincipal":"*","Action":"a","Resource":"*"`),
			`both Principal and NotPrincipal`},
		"a key in two cases": {when(`"StringEquals":{"aws:SourceVpc":"a","AWS:SourceVpc":"b"}`),
			`has the key "aws:SourceVpc" twice`},
		"a value's object": {when(`"StringEquals":{"aws:SourceVpc":{"a":"b"}}`),
			`{"a":"b"} is no string, number or boolean`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Policies(nil, []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) ||
				!strings.HasPrefix(err.Error(), "reading the policy after the change: ") {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
	if _, err := Policies([]byte("{"), nil); err == nil ||
		!strings.HasPrefix(err.Error(), "reading the policy before the change: ") {
		t.Error(err)
	}
}
