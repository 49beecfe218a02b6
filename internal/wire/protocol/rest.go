package protocol

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
)

// decodeREST reads rest-json and rest-xml: a member stands in path, query, header or body, as the model says.
func decodeREST(services []*model.Service, request *Request, body []byte) (*Call, error) {
	path, rawQuery, _ := strings.Cut(request.Path, "?")
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, fmt.Errorf("reading the query: %w", err)
	}
	r, found := routed(services, request, path, query)
	if !found {
		keys := strings.Join(slices.Sorted(maps.Keys(query)), "&")
		return nil, fmt.Errorf("no model of %q has %s %s?%s", request.Service, request.Method, path, keys)
	}
	call := &Call{Request: request, Service: r.service, Operation: r.operation, Input: map[string]any{}}
	if err := call.readBody(body); err != nil {
		return nil, err
	}
	call.readLabels(r)
	call.readQuery(r, query)
	call.readHeader()
	return call, nil
}

func (c *Call) readBody(body []byte) error {
	shape := c.Operation.Input.Of
	if len(body) == 0 {
		return nil
	}
	payload := shape.Members[shape.Payload] // nil where the body is the structure itself
	switch {
	case payload != nil && payload.Of.Type == "blob":
		c.Input[shape.Payload] = body
	case payload != nil && payload.Of.Type == "string":
		c.Input[shape.Payload] = string(body)
	case payload != nil:
		value, err := c.readDocument(payload, body, "."+shape.Payload)
		if err != nil {
			return err
		}
		c.Input[shape.Payload] = value
	default:
		value, err := c.readDocument(c.Operation.Input, body, "")
		if err != nil {
			return err
		}
		object, isObject := value.(map[string]any)
		if !isObject {
			return fmt.Errorf("the body is no object but a %T", value)
		}
		maps.Copy(c.Input, object)
	}
	return nil
}

func (c *Call) readDocument(ref *model.Ref, body []byte, path string) (any, error) {
	if c.Service.Metadata.Protocol == "rest-xml" {
		root, err := parseXML(body)
		return c.fromXML(ref, root, path), err
	}
	value, err := parseJSON(body)
	if err != nil {
		return nil, err
	}
	return c.fromJSON(ref, value, path), nil
}

func (c *Call) readLabels(r route) {
	for name, member := range c.Operation.Input.Of.Members {
		value, given := r.labels[or(member.LocationName, name)]
		if member.Location != "uri" || !given {
			continue
		}
		if text, err := url.PathUnescape(value); err == nil {
			value = text
		}
		c.Input[name] = scalar(member.Of, value)
	}
}

func (c *Call) readQuery(r route, query url.Values) {
	left := maps.Clone(query)
	delete(left, "x-id")
	for key := range r.fixed {
		delete(left, key)
	}
	rest := "" // the member that takes what no other does
	for name, member := range c.Operation.Input.Of.Members {
		key := or(member.LocationName, name)
		switch {
		case member.Location != "querystring":
		case member.Of.Type == "map":
			rest = name
		case query.Has(key):
			c.Input[name] = texts(member.Of, query[key])
			delete(left, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		if rest == "" {
			c.unknown("?" + key)
			continue
		}
		if c.Input[rest] == nil {
			c.Input[rest] = map[string]any{}
		}
		c.Input[rest].(map[string]any)[key] = left.Get(key)
	}
}

func (c *Call) readHeader() {
	for name, member := range c.Operation.Input.Of.Members {
		switch member.Location {
		case "header":
			values := c.Request.Header.Values(member.LocationName)
			if len(values) == 0 {
				continue
			}
			if member.Of.Type == "list" {
				values = strings.Split(strings.Join(values, ","), ",")
			}
			c.Input[name] = texts(member.Of, values)
		case "headers":
			found := map[string]any{}
			for key, values := range c.Request.Header {
				if rest, has := strings.CutPrefix(strings.ToLower(key), strings.ToLower(member.LocationName)); has {
					found[rest] = values[0]
				}
			}
			if len(found) > 0 {
				c.Input[name] = found
			}
		}
	}
}

// texts are values of a query or a header as their shape has them.
func texts(shape *model.Shape, values []string) any {
	if shape.Type != "list" {
		return scalar(shape, values[0])
	}
	read := make([]any, len(values))
	for i, value := range values {
		read[i] = scalar(shape.Member.Of, strings.TrimSpace(value))
	}
	return read
}
