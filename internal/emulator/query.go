package emulator

import (
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// The query protocol flattens a structure into form keys (Dimensions.member.1.Name) and answers in XML with the same names, so what a call
// was given can be given back.

// node is a structure, a list or a value of the query protocol.
type node struct {
	value    string
	children map[string]*node
}

// tree unflattens a form.
func tree(form url.Values) *node {
	root := &node{}
	for key, values := range form {
		at := root
		for _, step := range strings.Split(key, ".") {
			if at.children == nil {
				at.children = map[string]*node{}
			}
			if at.children[step] == nil {
				at.children[step] = &node{}
			}
			at = at.children[step]
		}
		at.value = values[0]
	}
	return root
}

// xml is a node's content as the protocol's answers write it: Dimensions.member.1 becomes the first <member> of <Dimensions>.
func (n *node) xml() string {
	if n.children == nil {
		return escape(n.value)
	}
	var text strings.Builder
	for _, name := range n.names() {
		child := n.children[name]
		if !child.isList() {
			text.WriteString("<" + name + ">" + child.xml() + "</" + name + ">")
			continue
		}
		for _, i := range child.names() {
			text.WriteString("<" + name + ">" + child.children[i].xml() + "</" + name + ">")
		}
	}
	return text.String()
}

func (n *node) isList() bool { return n.children["1"] != nil }

// names are the children's, numbers in their own order.
func (n *node) names() []string {
	names := make([]string, 0, len(n.children))
	for name := range n.children {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, errA := strconv.Atoi(names[i])
		b, errB := strconv.Atoi(names[j])
		if errA == nil && errB == nil {
			return a < b
		}
		return names[i] < names[j]
	})
	return names
}

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

func hasElement(text, name string) bool {
	return strings.Contains(text, "<"+name+">") || strings.Contains(text, "<"+name+"/>")
}

// elementEnd is where the element ends that a text begins inside of; elements of the same name may be nested in it.
func elementEnd(text, element string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "<"+element+">"):
			depth++
		case strings.HasPrefix(text[i:], "</"+element+">"):
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(text)
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

// each is a list of a form (name.1, name.2, …), every value of it in XML.
func each(form url.Values, name string, xml func(value string) string) string {
	var text strings.Builder
	for i := 1; form.Get(name+"."+strconv.Itoa(i)) != ""; i++ {
		text.WriteString(xml(escape(form.Get(name + "." + strconv.Itoa(i)))))
	}
	return text.String()
}
