package server

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// change gives an attribute another value, or the one it has.
type change func(*tfprotov5.SchemaAttribute, tftypes.Value) tftypes.Value

// mapAttributes returns a block's value with every attribute changed, those of nested blocks too. A block that is
// null or unknown stays so.
func mapAttributes(block *tfprotov5.SchemaBlock, value tftypes.Value, change change) (tftypes.Value, error) {
	if value.IsNull() || !value.IsKnown() {
		return value, nil
	}
	var had map[string]tftypes.Value
	if err := value.As(&had); err != nil {
		return value, fmt.Errorf("reading a block: %w", err)
	}
	fields := make(map[string]tftypes.Value, len(had))
	for _, attribute := range block.Attributes {
		fields[attribute.Name] = change(attribute, had[attribute.Name])
	}
	for _, nested := range block.BlockTypes {
		mapped, err := mapNested(nested, had[nested.TypeName], change)
		if err != nil {
			return value, fmt.Errorf("%s: %w", nested.TypeName, err)
		}
		fields[nested.TypeName] = mapped
	}
	return tftypes.NewValue(value.Type(), fields), nil
}

// mapNested is mapAttributes for each of a nested block's occurrences.
func mapNested(nested *tfprotov5.SchemaNestedBlock, value tftypes.Value, change change) (tftypes.Value, error) {
	if value.IsNull() || !value.IsKnown() {
		return value, nil
	}
	switch nested.Nesting {
	case tfprotov5.SchemaNestedBlockNestingModeList, tfprotov5.SchemaNestedBlockNestingModeSet:
		var elements, mapped []tftypes.Value
		if err := value.As(&elements); err != nil {
			return value, err
		}
		for _, element := range elements {
			one, err := mapAttributes(nested.Block, element, change)
			if err != nil {
				return value, err
			}
			mapped = append(mapped, one)
		}
		return tftypes.NewValue(value.Type(), mapped), nil
	case tfprotov5.SchemaNestedBlockNestingModeMap:
		var elements map[string]tftypes.Value
		if err := value.As(&elements); err != nil {
			return value, err
		}
		mapped := make(map[string]tftypes.Value, len(elements))
		for key, element := range elements {
			one, err := mapAttributes(nested.Block, element, change)
			if err != nil {
				return value, err
			}
			mapped[key] = one
		}
		return tftypes.NewValue(value.Type(), mapped), nil
	}
	return mapAttributes(nested.Block, value, change)
}

// valueAt is the value at a path; one of no type where the path leads nowhere.
func valueAt(value tftypes.Value, path *tftypes.AttributePath) tftypes.Value {
	found, _, err := tftypes.WalkAttributePath(value, path)
	if err != nil {
		return tftypes.Value{}
	}
	inner, _ := found.(tftypes.Value)
	return inner
}

// stringAt is the known string at a path; else empty.
func stringAt(value tftypes.Value, path string) string {
	found := valueAt(value, pathOf(path))
	var text string
	if found.Type() == nil || !found.IsKnown() || !found.Type().Is(tftypes.String) {
		return ""
	}
	if err := found.As(&text); err != nil { // null reads as empty
		return ""
	}
	return text
}
