package review

import (
	"strings"
	"testing"
)

// TestADifferenceShowsWhatIsSwitchedOff in a long block, where false stands beside what the provider leaves empty.
func TestADifferenceShowsWhatIsSwitchedOff(t *testing.T) {
	rules := func(enabled, empty string) string {
		rule := `{"name":"a-rule-with-quite-a-long-name","description":"a description that makes it long","enabled":` +
			enabled + `,"hints":` + empty + `}`
		return `{"rule":[` + rule + `,{"name":"another-rule-with-quite-a-long-name","enabled":true,"hints":` + empty + `}]}`
	}
	text := shown(t, reviewed(t, planned("aws_thing.x", Update, rules("true", "null"), rules("false", "[]"))))
	for _, want := range []string{`-    "enabled": true`, `+    "enabled": false`} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "hints") {
		t.Errorf("what is empty before and after is shown:\n%s", text)
	}
}
