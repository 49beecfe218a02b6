package fresh

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/emulator"
)

// value is a field of a JSON body, found by its path; nil where there is none.
func value(body []byte, path ...string) any {
	var at any
	if json.Unmarshal(body, &at) != nil {
		return nil
	}
	for _, step := range path {
		structure, _ := at.(map[string]any)
		at = structure[step]
	}
	return at
}

func text(body []byte, path ...string) string {
	found, _ := value(body, path...).(string)
	return found
}

// element is the content of the first XML element of a name.
func element(body []byte, name string) string {
	found := regexp.MustCompile(`<` + name + `>([^<]+)</` + name + `>`).FindSubmatch(body)
	if found == nil {
		return ""
	}
	return string(found[1])
}

// list are a form's values of name.1, name.2 and so on.
func list(r *emulator.Request, name string) []string {
	var values []string
	for i := 1; r.Form.Has(fmt.Sprintf("%s.%d", name, i)); i++ {
		values = append(values, r.Form.Get(fmt.Sprintf("%s.%d", name, i)))
	}
	return values
}

// last is what follows the last slash.
func last(name string) string { return name[strings.LastIndex(name, "/")+1:] }

// bucket is the bucket of an S3 call, which the emulator gets in the path.
func bucket(r *emulator.Request) string {
	path, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "?")
	name, _, _ := strings.Cut(path, "/")
	return name
}
