package server

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// files are the schemas of the real providers, as `terraform providers schema -json` gives them; ../README.md says
// how they were cut.
//
//go:embed schemas
var files embed.FS

// source is the source address of a provider of HashiCorp's.
func source(provider string) string { return "registry.terraform.io/hashicorp/" + provider }

// load reads the schemas of a provider.
func load(provider string) (*tfprotov5.GetProviderSchemaResponse, error) {
	found, err := fs.Glob(files, "schemas/"+provider+"-*.json")
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("no schema for provider %q: there are helm and kubernetes", provider)
	}
	text, err := files.ReadFile(found[0])
	if err != nil {
		return nil, fmt.Errorf("reading the schema of %s: %w", provider, err)
	}
	schemas, err := parse(text, source(provider))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", found[0], err)
	}
	return schemas, nil
}

// What follows is the form that Terraform documents:
// https://developer.hashicorp.com/terraform/cli/commands/providers/schema

type schemaJSON struct {
	Version int64
	Block   blockJSON
}

type blockJSON struct {
	Attributes map[string]attributeJSON
	BlockTypes map[string]nestedJSON `json:"block_types"`
	Deprecated bool
}

type attributeJSON struct {
	Type                                                json.RawMessage
	NestedType                                          json.RawMessage `json:"nested_type"`
	Required, Optional, Computed, Sensitive, Deprecated bool
	WriteOnly                                           bool `json:"write_only"`
}

type nestedJSON struct {
	NestingMode string `json:"nesting_mode"`
	Block       blockJSON
	MinItems    int64 `json:"min_items"`
	MaxItems    int64 `json:"max_items"`
}

func parse(text []byte, source string) (*tfprotov5.GetProviderSchemaResponse, error) {
	var content struct {
		ProviderSchemas map[string]struct {
			Provider        schemaJSON
			ResourceSchemas map[string]schemaJSON `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	if err := json.Unmarshal(text, &content); err != nil {
		return nil, err
	}
	provider, ok := content.ProviderSchemas[source]
	if !ok {
		return nil, fmt.Errorf("no schema of %q", source)
	}
	configuration, err := provider.Provider.schema()
	if err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	resources := map[string]*tfprotov5.Schema{}
	for kind, resource := range provider.ResourceSchemas {
		if resources[kind], err = resource.schema(); err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
	}
	return &tfprotov5.GetProviderSchemaResponse{Provider: configuration, ResourceSchemas: resources}, nil
}

func (s schemaJSON) schema() (*tfprotov5.Schema, error) {
	block, err := s.Block.block()
	if err != nil {
		return nil, err
	}
	return &tfprotov5.Schema{Version: s.Version, Block: block}, nil
}

func (b blockJSON) block() (*tfprotov5.SchemaBlock, error) {
	block := &tfprotov5.SchemaBlock{Deprecated: b.Deprecated}
	for name, a := range b.Attributes {
		if a.NestedType != nil {
			return nil, fmt.Errorf("attribute %q has a nested type, which takes protocol 6: the stub speaks 5", name)
		}
		kind, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // deprecated for types not of Terraform
		if err != nil {
			return nil, fmt.Errorf("type of attribute %q: %w", name, err)
		}
		block.Attributes = append(block.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: kind, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly,
		})
	}
	for name, n := range b.BlockTypes {
		mode, ok := nestingModes[n.NestingMode]
		if !ok {
			return nil, fmt.Errorf("nesting mode %q of block %q is unknown", n.NestingMode, name)
		}
		inner, err := n.Block.block()
		if err != nil {
			return nil, fmt.Errorf("block %q: %w", name, err)
		}
		block.BlockTypes = append(block.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: mode, MinItems: n.MinItems, MaxItems: n.MaxItems,
		})
	}
	return block, nil
}

var nestingModes = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
	"group":  tfprotov5.SchemaNestedBlockNestingModeGroup,
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov5.SchemaNestedBlockNestingModeMap,
}
