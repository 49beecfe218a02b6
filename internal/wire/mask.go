package wire

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
	"github.com/titan-platform/titan/internal/wire/protocol"
	"github.com/titan-platform/titan/internal/wire/rule"
)

// step is a step of a member's path: .Name, [0] or ["key"].
var step = regexp.MustCompile(`\.([^.\[\]]+)|\[(?:\d+|"(?:[^"\\]|\\.)*")\]`)

// masked is a breach's value as it is shown, which it is not where any shape on the member's way is sensitive.
func masked(call *protocol.Call, breach rule.Breach) string {
	if breach.Value == nil {
		return ""
	}
	if isSensitive(call.Operation.Input, breach.Member) {
		return "(sensitive)"
	}
	return rule.Shown(breach.Value)
}

func isSensitive(ref *model.Ref, path string) bool {
	for _, found := range step.FindAllStringSubmatch(path, -1) {
		name := found[1]
		// A rule may leave out the indexes.
		for name != "" && (ref.Of.Type == "list" || ref.Of.Type == "map") {
			ref = inner(ref)
		}
		if name == "" {
			ref = inner(ref)
		} else {
			ref = ref.Of.Members[name]
		}
		if ref == nil {
			return false // it goes on in a document, which is a text for the model
		}
		if ref.Of.Sensitive {
			return true
		}
	}
	return false
}

// inner is what a list or a map holds, nil for anything else.
func inner(ref *model.Ref) *model.Ref {
	if ref.Of.Type == "list" {
		return ref.Of.Member
	}
	return ref.Of.Value
}

// leastTelling is how long a value is that says where it comes from.
const leastTelling = 6

// isEmulators is whether a value was in an answer before it was in any request: the emulator made it up. It can break
// a rule that AWS's own values keep, which says nothing of this project.
func isEmulators(breach rule.Breach, requests []*protocol.Request) bool {
	value, isText := breach.Value.(string)
	if !isText || len(value) < leastTelling {
		return false
	}
	for _, request := range requests[:breach.Request] {
		if bytes.Contains(request.Body, []byte(value)) || strings.Contains(request.Path, value) {
			return false
		}
		if bytes.Contains(request.Answer, []byte(value)) {
			return true
		}
	}
	return false
}

// place is a member's path without its indexes, which differ from call to call.
func place(path string) string {
	return indexes.ReplaceAllString(path, "[]")
}

var indexes = regexp.MustCompile(`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`)

func (f Finding) String() string {
	return fmt.Sprintf("%s %s %s: %s: %q, allowed: %s", f.Service, f.Operation, f.Member, f.Kind, f.Value, f.Limit)
}
