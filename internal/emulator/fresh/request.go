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

// principals are the roles and users that the policies in a call name one by one.
func principals(r *emulator.Request) []string {
	candidates := []string{string(r.Body)}
	for _, values := range r.Form {
		candidates = append(candidates, values...)
	}
	fields, _ := value(r.Body).(map[string]any)
	for _, field := range fields {
		if s, ok := field.(string); ok {
			candidates = append(candidates, s)
		}
	}
	var named []string
	for _, candidate := range candidates {
		statements, _ := value([]byte(candidate), "Statement").([]any)
		for _, statement := range statements {
			document, err := json.Marshal(statement)
			if err == nil {
				named = append(named, namedIn(value(document, "Principal", "AWS"))...)
			}
		}
	}
	return named
}

var principal = regexp.MustCompile(`^arn:[^:]+:iam::\d{12}:(role|user)/[^*]+$`)

// namedIn are the roles and users of a policy's field, which is one or a list.
func namedIn(field any) []string {
	values, isList := field.([]any)
	if !isList {
		values = []any{field}
	}
	var arns []string
	for _, v := range values {
		if arn, ok := v.(string); ok && principal.MatchString(arn) {
			arns = append(arns, arn)
		}
	}
	return arns
}
