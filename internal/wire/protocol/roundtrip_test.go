package protocol

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/wire/model"
)

func models(t *testing.T) *model.Models {
	t.Helper()
	data, err := emulator.Botocore(context.Background(), filepath.Join("..", "..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	return model.Open(data)
}

// maxDepth ends shapes that hold themselves.
const maxDepth = 7

// sample is a value of a shape with every member, nil where nothing is left of it.
func sample(ref *model.Ref, name string, depth int) any {
	shape := ref.Of
	if depth > maxDepth {
		return nil
	}
	if shape.Document {
		return map[string]any{"any": "document"}
	}
	switch shape.Type {
	case "structure":
		value := map[string]any{}
		for member, inner := range shape.Members {
			if content := sample(inner, member, depth+1); content != nil {
				value[member] = content
			}
		}
		if len(value) == 0 {
			return nil
		}
		return value
	case "list":
		if item := sample(shape.Member, name, depth+1); item != nil {
			return []any{item, item}
		}
		return nil
	case "map":
		if item := sample(shape.Value, name, depth+1); item != nil {
			return map[string]any{"key-of-" + strings.ToLower(name): item}
		}
		return nil
	case "integer", "long":
		return int64(len(name)) - 5
	case "float", "double":
		return 0.5
	case "boolean":
		return true
	case "blob":
		return []byte("some \x00 bytes")
	case "timestamp":
		return "2026-11-28T12:00:00Z"
	}
	if len(shape.Enum) > 0 {
		return shape.Enum[len(shape.Enum)-1]
	}
	if ref.Location == "header" || ref.Location == "headers" {
		return "plain"
	}
	return fmt.Sprintf("<%s> & 'ü' 100%%", name)
}

// spoken are the protocols that a service's model may be spoken to in.
func spoken(service *model.Service) []string {
	if service.Metadata.Protocol == "smithy-rpc-v2-cbor" { // CloudWatch: older SDKs speak query
		return []string{"smithy-rpc-v2-cbor", "query", "json"}
	}
	return []string{service.Metadata.Protocol}
}

// TestEveryOperationComesBack encodes an input with every member of every operation, and decodes it.
func TestEveryOperationComesBack(t *testing.T) {
	all, same := models(t), map[string]int{}
	for _, pin := range model.Pins() {
		services, err := all.Signed(pin.Signing)
		if err != nil {
			t.Fatal(err)
		}
		for _, service := range services {
			if service.Name != pin.Name() {
				continue
			}
			for _, operation := range service.Operations {
				if operation.Deprecated {
					continue // PutBucketLifecycle comes back as its successor, from the same request
				}
				for _, protocol := range spoken(service) {
					input, _ := sample(operation.Input, operation.Name, 0).(map[string]any) // nil where it takes nothing
					if comesBack(t, all, service, operation, input, protocol) {
						same[protocol]++
					}
				}
			}
		}
	}
	t.Logf("operations that come back, by protocol: %v", same)
	if len(same) != 6 {
		t.Errorf("%d protocols, want 6", len(same))
	}
}

func comesBack(t *testing.T, all *model.Models, service *model.Service, operation *model.Operation,
	input map[string]any, protocol string) bool {
	t.Helper()
	request := encoded(service, operation, input, protocol)
	call, err := Decode(all, request)
	what := protocol + " " + service.Name + " " + operation.Name
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return false
	}
	if call.Name() != service.Name+" "+operation.Name {
		t.Errorf("%s: decoded as %s", what, call.Name())
		return false
	}
	if input == nil {
		input = map[string]any{}
	}
	if diff := cmp.Diff(input, call.Input); diff != "" || len(call.Unknown) > 0 {
		t.Errorf("%s: unknown %v, want -, got +:\n%s", what, call.Unknown, diff)
		return false
	}
	return true
}
