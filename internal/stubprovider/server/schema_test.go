package server

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// invented has what the schemas of the two providers have not, or not in what is kept of them.
const invented = `{"provider_schemas": {"registry.terraform.io/hashicorp/invented": {
	"provider": {"block": {}},
	"resource_schemas": {"invented_thing": {"version": 3, "block": {
		"attributes": {
			"password": {"type": "string", "optional": true, "write_only": true, "sensitive": true},
			"ports": {"type": ["map", ["set", "number"]], "computed": true}
		},
		"block_types": {"rule": {"nesting_mode": "map", "min_items": 1, "block": {"attributes": {
			"token": {"type": "string", "required": true, "sensitive": true},
			"key": {"type": "string", "optional": true, "computed": true}
		}}}}
	}}}
}}}`

func inventedThing(t *testing.T) *tfprotov5.Schema {
	t.Helper()
	schemas, err := parse([]byte(invented), source("invented"))
	if err != nil {
		t.Fatal(err)
	}
	return schemas.ResourceSchemas["invented_thing"]
}

func TestWriteOnlyArgumentIsNotPlanned(t *testing.T) {
	schema := inventedThing(t)
	resources := map[string]*tfprotov5.Schema{"invented_thing": schema}
	s := &Server{schemas: &tfprotov5.GetProviderSchemaResponse{ResourceSchemas: resources}}
	proposed := valueOf(t, schema, `{"password": "hidden", "rule": {"a": {"token": "t"}}}`)
	planned, _ := planOf(t, s, "invented_thing", null(schema), proposed)
	if !valueAt(planned, pathOf("password")).IsNull() {
		t.Errorf("a write-only argument is planned: %s", planned)
	}
	key := pathOf("rule").WithElementKeyString("a").WithAttributeName("key")
	if valueAt(planned, pathOf("ports")).IsKnown() || valueAt(planned, key).IsKnown() {
		t.Errorf("what is computed is known: %s", planned)
	}
}

func TestSchemaIsKept(t *testing.T) {
	schema := inventedThing(t)
	password, rule := attributeOf(schema.Block, "password"), blockOf(schema.Block, "rule")
	if schema.Version != 3 || !password.WriteOnly || !password.Sensitive || !password.Optional || rule.MinItems != 1 {
		t.Errorf("version %d, password %+v, rule %+v", schema.Version, password, rule)
	}
	if token := attributeOf(rule.Block, "token"); !token.Required || !token.Sensitive {
		t.Errorf("token %+v", token)
	}
	want := tftypes.Map{ElementType: tftypes.Set{ElementType: tftypes.Number}}
	if got := attributeOf(schema.Block, "ports").Type; !got.Equal(want) {
		t.Errorf("ports are %s, want %s", got, want)
	}
}

func TestUnreadableSchemaIsRefused(t *testing.T) {
	for _, c := range []struct{ was, is, problem string }{
		{`{"type": "string", "optional": true, "write_only"`, `{"nested_type": {}, "write_only"`, "protocol 6"},
		{`"nesting_mode": "map"`, `"nesting_mode": "heap"`, `nesting mode "heap"`},
		{`["set", "number"]`, `["bag", "number"]`, `type of attribute "ports"`},
		{`hashicorp/invented`, `hashicorp/other`, `no schema of "registry.terraform.io/hashicorp/invented"`},
	} {
		_, err := parse([]byte(strings.Replace(invented, c.was, c.is, 1)), source("invented"))
		if err == nil || !strings.Contains(err.Error(), c.problem) {
			t.Errorf("%s: got %v, want %q", c.is, err, c.problem)
		}
	}
	const problem = `"google": there are helm and kubernetes`
	if _, err := New("google"); err == nil || !strings.Contains(err.Error(), problem) {
		t.Errorf("got %v, want %q", err, problem)
	}
}

// A plan is only honest where it is known of each resource type what makes it anew.
func TestEveryTypeSaysWhatReplacesIt(t *testing.T) {
	known := map[string]bool{}
	for _, provider := range []string{"helm", "kubernetes"} {
		schemas, err := load(provider)
		if err != nil {
			t.Fatal(err)
		}
		for kind, schema := range schemas.ResourceSchemas {
			known[kind] = true
			arguments := forceNew[kind]
			if len(arguments) == 0 {
				t.Errorf("nothing replaces %s", kind)
			}
			if kind == "helm_release" {
				arguments = slices.Concat(arguments, revisionArguments)
			}
			if kind == "kubernetes_config_map_v1" {
				arguments = slices.Concat(arguments, immutableArguments)
			}
			for _, argument := range arguments {
				if _, left, err := tftypes.WalkAttributePath(schema.ValueType(), pathOf(argument)); err != nil {
					t.Errorf("%s has no %s: %s is left: %v", kind, argument, left, err)
				}
			}
		}
	}
	for kind := range forceNew {
		if !known[kind] {
			t.Errorf("%s is in the table and not in a schema", kind)
		}
	}
}
