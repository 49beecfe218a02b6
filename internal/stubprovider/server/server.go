// Package server is a Terraform provider that keeps what it is given. It has the schema of the real helm or
// kubernetes provider and no cluster behind it: what is planned is what is applied, and what is applied is what is
// read. ../README.md says what it can't show.
package server

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Server is the stub of one provider.
type Server struct {
	// Embedded and nil, for calls that Terraform makes for data sources, functions and ephemeral resources: the
	// schemas offer none.
	tfprotov5.ProviderServer

	schemas *tfprotov5.GetProviderSchemaResponse

	mu            sync.Mutex
	configuration *tftypes.Value // nil until it is configured
}

// New makes the stub of a provider, helm or kubernetes.
func New(provider string) (*Server, error) {
	schemas, err := load(provider)
	if err != nil {
		return nil, err
	}
	return &Server{schemas: schemas}, nil
}

// Serve answers Terraform, which has started this process as a provider, until it goes.
func Serve(provider string) error {
	server, err := New(provider)
	if err != nil {
		return err
	}
	return tf5server.Serve(source(provider), func() tfprotov5.ProviderServer { return server })
}

// GetProviderSchema answers with the real provider's schema.
func (s *Server) GetProviderSchema(
	context.Context, *tfprotov5.GetProviderSchemaRequest,
) (*tfprotov5.GetProviderSchemaResponse, error) {
	return s.schemas, nil
}

// GetResourceIdentitySchemas answers with none: identities serve imports, and there are no imports here.
func (s *Server) GetResourceIdentitySchemas(
	context.Context, *tfprotov5.GetResourceIdentitySchemasRequest,
) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

// PrepareProviderConfig takes every configuration that Terraform finds to fit the schema.
func (s *Server) PrepareProviderConfig(
	_ context.Context, request *tfprotov5.PrepareProviderConfigRequest,
) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

// ConfigureProvider keeps the configuration, which may hold unknown values while something is planned.
func (s *Server) ConfigureProvider(
	_ context.Context, request *tfprotov5.ConfigureProviderRequest,
) (*tfprotov5.ConfigureProviderResponse, error) {
	configuration, err := request.Config.Unmarshal(s.schemas.Provider.ValueType())
	if err != nil {
		return &tfprotov5.ConfigureProviderResponse{Diagnostics: failed("reading its configuration", err)}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.configuration = &configuration
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

// StopProvider has nothing to interrupt.
func (s *Server) StopProvider(
	context.Context, *tfprotov5.StopProviderRequest,
) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

// connect fails where the real provider could not call a cluster: before it is configured, or while the configuration
// is not known.
func (s *Server) connect() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.configuration == nil:
		return errors.New("the provider was not configured")
	case !s.configuration.IsFullyKnown():
		return errors.New("the provider's configuration holds unknown values: the real one has no cluster to call")
	}
	return nil
}

// schema is the schema of a resource type.
func (s *Server) schema(kind string) (*tfprotov5.Schema, error) {
	schema, ok := s.schemas.ResourceSchemas[kind]
	if !ok {
		return nil, fmt.Errorf("no resource type %q: internal/stubprovider/README.md says how to add one", kind)
	}
	return schema, nil
}

// failed is an error as Terraform shows it.
func failed(doing string, err error) []*tfprotov5.Diagnostic {
	return []*tfprotov5.Diagnostic{{
		Severity: tfprotov5.DiagnosticSeverityError, Summary: "Stub provider: " + doing, Detail: err.Error(),
	}}
}
