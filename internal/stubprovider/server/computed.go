package server

import (
	"cmp"
	"path"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// markUnknown marks what only an apply can know. What is null in a proposed state is neither configured nor known
// from before. A write-only argument is never planned: the state must not hold it.
func markUnknown(attribute *tfprotov5.SchemaAttribute, value tftypes.Value) tftypes.Value {
	switch {
	case attribute.WriteOnly:
		return tftypes.NewValue(attribute.Type, nil)
	case attribute.Computed && value.IsNull():
		return tftypes.NewValue(attribute.Type, tftypes.UnknownValue)
	}
	return value
}

// fillUnknown gives what was planned as unknown a value made of the object's id, the same each time.
func fillUnknown(id string) change {
	return func(attribute *tfprotov5.SchemaAttribute, value tftypes.Value) tftypes.Value {
		if value.IsKnown() {
			return value
		}
		return computedValue(id, attribute.Name, attribute.Type)
	}
}

// computedValue is a value of a type. A list of objects has one, as helm_release's metadata has; other collections
// are empty.
func computedValue(id, name string, kind tftypes.Type) tftypes.Value {
	switch kind := kind.(type) {
	case tftypes.List:
		if object, ok := kind.ElementType.(tftypes.Object); ok {
			return tftypes.NewValue(kind, []tftypes.Value{computedValue(id, name, object)})
		}
		return tftypes.NewValue(kind, []tftypes.Value{})
	case tftypes.Set:
		return tftypes.NewValue(kind, []tftypes.Value{})
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{})
	case tftypes.Object:
		fields := map[string]tftypes.Value{}
		for field, inner := range kind.AttributeTypes {
			fields[field] = computedValue(id, field, inner)
		}
		return tftypes.NewValue(kind, fields)
	}
	switch {
	case kind.Is(tftypes.Number):
		return tftypes.NewValue(kind, 1)
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, false)
	case name == "id":
		return tftypes.NewValue(kind, id)
	case name == "name":
		return tftypes.NewValue(kind, path.Base(id))
	}
	return tftypes.NewValue(kind, name+" of "+id)
}

// idOf is the id that the real providers give an object: a release's name; a Kubernetes object's namespace/name, or
// name where it has no namespace. Sources: setReleaseAttributes in helm's resource_release.go, buildId in kubernetes'
// structures.go.
func idOf(schema *tfprotov5.Schema, value tftypes.Value) string {
	metadata := blockOf(schema.Block, "metadata")
	if metadata == nil {
		return stringAt(value, "name")
	}
	// A default service account is named default without being told so; default is also the namespace of others.
	name := cmp.Or(stringAt(value, "metadata.0.name"), stringAt(value, "metadata.0.generate_name"), "default")
	if attributeOf(metadata.Block, "namespace") == nil {
		return name
	}
	return cmp.Or(stringAt(value, "metadata.0.namespace"), "default") + "/" + name
}

func blockOf(block *tfprotov5.SchemaBlock, name string) *tfprotov5.SchemaNestedBlock {
	for _, nested := range block.BlockTypes {
		if nested.TypeName == name {
			return nested
		}
	}
	return nil
}

func attributeOf(block *tfprotov5.SchemaBlock, name string) *tfprotov5.SchemaAttribute {
	for _, attribute := range block.Attributes {
		if attribute.Name == name {
			return attribute
		}
	}
	return nil
}
