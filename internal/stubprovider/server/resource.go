package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateResourceTypeConfig refuses values for what is computed, which Terraform leaves to a provider. It finds by
// itself what else is against a schema.
func (s *Server) ValidateResourceTypeConfig(
	_ context.Context, request *tfprotov5.ValidateResourceTypeConfigRequest,
) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	if err := s.validate(request); err != nil {
		diagnostics := failed("validating "+request.TypeName, err)
		return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: diagnostics}, nil
	}
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (s *Server) validate(request *tfprotov5.ValidateResourceTypeConfigRequest) error {
	schema, err := s.schema(request.TypeName)
	if err != nil {
		return err
	}
	configuration, err := request.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return err
	}
	var problems []error
	_, err = mapAttributes(schema.Block, configuration,
		func(attribute *tfprotov5.SchemaAttribute, value tftypes.Value) tftypes.Value {
			if attribute.Computed && !attribute.Optional && !value.IsNull() {
				problems = append(problems, fmt.Errorf("no value can be set for %q: it is computed", attribute.Name))
			}
			return value
		})
	return errors.Join(append(problems, err)...)
}

// UpgradeResourceState reads a state as it was written: all are of this version.
func (s *Server) UpgradeResourceState(
	_ context.Context, request *tfprotov5.UpgradeResourceStateRequest,
) (*tfprotov5.UpgradeResourceStateResponse, error) {
	state, err := s.upgraded(request)
	if err != nil {
		diagnostics := failed("reading the state of "+request.TypeName, err)
		return &tfprotov5.UpgradeResourceStateResponse{Diagnostics: diagnostics}, nil
	}
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: state}, nil
}

func (s *Server) upgraded(request *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.DynamicValue, error) {
	schema, err := s.schema(request.TypeName)
	if err != nil {
		return nil, err
	}
	state, err := request.RawState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	return encode(schema, state)
}

// ReadResource gives the state back.
func (s *Server) ReadResource(
	_ context.Context, request *tfprotov5.ReadResourceRequest,
) (*tfprotov5.ReadResourceResponse, error) {
	if err := s.connect(); err != nil {
		return &tfprotov5.ReadResourceResponse{Diagnostics: failed("reading "+request.TypeName, err)}, nil
	}
	return &tfprotov5.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

// PlanResourceChange plans what is proposed, with what only an apply can know marked as unknown.
func (s *Server) PlanResourceChange(
	_ context.Context, request *tfprotov5.PlanResourceChangeRequest,
) (*tfprotov5.PlanResourceChangeResponse, error) {
	planned, replaced, err := s.planned(request)
	if err != nil {
		return &tfprotov5.PlanResourceChangeResponse{Diagnostics: failed("planning "+request.TypeName, err)}, nil
	}
	return &tfprotov5.PlanResourceChangeResponse{
		PlannedState: planned, RequiresReplace: replaced, PlannedPrivate: request.PriorPrivate,
	}, nil
}

func (s *Server) planned(
	request *tfprotov5.PlanResourceChangeRequest,
) (*tfprotov5.DynamicValue, []*tftypes.AttributePath, error) {
	schema, err := s.schema(request.TypeName)
	if err != nil {
		return nil, nil, err
	}
	prior, err := request.PriorState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, nil, err
	}
	proposed, err := request.ProposedNewState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, nil, err
	}
	planned, err := mapAttributes(schema.Block, proposed, markUnknown)
	if err != nil {
		return nil, nil, err
	}
	if prior.IsNull() || planned.IsNull() {
		encoded, err := encode(schema, planned)
		return encoded, nil, err
	}
	if request.TypeName == "helm_release" {
		if planned, err = mapAttributes(schema.Block, planned, markRevision(prior, planned)); err != nil {
			return nil, nil, err
		}
	}
	encoded, err := encode(schema, planned)
	return encoded, requiresReplace(request.TypeName, prior, planned), err
}

// ApplyResourceChange keeps what was planned. What was planned as null is forgotten.
func (s *Server) ApplyResourceChange(
	_ context.Context, request *tfprotov5.ApplyResourceChangeRequest,
) (*tfprotov5.ApplyResourceChangeResponse, error) {
	state, err := s.applied(request)
	if err != nil {
		return &tfprotov5.ApplyResourceChangeResponse{
			NewState: request.PriorState, Diagnostics: failed("applying "+request.TypeName, err),
		}, nil
	}
	return &tfprotov5.ApplyResourceChangeResponse{NewState: state, Private: request.PlannedPrivate}, nil
}

func (s *Server) applied(request *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.DynamicValue, error) {
	if err := s.connect(); err != nil {
		return nil, err
	}
	schema, err := s.schema(request.TypeName)
	if err != nil {
		return nil, err
	}
	planned, err := request.PlannedState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	state, err := mapAttributes(schema.Block, planned, fillUnknown(idOf(schema, planned)))
	if err != nil {
		return nil, err
	}
	return encode(schema, state)
}

// ImportResourceState refuses: there is nothing but states to read from.
func (s *Server) ImportResourceState(
	_ context.Context, request *tfprotov5.ImportResourceStateRequest,
) (*tfprotov5.ImportResourceStateResponse, error) {
	err := errors.New("the stub has no cluster to import from")
	return &tfprotov5.ImportResourceStateResponse{Diagnostics: failed("importing "+request.TypeName, err)}, nil
}

func encode(schema *tfprotov5.Schema, value tftypes.Value) (*tfprotov5.DynamicValue, error) {
	encoded, err := tfprotov5.NewDynamicValue(schema.ValueType(), value)
	if err != nil {
		return nil, err
	}
	return &encoded, nil
}
