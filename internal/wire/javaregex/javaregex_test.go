package javaregex

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/wire/model"
)

func TestJavasPatterns(t *testing.T) {
	for _, c := range []struct {
		java, text string
		want       bool
	}{
		{`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`, "Überblick: a=b", true},
		{`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`, "it's", false},
		{`\p{Print}+`, "a~ b", true},
		{`\p{Print}+`, "a\nb", false},
		{`[\P{M}\p{M}]+`, "e\u0301", true},
		{`\P{Alpha}+`, "123", true},
		{`\P{Alpha}+`, "12a", false},
		{`[\w-.]+`, "a-b.c_d", true},   // '-' after a class is itself
		{`[\p{L}-_]+`, "a-b_c", true},  // after a category too
		{`[\w-]+`, "é", false},         // \w is ASCII's
		{`\d+`, "\u0663", false},       // and \d
		{`[^\s]+`, "a\u00a0b", true},   // and \s
		{`[a[bc]+`, "a[b", true},       // a single '[' in a class is itself
		{`a{2}`, "aaa", false},         // the whole text
		{`a|b`, "ab", false},           // each alternative too
		{`(?!aws:).+`, "aws:x", false}, // lookahead
		{`(?i)arn:aws`, "ARN:AWS", true},
		{`x(?i)y`, "xY", true},
		{`x(?i)y`, "XY", false},
		{`(?s).*`, "a\nb", true},
		{`.*`, "a\nb", false},
		{`[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF]*`, "a \U0001F600", true},
		{`[\u0009\u000A\u000D\u0020-\u007E]*`, "a — b", false},
	} {
		pattern, err := Compile(c.java)
		if err != nil {
			t.Errorf("%s: %v", c.java, err)
			continue
		}
		if got, err := pattern.Matches(c.text); err != nil || got != c.want {
			t.Errorf("%s on %q: %v, %v, want %v", c.java, c.text, got, err, c.want)
		}
	}
}

func TestWhatHasNoTranslation(t *testing.T) {
	for java, want := range map[string]string{
		`[a-z&&[^x]]`: "intersection", `\Qa.b\E`: "quotation", `a++b`: "possessive", `\p{Nonsense}`: `"Nonsense"`,
		`(`: "compiling", `a\`: "backslash",
		`[\P{Alnum}]`: "negated POSIX",
	} {
		if _, err := Compile(java); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", java, err, want)
		}
	}
}

func TestAMatchThatTakesTooLongEnds(t *testing.T) {
	pattern, err := Compile(`(a+)+b`)
	if err != nil {
		t.Fatal(err)
	}
	if matches, err := pattern.Matches(strings.Repeat("a", 64) + "c"); err == nil {
		t.Errorf("it ended without an error, and matched %v", matches)
	}
}

// TestPatternsOfTheModelsCompile counts what can't be judged: less of it is better, more is a mistake of the
// translation.
func TestPatternsOfTheModelsCompile(t *testing.T) {
	data, err := emulator.Botocore(context.Background(), filepath.Join("..", "..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	models, compiled, failed := model.Open(data), map[string]bool{}, map[string]error{}
	for _, pin := range model.Pins() {
		services, err := models.Signed(pin.Signing)
		if err != nil {
			t.Fatal(err)
		}
		for _, service := range services {
			for _, shape := range service.Shapes {
				if shape.Pattern == "" || compiled[shape.Pattern] || failed[shape.Pattern] != nil {
					continue
				}
				if _, err := Compile(shape.Pattern); err != nil {
					failed[shape.Pattern] = err
				} else {
					compiled[shape.Pattern] = true
				}
			}
		}
	}
	for pattern, err := range failed {
		t.Errorf("%s: %v", pattern, err)
	}
	t.Logf("%d patterns compile", len(compiled))
	if len(compiled) == 0 {
		t.Error("no pattern was looked at")
	}
}
