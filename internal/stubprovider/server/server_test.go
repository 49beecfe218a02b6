package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// stub is a provider that is configured for a cluster.
func stub(t *testing.T, provider, configuration string) *Server {
	t.Helper()
	server, err := New(provider)
	if err != nil {
		t.Fatal(err)
	}
	configure(t, server, valueOf(t, server.schemas.Provider, configuration))
	return server
}

func configure(t *testing.T, server *Server, configuration tftypes.Value) {
	t.Helper()
	request := &tfprotov5.ConfigureProviderRequest{Config: dynamic(t, server.schemas.Provider, configuration)}
	response, err := server.ConfigureProvider(t.Context(), request)
	noProblem(t, err, response.Diagnostics)
}

// valueOf reads a value as a state holds it. What the text leaves out is null.
func valueOf(t *testing.T, schema *tfprotov5.Schema, text string) tftypes.Value {
	t.Helper()
	value, err := tfprotov5.RawState{JSON: []byte(text)}.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func dynamic(t *testing.T, schema *tfprotov5.Schema, value tftypes.Value) *tfprotov5.DynamicValue {
	t.Helper()
	encoded, err := encode(schema, value)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func decoded(t *testing.T, schema *tfprotov5.Schema, value *tfprotov5.DynamicValue) tftypes.Value {
	t.Helper()
	decoded, err := value.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func noProblem(t *testing.T, err error, diagnostics []*tfprotov5.Diagnostic) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
}

// planOf plans a change from one state to another; the paths are those that replace.
func planOf(t *testing.T, s *Server, kind string, prior, proposed tftypes.Value) (tftypes.Value, []string) {
	t.Helper()
	schema := s.schemas.ResourceSchemas[kind]
	response, err := s.PlanResourceChange(t.Context(), &tfprotov5.PlanResourceChangeRequest{
		TypeName: kind, PriorState: dynamic(t, schema, prior), ProposedNewState: dynamic(t, schema, proposed),
	})
	noProblem(t, err, response.Diagnostics)
	var paths []string
	for _, path := range response.RequiresReplace {
		paths = append(paths, path.String())
	}
	return decoded(t, schema, response.PlannedState), paths
}

func applied(t *testing.T, s *Server, kind string, planned tftypes.Value) tftypes.Value {
	t.Helper()
	schema := s.schemas.ResourceSchemas[kind]
	response, err := s.ApplyResourceChange(t.Context(), &tfprotov5.ApplyResourceChangeRequest{
		TypeName: kind, PriorState: dynamic(t, schema, null(schema)), PlannedState: dynamic(t, schema, planned),
	})
	noProblem(t, err, response.Diagnostics)
	return decoded(t, schema, response.NewState)
}

func null(schema *tfprotov5.Schema) tftypes.Value { return tftypes.NewValue(schema.ValueType(), nil) }

const binding = `{
	"metadata": [{"name": "deployers", "namespace": "birthday"}],
	"role_ref": [{"api_group": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployers"}],
	"subject": [{"kind": "Group", "name": "a"}, {"kind": "User", "name": "b", "api_group": "given"}]
}`

func TestUnknownUntilApplied(t *testing.T) {
	const kind = "kubernetes_role_binding_v1"
	s := stub(t, "kubernetes", `{"host": "https://cluster"}`)
	schema := s.schemas.ResourceSchemas[kind]
	planned, _ := planOf(t, s, kind, null(schema), valueOf(t, schema, binding))
	for path, want := range map[string]bool{
		"id": false, "metadata.0.uid": false, "metadata.0.generation": false, "subject.0.api_group": false,
		"subject.1.api_group": true, "metadata.0.name": true, "metadata.0.labels": true, "role_ref": true,
	} {
		if got := valueAt(planned, pathOf(path)).IsFullyKnown(); got != want {
			t.Errorf("%s is known when planned: %v, want %v", path, got, want)
		}
	}
	state := applied(t, s, kind, planned)
	if !state.IsFullyKnown() {
		t.Errorf("unknown after an apply: %s", state)
	}
	for path, want := range map[string]string{
		"id": "birthday/deployers", "metadata.0.uid": "uid of birthday/deployers", "subject.1.api_group": "given",
	} {
		if got := stringAt(state, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if again := applied(t, s, kind, planned); !again.Equal(state) {
		t.Errorf("applied again gives\n%s\nwas\n%s", again, state)
	}
	if next, replaced := planOf(t, s, kind, state, state); !next.Equal(state) || replaced != nil {
		t.Errorf("an unchanged object is planned as\n%s\nreplaced by %v", next, replaced)
	}
	if gone, _ := planOf(t, s, kind, state, null(schema)); !applied(t, s, kind, gone).IsNull() {
		t.Error("a destroyed object is still there")
	}
}

func TestIDs(t *testing.T) {
	for _, c := range []struct{ provider, kind, object, want string }{
		{"helm", "helm_release", `{"name": "traefik", "namespace": "ingress"}`, "traefik"},
		{"kubernetes", "kubernetes_namespace_v1", `{"metadata": [{"name": "ingress"}]}`, "ingress"},
		{"kubernetes", "kubernetes_role_v1", `{"metadata": [{"name": "reader"}]}`, "default/reader"},
		{"kubernetes", "kubernetes_default_service_account_v1", `{"metadata": [{"namespace": "in"}]}`, "in/default"},
	} {
		s := stub(t, c.provider, `{}`)
		schema := s.schemas.ResourceSchemas[c.kind]
		planned, _ := planOf(t, s, c.kind, null(schema), valueOf(t, schema, c.object))
		if got := stringAt(applied(t, s, c.kind, planned), "id"); got != c.want {
			t.Errorf("the id of %s %s is %q, want %q", c.kind, c.object, got, c.want)
		}
	}
}

func TestReleaseIsRevisedWhenItsChartChanges(t *testing.T) {
	const kind = "helm_release"
	s := stub(t, "helm", `{}`)
	schema := s.schemas.ResourceSchemas[kind]
	release := func(values string, timeout int) tftypes.Value {
		return valueOf(t, schema, fmt.Sprintf(`{"name": "a", "chart": "a", "values": [%q], "timeout": %d, "id": "a",
			"version": "1", "manifest": "m", "status": "deployed", "metadata": [{"revision": 1}]}`, values, timeout))
	}
	for _, c := range []struct {
		proposed tftypes.Value
		known    bool
	}{{release("old", 2), true}, {release("new", 1), false}} {
		planned, replaced := planOf(t, s, kind, release("old", 1), c.proposed)
		if known := valueAt(planned, pathOf("metadata")).IsKnown(); known != c.known || replaced != nil {
			t.Errorf("metadata is known: %v, want %v; replaced by %v", known, c.known, replaced)
		}
	}
}

func TestConfigMapIsReplacedWhereItWasImmutable(t *testing.T) {
	const kind = "kubernetes_config_map_v1"
	s := stub(t, "kubernetes", `{}`)
	schema := s.schemas.ResourceSchemas[kind]
	for was, want := range map[string]string{
		"false": "[]",
		"true":  `[AttributeName("data") AttributeName("immutable")]`,
	} {
		prior := valueOf(t, schema, `{"id": "x", "immutable": `+was+`, "data": {"a": "1"}}`)
		_, replaced := planOf(t, s, kind, prior, valueOf(t, schema, `{"id": "x", "data": {"a": "2"}}`))
		if got := fmt.Sprint(replaced); got != want {
			t.Errorf("immutable was %s: replaced by %s, want %s", was, got, want)
		}
	}
}

func TestUnconfiguredProviderTouchesNothing(t *testing.T) {
	const kind = "kubernetes_namespace_v1"
	s, err := New("kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	schema, provider := s.schemas.ResourceSchemas[kind], s.schemas.Provider
	state := valueOf(t, schema, `{"metadata": [{"name": "ingress"}]}`)
	expect := func(problem string) {
		t.Helper()
		request := &tfprotov5.ReadResourceRequest{TypeName: kind, CurrentState: dynamic(t, schema, state)}
		response, err := s.ReadResource(t.Context(), request)
		if err != nil || len(response.Diagnostics) != 1 || !strings.Contains(response.Diagnostics[0].Detail, problem) {
			t.Errorf("reading gives %v, %v, want %q", response.Diagnostics, err, problem)
		}
		planOf(t, s, kind, null(schema), state) // plans are made before a cluster is there
	}
	expect("was not configured")
	unknown, err := mapAttributes(provider.Block, valueOf(t, provider, `{}`),
		func(a *tfprotov5.SchemaAttribute, value tftypes.Value) tftypes.Value {
			if a.Name == "host" {
				return tftypes.NewValue(a.Type, tftypes.UnknownValue)
			}
			return value
		})
	if err != nil {
		t.Fatal(err)
	}
	configure(t, s, unknown)
	expect("holds unknown values")
}
