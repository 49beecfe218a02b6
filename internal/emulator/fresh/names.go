package fresh

import (
	"strings"

	"github.com/titan-platform/titan/internal/emulator"
)

// These say where a call that makes a thing has its name, and where a call that reads it.

func elementOf(name string) func(*emulator.Request, *emulator.Reply) string {
	return func(_ *emulator.Request, reply *emulator.Reply) string { return element(reply.Body, name) }
}

func replyOf(path ...string) func(*emulator.Request, *emulator.Reply) string {
	return func(_ *emulator.Request, reply *emulator.Reply) string { return text(reply.Body, path...) }
}

func formOf(field string) func(*emulator.Request, *emulator.Reply) string {
	return func(r *emulator.Request, _ *emulator.Reply) string { return r.Form.Get(field) }
}

func jsonOf(field string) func(*emulator.Request, *emulator.Reply) string {
	return func(r *emulator.Request, _ *emulator.Reply) string { return text(r.Body, field) }
}

func formField(field string) func(*emulator.Request) []string {
	return func(r *emulator.Request) []string { return []string{r.Form.Get(field)} }
}

func formList(field string) func(*emulator.Request) []string {
	return func(r *emulator.Request) []string { return list(r, field) }
}

func jsonField(field string) func(*emulator.Request) []string {
	return func(r *emulator.Request) []string { return []string{text(r.Body, field)} }
}

// firstOf is the first of a list.
func firstOf(field string) func(*emulator.Request) []string {
	return func(r *emulator.Request) []string {
		names, _ := value(r.Body, field).([]any)
		if len(names) == 0 {
			return nil
		}
		name, _ := names[0].(string)
		return []string{name}
	}
}

// keysOf are KMS keys by id, whether fields have id or ARN.
func keysOf(fields ...string) func(*emulator.Request) []string {
	return func(r *emulator.Request) []string {
		var ids []string
		for _, field := range fields {
			if id := text(r.Body, field); id != "" && !strings.HasPrefix(id, "alias/") {
				ids = append(ids, last(id))
			}
		}
		return ids
	}
}
