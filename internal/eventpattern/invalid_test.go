package eventpattern_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/eventpattern"
)

func TestParseRefusesWithThePath(t *testing.T) {
	for _, c := range []struct{ name, pattern, want string }{
		{"no JSON", `{"source": [`, "unexpected end of JSON input"},
		{"two values", `{"source": ["x"]} {}`, "invalid character '{' after top-level value"},
		{"no object", `["aws.s3"]`, `["aws.s3"] is not an object with fields`},
		{"nothing asked for", `{}`, `{} is not an object with fields`},
		{"empty object", `{"detail": {"bucket": {}}}`, `detail.bucket: empty object`},
		{"a string for a list", `{"detail": {"state": "FAILED"}}`,
			`detail.state: "FAILED" is neither a list nor an object; write ["FAILED"]`},
		{"a number for a list", `{"detail": {"n": 1.0}}`, `detail.n: 1.0 is neither a list nor an object; write [1.0]`},
		{"null for a list", `{"detail": null}`, `detail: null is neither`},
		{"empty list", `{"detail": {"state": []}}`, `detail.state: empty list`},
		{"list in a list", `{"detail": {"state": [["FAILED"]]}}`, `detail.state[0]: ["FAILED"] is a list in a list`},
		{"a field twice", `{"detail": {"state": ["a"], "state": ["b"]}}`, `detail.state: named twice`},
		{"an operator twice", `{"a": [{"prefix": "a", "prefix": "b"}]}`, `a[0].prefix: named twice`},
		{"a dot in a name", `{"detail": {"state.status": ["x"]}}`, `detail.state.status: "state.status" has a dot`},

		{"unknown operator", `{"detail": {"a": ["x", {"regex": "y"}]}}`,
			`detail.a[1]: unknown operator "regex"; known are prefix, suffix, anything-but`},
		{"misspelt operator", `{"a": [{"Prefix": "y"}]}`, `a[0]: unknown operator "Prefix"`},
		{"two operators", `{"a": [{"prefix": "x", "suffix": "y"}]}`, `a[0]: {"prefix":"x","suffix":"y"} has 2 operators`},
		{"no operator", `{"a": [{}]}`, `a[0]: {} has 0 operators`},
		{"prefix of a number", `{"a": [{"prefix": 1}]}`, `a[0]: prefix: 1 is not a string`},
		{"prefix of a list", `{"a": [{"prefix": ["x"]}]}`, `a[0]: prefix: ["x"] is not a string`},
		{"prefix with another operator", `{"a": [{"prefix": {"suffix": "x"}}]}`, `a[0]: prefix: {"suffix":"x"} is neither`},
		{"suffix ignoring the case of a number", `{"a": [{"suffix": {"equals-ignore-case": 1}}]}`,
			`a[0]: suffix: {"equals-ignore-case":1} is neither`},
		{"equals-ignore-case of null", `{"a": [{"equals-ignore-case": null}]}`,
			`a[0]: equals-ignore-case: null is not a string`},
		{"exists of a string", `{"a": [{"exists": "true"}]}`, `a[0]: exists: "true" is neither true nor false`},
		{"cidr of an address", `{"a": [{"cidr": "10.0.0.1"}]}`, `a[0]: cidr: netip.ParsePrefix("10.0.0.1")`},
		{"wildcards in a row", `{"a": [{"wildcard": "x**"}]}`, `a[0]: wildcard: "x**": two wildcards in a row`},
		{"another escape", `{"a": [{"wildcard": "\\d"}]}`, `a[0]: wildcard: "\\d": a backslash`},
		{"an escape of nothing", `{"a": [{"wildcard": "x\\"}]}`, `a[0]: wildcard: "x\\": a backslash`},

		{"anything-but of nothing", `{"a": [{"anything-but": []}]}`, `a[0]: anything-but: empty list`},
		{"anything-but of null", `{"a": [{"anything-but": null}]}`,
			`a[0]: anything-but: null is neither a string nor a number`},
		{"anything-but of a mixture", `{"a": [{"anything-but": ["x", 1]}]}`,
			`a[0]: anything-but: ["x",1] mixes strings and numbers`},
		{"anything-but of numeric", `{"a": [{"anything-but": {"numeric": ["=", 1]}}]}`,
			`a[0]: anything-but: operator "numeric" does not nest in it`},
		{"anything-but of a number's prefix", `{"a": [{"anything-but": {"prefix": [1]}}]}`,
			`a[0]: anything-but: prefix: 1 is not a string`},
		{"anything-but of every prefix", `{"a": [{"anything-but": {"prefix": ""}}]}`,
			`a[0]: anything-but: prefix: "" would exclude every string`},
		{"anything-but of two operators", `{"a": [{"anything-but": {"prefix": "x", "suffix": "y"}}]}`,
			`a[0]: anything-but: {"prefix":"x","suffix":"y"} has 2`},
		{"anything-but of wildcards in a row", `{"a": [{"anything-but": {"wildcard": "**"}}]}`,
			`a[0]: anything-but: wildcard: "**": two`},

		{"numeric of a number", `{"a": [{"numeric": 1}]}`, `a[0]: numeric: 1 is not a list like ["=", 5]`},
		{"numeric of half a range", `{"a": [{"numeric": [">", 0, "<"]}]}`, `a[0]: numeric: [">",0,"<"] is not a list like`},
		{"numeric of a string", `{"a": [{"numeric": ["=", "1"]}]}`, `a[0]: numeric: "1" is not a number`},
		{"numeric with another comparison", `{"a": [{"numeric": ["!=", 1]}]}`,
			`a[0]: numeric: "!=" is not one of =, <, <=, > and >=`},
		{"numeric with no comparison", `{"a": [{"numeric": [1, 1]}]}`, `a[0]: numeric: 1 is not one of`},
		{"numeric beyond 2^53", `{"a": [{"numeric": ["=", 9007199254740994]}]}`,
			`a[0]: numeric: 9007199254740994 is not a number from -2^53 to 2^53`},
		{"an empty range", `{"a": [{"numeric": [">", 5, "<", 5]}]}`,
			`a[0]: numeric: [">",5,"<",5] is not a lower bound, then a greater upper one`},
		{"a range the wrong way round", `{"a": [{"numeric": ["<", 5, ">", 0]}]}`,
			`a[0]: numeric: ["<",5,">",0] is not a lower bound`},
		{"a range from an equality", `{"a": [{"numeric": ["=", 0, "<", 5]}]}`,
			`a[0]: numeric: ["=",0,"<",5] is not a lower bound`},

		{"$or of an object", `{"detail": {"$or": {"a": ["x"]}}}`,
			`detail.$or: {"a":["x"]} is not a list of two objects or more`},
		{"$or of one", `{"$or": [{"a": ["x"]}]}`, `$or: [{"a":["x"]}] is not a list of two`},
		{"$or of a string", `{"$or": [{"a": ["x"]}, "b"]}`, `$or[1]: "b" is not an object`},
		{"$or of operators", `{"a": {"$or": [{"prefix": ["x"]}, {"suffix": ["y"]}]}}`,
			`a.$or[0]: operator "prefix" stands where a field is to be named`},
		{"$or with an empty object", `{"$or": [{"a": ["x"]}, {}]}`, `$or[1]: empty object`},
		{"a field in $or and beside it", `{"a": {"b": ["x"]}, "$or": [{"a": {"b": ["y"]}}, {"c": ["z"]}]}`,
			`a.b: stands in $or and beside it`},
		{"a field in a deeper $or", `{"a": {"b": ["x"], "$or": [{"b": ["y"]}, {"c": ["z"]}]}}`,
			`a.b: stands in a.$or and beside it`},
		{"$or with a mistake inside", `{"$or": [{"a": ["x"]}, {"b": {"c": "y"}}]}`, `$or[1].b.c: "y" is neither`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := eventpattern.Parse([]byte(c.pattern))
			if err == nil {
				t.Fatal("no error")
			}
			if message := err.Error(); !strings.HasPrefix(message, "event pattern: "+c.want) {
				t.Errorf("got  %s\nwant event pattern: %s…", message, c.want)
			}
		})
	}
}

// The guide counts the combinations of several $or lists, and EventBridge refuses more than a thousand.
func TestParseCountsCombinations(t *testing.T) {
	nested := func(alternatives int) string {
		var list []string
		for i := range alternatives {
			list = append(list, fmt.Sprintf(`{"f%d": ["x"]}`, i))
		}
		return `"$or": [` + strings.Join(list, ",") + `]`
	}
	if _, err := eventpattern.Parse([]byte(`{"detail": {` + nested(40) + `}, ` + nested(25) + `}`)); err != nil {
		t.Errorf("40 times 25: %v", err)
	}
	_, err := eventpattern.Parse([]byte(`{"detail": {` + nested(40) + `}, ` + nested(26) + `}`))
	if err == nil || !strings.Contains(err.Error(), "1040 combinations") {
		t.Errorf("40 times 26: %v", err)
	}
}

func TestMatchesRefusesWhatIsNoEvent(t *testing.T) {
	pattern, err := eventpattern.Parse([]byte(`{"source": [{"exists": false}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range []string{``, `null`, `[]`, `"x"`, `{"source":`, `{} {}`} {
		if matched, err := pattern.Matches([]byte(event)); err == nil {
			t.Errorf("%q: no error, matches is %v", event, matched)
		}
	}
	if _, err := (eventpattern.Pattern{}).Matches([]byte(`{}`)); err == nil {
		t.Error("the zero Pattern: no error")
	}
}
