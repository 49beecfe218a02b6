package environments

import (
	gopath "path"
	"strconv"
	"strings"

	"github.com/titan-platform/titan/internal/wafrules"
)

// validatePaths refuses what no path of a request can be, once it is decoded and normalized.
func validatePaths(say report, at string, paths []string) {
	for i, path := range paths {
		here := join(at, strconv.Itoa(i))
		switch {
		case !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "*"):
			say(here, "is %q, and a path begins with / (or with *, any text); write it as /api/photos/*", path)
		case strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r > '~' || r == '%' }):
			say(here, "is %q, and paths are compared after they are decoded: write printable ASCII, without %%", path)
		case gopath.Clean(path) != strings.TrimSuffix(path, "/") && path != "/":
			say(here, "is %q, and paths are compared after they are normalized, without //, /./ and /../; write where it "+
				"leads", path)
		case !wafrules.Fits(path):
			say(here, "is %q, and its regular expression is longer than the %d characters that AWS WAF takes; shorten it",
				path, wafrules.MaxExpression)
		}
	}
}
