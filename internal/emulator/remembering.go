package emulator

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// rememberingQuery keeps the form of the calls that make or change a thing, by the field that names it, and puts the fields that the
// emulator's describe answers lack into them, inside the element that holds the thing. Fields that are no property are left out.
func rememberingQuery(makes []string, describe, key, element string, left ...string) ResponsePatch {
	var mutex sync.Mutex
	things := map[string]*node{}
	left = append(left, "Action", "Version", "Tags", key)
	named := regexp.MustCompile(`<` + key + `>([^<]+)</` + key + `>`)
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		if slices.Contains(makes, r.Action) {
			things[r.Form.Get(key)] = tree(r.Form)
		}
		if r.Action != describe {
			return body, nil
		}
		text, added := string(body), []string(nil)
		for _, name := range named.FindAllStringSubmatch(text, -1) {
			thing, ok := things[name[1]]
			if !ok {
				continue
			}
			start := strings.Index(text, name[0])
			end := start + elementEnd(text[start:], element)
			var missing strings.Builder
			for _, field := range thing.names() {
				if slices.Contains(left, field) || hasElement(text[start:end], field) {
					continue
				}
				missing.WriteString("<" + field + ">" + thing.children[field].xml() + "</" + field + ">")
				added = append(added, describe+"."+field)
			}
			text = text[:end] + missing.String() + text[end:]
		}
		return []byte(text), added
	}
}

// rememberingForms keeps the forms of the calls that make or change a thing, by the field that names it, and puts the fields made of them
// into the emulator's describe answers, inside the element that holds the thing, where they are missing or empty.
func rememberingForms(makes []string, describe, key, element string, fields func(url.Values) []field) ResponsePatch {
	var mutex sync.Mutex
	things := map[string]url.Values{}
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		if slices.Contains(makes, r.Action) {
			name := r.Form.Get(key)
			if things[name] == nil {
				things[name] = url.Values{}
			}
			for field, values := range r.Form { // a change names what changes
				things[name][field] = values
			}
		}
		if r.Action != describe {
			return body, nil
		}
		return complete(body, key, element, func(name string) []field {
			if form, ok := things[name]; ok {
				return fields(form)
			}
			return nil
		}, describe)
	}
}

// correcting puts what a call gave a field in the place of what the emulator answers, where that is something else; said is the field's name
// in the report.
func correcting(makes []string, describe, key, element, field, answered, said string) ResponsePatch {
	var mutex sync.Mutex
	given := map[string]string{} // by thing
	named := regexp.MustCompile(`<` + key + `>([^<]+)</` + key + `>`)
	wrong := regexp.MustCompile(`<` + answered + `>([^<]*)<`)
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		if value := r.Form.Get(field); slices.Contains(makes, r.Action) && value != "" {
			given[r.Form.Get(key)] = value
		}
		if r.Action != describe {
			return body, nil
		}
		text, added := string(body), []string(nil)
		for _, name := range named.FindAllStringSubmatch(text, -1) {
			start := strings.Index(text, name[0])
			end := start + elementEnd(text[start:], element)
			at := wrong.FindStringSubmatchIndex(text[start:end])
			value, ok := given[name[1]]
			if !ok || at == nil || text[start+at[2]:start+at[3]] == value {
				continue
			}
			text = text[:start+at[2]] + escape(value) + text[start+at[3]:]
			added = append(added, describe+"."+said)
		}
		return []byte(text), added
	}
}
