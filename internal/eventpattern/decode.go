package eventpattern

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// decode reads a pattern. A field named twice is refused: EventBridge takes the last one, and the guide calls such
// patterns invalid ('Event pattern syntax', considerations).
func decode(pattern []byte) (any, error) {
	decoder, err := newDecoder(pattern)
	if err != nil {
		return nil, err
	}
	return decodeValue(decoder, "")
}

// newDecoder is a decoder of one whole JSON value that keeps numbers as they are written.
func newDecoder(data []byte) (*json.Decoder, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(whole))
	decoder.UseNumber()
	return decoder, nil
}

func decodeValue(decoder *json.Decoder, path string) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return decodeObject(decoder, path)
	case json.Delim('['):
		return decodeList(decoder, path)
	}
	return token, nil
}

func decodeObject(decoder *json.Decoder, path string) (any, error) {
	fields := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // JSON has no other keys
		if _, twice := fields[name]; twice {
			return nil, fmt.Errorf("%s: named twice, and EventBridge reads the last one alone", join(path, name))
		}
		if fields[name], err = decodeValue(decoder, join(path, name)); err != nil {
			return nil, err
		}
	}
	_, err := decoder.Token()
	return fields, err
}

func decodeList(decoder *json.Decoder, path string) (any, error) {
	list := []any{}
	for decoder.More() {
		value, err := decodeValue(decoder, index(path, len(list)))
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	_, err := decoder.Token()
	return list, err
}

// join is the path of a field, as the guide writes it: detail.state.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// text is a value as JSON, for messages, with < and > as they are.
func text(value any) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(buffer.String())
}
