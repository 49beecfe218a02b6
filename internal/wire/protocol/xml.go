package protocol

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
)

// element is an XML element.
type element struct {
	XMLName    xml.Name
	Attributes []xml.Attr `xml:",any,attr"`
	Text       string     `xml:",chardata"`
	Children   []element  `xml:",any"`
}

func parseXML(body []byte) (element, error) {
	var root element
	if err := xml.Unmarshal(body, &root); err != nil {
		return root, fmt.Errorf("reading the body as XML: %w", err)
	}
	return root, nil
}

func (c *Call) fromXML(ref *model.Ref, e element, path string) any {
	shape := ref.Of
	switch shape.Type {
	case "structure":
		return c.structureFromXML(shape, e, path)
	case "list":
		read := []any{}
		for i, child := range e.Children {
			read = append(read, c.fromXML(shape.Member, child, fmt.Sprintf("%s[%d]", path, i)))
		}
		return read
	case "map":
		read := map[string]any{}
		for _, entry := range e.Children {
			key, value := or(shape.Key.LocationName, "key"), or(shape.Value.LocationName, "value")
			name := entry.child(key).Text
			read[name] = c.fromXML(shape.Value, entry.child(value), fmt.Sprintf("%s[%q]", path, name))
		}
		return read
	}
	return scalar(shape, e.Text)
}

func (c *Call) structureFromXML(shape *model.Shape, e element, path string) map[string]any {
	names, read := map[string]string{}, map[string]any{}
	for name, member := range shape.Members {
		switch {
		case member.XMLAttribute:
			if value, found := e.attribute(or(member.LocationName, name)); found {
				read[name] = value
			}
		case member.Location == "":
			names[xmlName(name, member)] = name
		}
	}
	for _, child := range e.Children {
		name, known := names[child.XMLName.Local]
		if !known {
			c.unknown(path + "." + child.XMLName.Local)
			continue
		}
		member := shape.Members[name]
		if member.Of.Type == "list" && isFlat(member) {
			list, _ := read[name].([]any) // nil before the first
			read[name] = append(list, c.fromXML(member.Of.Member, child, fmt.Sprintf("%s.%s[%d]", path, name, len(list))))
			continue
		}
		read[name] = c.fromXML(member, child, path+"."+name)
	}
	return read
}

func xmlName(name string, member *model.Ref) string {
	if member.LocationName == "" && member.Of.Type == "list" && isFlat(member) && member.Of.Member.LocationName != "" {
		return member.Of.Member.LocationName
	}
	return or(member.LocationName, name)
}

// attribute is the value of an attribute; xsi:type is found as type.
func (e element) attribute(name string) (string, bool) {
	local := name[strings.IndexByte(name, ':')+1:]
	for _, attribute := range e.Attributes {
		if attribute.Name.Local == local {
			return attribute.Value, true
		}
	}
	return "", false
}

func (e element) child(name string) element {
	for _, child := range e.Children {
		if child.XMLName.Local == name {
			return child
		}
	}
	return element{}
}
