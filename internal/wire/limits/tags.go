package limits

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

const maxTags = 50

// tagMembers are the members that hold tags, in lower case. CloudFront's are .Tags.Items.
var tagMembers = []string{
	"tags", "tagset", "hostedzonetags", "addtags", "recoverypointtags", "backupvaulttags", "backupplantags", "items",
}

var (
	index         = regexp.MustCompile(`\[\d+\]$`)
	tagCharacters = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)
)

func tagRules() []Rule {
	return []Rule{
		{"tags", "Tagging AWS resources user guide, 'Tag naming limits and requirements'", nil, tags},
	}
}

// tag is a key with its value.
type tag struct{ key, value string }

func tags(call *protocol.Call, report *Report) {
	walk("", call.Input, func(path string, value any) {
		name := path[strings.LastIndexByte(path, '.')+1:]
		if !slices.Contains(tagMembers, strings.ToLower(index.ReplaceAllString(name, ""))) {
			return
		}
		found := tagsIn(value)
		if len(found) == 0 {
			return
		}
		report.AtMost(path, "tags of a resource", len(found), maxTags)
		keys := map[string]bool{}
		for _, one := range found {
			keys[strings.ToLower(one.key)] = true
			if problem := one.problem(call.Service.Name); problem != "" {
				report.Breaks(path, one.key+"="+one.value, problem)
			}
		}
		if call.Service.Name == "iam" && len(keys) < len(found) {
			report.Breaks(path, found, "keys of IAM's tags differ in more than case")
		}
	})
}

func (t tag) problem(service string) string {
	key, value := utf8.RuneCountInString(t.key), utf8.RuneCountInString(t.value)
	switch {
	case key < 1 || key > 128 || value > 256:
		return "a key of 1 to 128 characters and a value of up to 256"
	case strings.HasPrefix(strings.ToLower(t.key), "aws:"):
		return "no key that begins with aws:"
	case service != "ec2" && !tagCharacters.MatchString(t.key+t.value): // EC2 takes all
		return "letters, digits, spaces and _ . : / = + - @"
	}
	return ""
}

// tagsIn are the tags that a value is: a map, or a list of Key (TagKey) and Value (TagValue).
func tagsIn(value any) []tag {
	var found []tag
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			text, isText := v[key].(string)
			if !isText {
				return nil
			}
			found = append(found, tag{key, text})
		}
	case []any:
		for _, item := range v {
			pair, isPair := item.(map[string]any)
			if !isPair {
				return nil
			}
			one := tag{}
			for name, content := range pair {
				switch strings.TrimPrefix(strings.ToLower(name), "tag") {
				case "key":
					one.key = fmt.Sprint(content)
				case "value":
					one.value = fmt.Sprint(content)
				default:
					return nil
				}
			}
			found = append(found, one)
		}
	}
	return found
}
