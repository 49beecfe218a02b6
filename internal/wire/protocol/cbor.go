package protocol

import (
	"fmt"
	"strings"

	"github.com/aws/smithy-go/encoding/cbor"

	"github.com/titan-platform/titan/internal/wire/model"
)

// decodeCBOR reads smithy-rpc-v2-cbor, whose path ends in the operation.
func decodeCBOR(services []*model.Service, request *Request, body []byte) (*Call, error) {
	name := request.Path[strings.LastIndexByte(request.Path, '/')+1:]
	for _, service := range services {
		operation := service.Operations[name]
		if operation == nil {
			continue
		}
		call := &Call{Request: request, Service: service, Operation: operation, Input: map[string]any{}}
		if len(body) == 0 {
			return call, nil
		}
		value, err := cbor.Decode(body)
		if err != nil {
			return nil, fmt.Errorf("reading the body as CBOR: %w", err)
		}
		input, isMap := call.fromJSON(operation.Input, plain(value), "").(map[string]any)
		if !isMap {
			return nil, fmt.Errorf("the body is no CBOR map but a %T", value)
		}
		call.Input = input
		return call, nil
	}
	return nil, fmt.Errorf("no model has the operation %q", name)
}

// plain is a CBOR value in the types of a Call's input.
func plain(value cbor.Value) any {
	switch v := value.(type) {
	case cbor.Map:
		read := make(map[string]any, len(v))
		for key, inner := range v {
			read[key] = plain(inner)
		}
		return read
	case cbor.List:
		read := make([]any, len(v))
		for i, inner := range v {
			read[i] = plain(inner)
		}
		return read
	case cbor.Uint:
		return int64(v)
	case cbor.NegInt:
		return -int64(v)
	case cbor.Slice:
		return []byte(v)
	case cbor.String:
		return string(v)
	case cbor.Bool:
		return bool(v)
	case cbor.Float32:
		return float64(v)
	case cbor.Float64:
		return float64(v)
	case *cbor.Tag: // of a timestamp
		return plain(v.Value)
	}
	return nil
}
