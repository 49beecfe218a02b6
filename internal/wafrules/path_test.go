package wafrules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestPathsAreMatchedWhole(t *testing.T) {
	for pattern, c := range map[string]struct{ match, miss []string }{
		"/login":       {[]string{"/login"}, []string{"/login/", "/loginx", "/x/login", "/LOGIN"}},
		"/photos/*":    {[]string{"/photos/", "/photos/1/2"}, []string{"/photos", "/photosx", "/a/photos/1"}},
		"*.heic":       {[]string{"/a.heic", "/a/b.heic"}, []string{"/a.heicx", "/aheic"}},
		"/v?/import":   {[]string{"/v1/import"}, []string{"/v12/import", "/v/import"}},
		"/a(b)+[c]|d$": {[]string{"/a(b)+[c]|d$"}, []string{"/ab", "/a", "d"}},
	} {
		statement := onPaths([]string{pattern, "/other"})
		expression := regexp.MustCompile(statement.(pathMatches).expression)
		for _, path := range append(c.match, "/other") {
			if !expression.MatchString(path) {
				t.Errorf("%s misses %s: %s", pattern, path, expression)
			}
		}
		for _, path := range c.miss {
			if expression.MatchString(path) {
				t.Errorf("%s takes %s: %s", pattern, path, expression)
			}
		}
	}
}

// AWS refuses longer expressions, so that many paths are several.
func TestManyPathsAreSeveralExpressions(t *testing.T) {
	var paths []string
	for i := range 40 {
		paths = append(paths, fmt.Sprintf("/a-path-that-is-not-short/%d/*", i))
	}
	list := expressions(paths)
	for _, path := range paths {
		if !slices.ContainsFunc(list, func(e string) bool {
			return regexp.MustCompile(e).MatchString(strings.TrimSuffix(path, "*") + "x")
		}) {
			t.Errorf("nothing matches %s", path)
		}
	}
	for _, one := range list {
		if len(one) > MaxExpression {
			t.Errorf("%d characters: %s", len(one), one)
		}
	}
	if len(list) < 2 || !Fits(paths[0]) || Fits("/"+strings.Repeat("a", MaxExpression)) {
		t.Errorf("%d expressions", len(list))
	}
}

// Without that, an upload to /photos/%2e%2e/login would be none for the rule and one to /login for the application.
func TestPathsAreDecodedAndNormalized(t *testing.T) {
	want := `"text_transformation":[{"priority":0,"type":"URL_DECODE"},{"priority":1,"type":"NORMALIZE_PATH"}]`
	if got := text(t, onPaths([]string{"/login"})); !strings.Contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
}
