// Package protocol decodes the requests that an AWS SDK sends into the input of the operation they are for. It knows
// the protocols ec2, query, json, rest-json, rest-xml and smithy-rpc-v2-cbor.
package protocol

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/model"
)

// Request is a request as it came, with its answer.
type Request struct {
	Service  string      `json:"service"`  // as the signature names it
	Region   string      `json:"region"`   // of the signature
	Endpoint string      `json:"endpoint"` // the region at whose endpoint AWS takes it
	Method   string      `json:"method"`
	Path     string      `json:"path"` // with its query
	Header   http.Header `json:"header"`
	Body     []byte      `json:"body,omitempty"`
	Status   int         `json:"status"` // 0 where the connection was dropped
	Answer   []byte      `json:"answer,omitempty"`
}

// Call is a decoded request. In Input, structures and maps are map[string]any, lists []any, whole numbers int64,
// others float64, blobs []byte, timestamps string or float64. A value of another type than its shape's is left as it
// came.
type Call struct {
	Request   *Request
	Number    int // of the request in its recording, from 0
	Service   *model.Service
	Operation *model.Operation
	Input     map[string]any
	Unknown   []string // members that were sent and the model does not have
}

// Name is the service and the operation: "elbv2 CreateRule".
func (c *Call) Name() string { return c.Service.Name + " " + c.Operation.Name }

// ErrNoModel says that no model of the request's service is pinned.
var ErrNoModel = errors.New("no model is pinned for the service; add it to internal/wire/model/models.sha256")

// Decode finds out which operation a request is for and reads its input.
func Decode(models *model.Models, request *Request) (*Call, error) {
	services, err := models.Signed(request.Service)
	if err != nil {
		return nil, err
	}
	if len(services) == 0 {
		return nil, fmt.Errorf("%q: %w", request.Service, ErrNoModel)
	}
	body, err := unchunked(request)
	if err != nil {
		return nil, err
	}
	switch {
	case request.Header.Get("X-Amz-Target") != "":
		return decodeTarget(services, request, body)
	case request.Header.Get("Smithy-Protocol") == "rpc-v2-cbor":
		return decodeCBOR(services, request, body)
	case strings.HasPrefix(request.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		return decodeForm(services, request, body)
	}
	return decodeREST(services, request, body)
}

// decodeTarget reads the json protocol, whose header names the operation. Some models name the prefix with its
// package, some SDKs without.
func decodeTarget(services []*model.Service, request *Request, body []byte) (*Call, error) {
	target := request.Header.Get("X-Amz-Target")
	prefix, name := split(target)
	_, prefix = split(prefix)
	for _, service := range services {
		_, own := split(service.Metadata.TargetPrefix)
		operation := service.Operations[name]
		if own != prefix || operation == nil {
			continue
		}
		call := &Call{Request: request, Service: service, Operation: operation}
		return call, call.readJSON(operation.Input, body)
	}
	return nil, fmt.Errorf("no model has the target %q", target)
}

// decodeForm reads the query protocol and ec2's.
func decodeForm(services []*model.Service, request *Request, body []byte) (*Call, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fmt.Errorf("reading the form: %w", err)
	}
	for _, service := range services {
		operation := service.Operations[form.Get("Action")]
		if operation == nil || len(services) > 1 && form.Get("Version") != service.Metadata.APIVersion {
			continue
		}
		call := &Call{Request: request, Service: service, Operation: operation}
		reader := formReader{call: call, isEC2: service.Metadata.Protocol == "ec2"}
		call.Input = reader.structure(operation.Input.Of, treeOf(form), "")
		return call, nil
	}
	return nil, fmt.Errorf("no model has the action %q of version %q", form.Get("Action"), form.Get("Version"))
}

// Into reads the input into a struct whose fields are named as the members, in any case. What does not fit is left
// out: the model's constraints tell of it.
func (c *Call) Into(target any) {
	text, err := json.Marshal(c.Input)
	if err != nil {
		return // a number that JSON does not have, which no service takes
	}
	_ = json.Unmarshal(text, target) // goes on after a value of another type
}

func (c *Call) unknown(path string) {
	if !slices.Contains(c.Unknown, path) {
		c.Unknown = append(c.Unknown, path)
	}
}

// split cuts a name at its last full stop.
func split(name string) (before, after string) {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}
