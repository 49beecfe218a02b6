// Package model reads AWS's own API models, the service-2.json files that come with botocore: what each operation of
// a service takes, and what its members may hold.
package model

import (
	"encoding/json"
	"fmt"
)

// Service is the model of a service.
type Service struct {
	Name       string `json:"-"` // botocore's name of it: elbv2
	Metadata   Metadata
	Operations map[string]*Operation
	Shapes     map[string]*Shape
}

// Metadata says how a service is spoken to.
type Metadata struct {
	APIVersion     string
	EndpointPrefix string
	Protocol       string // ec2, query, json, rest-json, rest-xml, smithy-rpc-v2-cbor
	SigningName    string // empty is the endpoint's prefix
	TargetPrefix   string // of X-Amz-Target
}

// Operation is a call that a service takes.
type Operation struct {
	Name       string
	HTTP       HTTP
	Input      *Ref // never nil
	Output     *Ref // nil where it answers with nothing
	Deprecated bool
}

// HTTP is where a REST service takes an operation.
type HTTP struct {
	Method     string
	RequestURI string // /{Bucket}/{Key+}?acl
}

// Ref is a place that holds a shape: a member of a structure, of a list, of a map, or an operation's input.
type Ref struct {
	Shape         string
	Documentation string
	Location      string // uri, querystring, header, headers; empty is the body
	LocationName  string
	QueryName     string
	Flattened     bool
	XMLAttribute  bool
	// IdempotencyToken is whether an SDK fills it in where nobody does.
	IdempotencyToken bool

	Of *Shape `json:"-"` // the shape itself
}

// Shape is a type of values with its constraints.
type Shape struct {
	Type          string // structure, list, map, string, integer, long, float, double, boolean, blob, timestamp
	Documentation string

	Members    map[string]*Ref // of a structure
	Required   []string
	Payload    string // the member that is the whole body
	Union      bool   // exactly one member is given
	Member     *Ref   // of a list
	Key, Value *Ref   // of a map
	Flattened  bool

	Enum      []string
	Pattern   string   // a regular expression as Java has them
	Min, Max  *float64 // of a number, or of a length
	Sensitive bool     // its values are not shown
	Document  bool     // any JSON
}

// Signing is the name of the service in a signature's scope.
func (s *Service) Signing() string {
	if s.Metadata.SigningName != "" {
		return s.Metadata.SigningName
	}
	return s.Metadata.EndpointPrefix
}

// Parse reads a service-2.json.
func Parse(name string, text []byte) (*Service, error) {
	service := &Service{Name: name}
	if err := json.Unmarshal(text, service); err != nil {
		return nil, fmt.Errorf("reading the model of %q: %w", name, err)
	}
	nothing := &Shape{Type: "structure"}
	for operation, o := range service.Operations {
		o.Name = operation
		if o.Input == nil {
			o.Input = &Ref{Of: nothing}
		}
		for _, ref := range []*Ref{o.Input, o.Output} {
			if err := service.link(ref); err != nil {
				return nil, fmt.Errorf("operation %q: %w", operation, err)
			}
		}
	}
	for shape, s := range service.Shapes {
		refs := []*Ref{s.Member, s.Key, s.Value}
		for _, member := range s.Members {
			refs = append(refs, member)
		}
		for _, ref := range refs {
			if err := service.link(ref); err != nil {
				return nil, fmt.Errorf("shape %q: %w", shape, err)
			}
		}
	}
	return service, nil
}

func (s *Service) link(ref *Ref) error {
	if ref == nil || ref.Of != nil {
		return nil
	}
	if ref.Of = s.Shapes[ref.Shape]; ref.Of == nil {
		return fmt.Errorf("the model of %q has no shape %q", s.Name, ref.Shape)
	}
	return nil
}
