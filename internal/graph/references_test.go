package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// read makes the graph of one stack that holds vpc, key, zone and more, and the resource aws_thing.it with a body.
func read(body string) (*Graph, error) {
	return Read(Stack{"dev", []byte(`{
		"terraform": {"backend": {"s3": {"key": "${not.an.expression}"}}},
		"provider": {"aws": [{"region": "eu-west-1"}, {"alias": "second"}]},
		"data": {"aws_zone": {"zone": {}}},
		"ephemeral": {"aws_password": {"login": {}}},
		"locals": {"issuer": "${aws_vpc.main.id}"},
		"variable": {"size": {}},
		"module": {"child": {}},
		"resource": {"//": {"a": "comment"}, "aws_vpc": {"main": {"//": {"path": "${aws_vpc.commented_out.id}"}}},
			"aws_key": {"a-b_1": {}}, "aws_thing": {"it": ` + body + `}}
	}`)})
}

// edges are a resource's, as argument -> address.attribute.
func edges(node *Node) []string {
	var found []string
	for _, edge := range node.References() {
		text := fmt.Sprintf("%s -> %s.%s", edge.Argument, edge.To.Address, edge.Attribute)
		if !edge.Whole {
			text += " (part)"
		}
		found = append(found, text)
	}
	return found
}

func TestReferencesAreParsedAsTerraformDoes(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"nothing":           {`{"name": "aws_vpc.main.id", "count": 3, "on": true, "none": null}`, nil},
		"a whole reference": {`{"vpc_id": "${aws_vpc.main.id}"}`, []string{"vpc_id -> aws_vpc.main.id"}},
		"within text":       {`{"name": "of ${aws_vpc.main.id}"}`, []string{"name -> aws_vpc.main.id (part)"}},
		"two of them": {`{"name": "${aws_vpc.main.id}-${aws_key.a-b_1.arn}"}`,
			[]string{"name -> aws_vpc.main.id (part)", "name -> aws_key.a-b_1.arn (part)"}},
		"in lists and objects": {`{"a": [{"b": "${aws_vpc.main.id}"}]}`, []string{"a.0.b -> aws_vpc.main.id"}},
		"a data source": {`{"zone": "${data.aws_zone.zone.zone_id}"}`,
			[]string{"zone -> data.aws_zone.zone.zone_id"}},
		"an ephemeral resource": {`{"value": "${ephemeral.aws_password.login.value}"}`,
			[]string{"value -> ephemeral.aws_password.login.value"}},
		"locals and variables": {`{"a": "${local.issuer}", "b": "${var.size}"}`,
			[]string{"a -> local.issuer.", "b -> var.size."}},
		"a module's output": {`{"a": "${module.child.name}"}`, []string{"a -> module.child.name"}},
		"a function's argument": {`{"a": "${replace(aws_vpc.main.identity[0].oidc[0].issuer, \"https://\", \"\")}"}`,
			[]string{"a -> aws_vpc.main.identity[0].oidc[0].issuer (part)"}},
		"an index by name": {`{"a": "${aws_vpc.main.tags[\"Name\"]}"}`, []string{`a -> aws_vpc.main.tags["Name"]`}},
		"a splat":          {`{"a": "${aws_vpc.main.subnets[*].id}"}`, []string{"a -> aws_vpc.main.subnets (part)"}},
		"a loop's own variable": {`{"a": "${one([for o in aws_vpc.main.options : o.name if o.domain == aws_key.a-b_1.id])}"}`,
			[]string{"a -> aws_vpc.main.options (part)", "a -> aws_key.a-b_1.id (part)"}},
		"a directive": {`{"a": "%{ if aws_vpc.main.on }x%{ endif }"}`, []string{"a -> aws_vpc.main.on (part)"}},
		"escaped":     {`{"a": "$${aws:username} %%{ if x }"}`, nil},
		"a policy in a string": {`{"policy": "{\"Resource\":\"${aws_key.a-b_1.arn}\",\"Sid\":\"a\"}"}`,
			[]string{"policy -> aws_key.a-b_1.arn (part)"}},
		"a key": {`{"tags": {"${aws_vpc.main.id}": "x"}}`, []string{"tags -> aws_vpc.main.id"}},
		"what is built in": {`{"a": "${each.key}${count.index}${path.module}${terraform.workspace}${self.id}"}`,
			nil},
		"depends_on": {`{"depends_on": ["aws_vpc.main", "data.aws_zone.zone", "module.child"]}`,
			[]string{"depends_on.0 -> aws_vpc.main.", "depends_on.1 -> data.aws_zone.zone.", "depends_on.2 -> module.child."}},
		"its own depends_on": {`{"setting": {"depends_on": ["aws_vpc.main"]}}`, nil},
		"provider":           {`{"provider": "aws.second"}`, []string{"provider -> provider.aws.second."}},
		"its own provider":   {`{"setting": {"provider": "aws.second"}}`, nil},
		"replace_triggered_by": {`{"lifecycle": {"replace_triggered_by": ["aws_vpc.main.id"]}}`,
			[]string{"lifecycle.replace_triggered_by.0 -> aws_vpc.main.id"}},
		"ignore_changes of its own": {`{"lifecycle": {"ignore_changes": ["aws_vpc.gone"]}}`, nil},
		"a precondition": {`{"lifecycle": {"precondition": [{"condition": "${aws_vpc.main.on}"}]}}`,
			[]string{"lifecycle.precondition.0.condition -> aws_vpc.main.on"}},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := read(c.body)
			if err != nil {
				t.Fatal(err)
			}
			if got := edges(g.Node("dev", "aws_thing.it")); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestWhatIsNoGraphIsRefused(t *testing.T) {
	for body, want := range map[string]string{
		`{"a": [{"b": "${aws_vpc.gone.id}"}]}`: `reading stack "dev": aws_thing.it: a.0.b refers to aws_vpc.gone, ` +
			`which the stack does not hold`,
		`{"depends_on": ["aws_vpc.gone"]}`:        "depends_on.0 refers to aws_vpc.gone",
		`{"provider": "aws.third"}`:               "provider refers to provider.aws.third",
		`{"a": "${aws_vpc.main"}`:                 `aws_thing.it: a: "${aws_vpc.main" is no valid expression`,
		`{"depends_on": ["aws_vpc.main and"]}`:    `depends_on.0: "aws_vpc.main and" is no valid expression`,
		`{"tags": {"${broken": "x"}}`:             `tags: "${broken" is no valid expression`,
		`{"a": "${data.aws_vpc.main.id}"}`:        "refers to data.aws_vpc.main", // a resource is no data source
		`{"lifecycle": {"replace_triggered_by": `: "parsing its JSON",
	} {
		if _, err := read(body); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", body, err, want)
		}
	}
	empty := Stack{"dev", []byte(`{}`)}
	if _, err := Read(empty, empty); err == nil || !strings.Contains(err.Error(), `"dev": it is given twice`) {
		t.Errorf("two stacks of a name: got %v", err)
	}
	twice := Stack{"dev", []byte(`{"provider": {"aws": [{}, {}]}}`)}
	if _, err := Read(twice); err == nil || !strings.Contains(err.Error(), "provider.aws is there twice") {
		t.Errorf("two providers without an alias: got %v", err)
	}
}

// A graph is of several stacks, and a reference stays within its own.
func TestStacksAreApart(t *testing.T) {
	stack := func(name, to string) Stack {
		body, err := json.Marshal(map[string]any{"resource": map[string]any{
			"aws_vpc":    map[string]any{"main": map[string]any{"cidr": name}},
			"aws_subnet": map[string]any{"a": map[string]any{"vpc": to}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return Stack{name, body}
	}
	g, err := Read(stack("prod", "${aws_vpc.main.id}"), stack("prod-dr", "${aws_vpc.main.id}"))
	if err != nil {
		t.Fatal(err)
	}
	if subnets := g.Resources("aws_subnet"); len(subnets) != 2 || subnets[0].Stack != "prod" ||
		subnets[1].Stack != "prod-dr" {
		t.Fatalf("got %v", subnets)
	}
	for _, subnet := range g.Resources("aws_subnet") {
		edge, ok := subnet.Reference("vpc")
		if !ok || edge.To.Stack != subnet.Stack || edge.To.Text("cidr") != subnet.Stack || !subnet.Refers("vpc", edge.To) {
			t.Errorf("%s leads to %v", subnet, edge.To)
		}
		if back := edge.To.Referrers(); len(back) != 1 || back[0] != edge {
			t.Errorf("%s is referred to by %v", edge.To, back)
		}
	}
}

func TestValuesAreFoundByTheirPath(t *testing.T) {
	g, err := read(`{"origin": [{"id": "alb", "ports": [80, 443]}], "on": true}`)
	if err != nil {
		t.Fatal(err)
	}
	it := g.Node("dev", "aws_thing.it")
	for path, want := range map[string]any{
		"origin.0.id": "alb", "origin.0.ports.1": 443.0, "on": true,
		"origin.1.id": nil, "origin.-1": nil, "origin.x": nil, "on.more": nil, "gone": nil,
	} {
		if got := it.At(path); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	if it.Text("origin.0.id") != "alb" || it.Text("on") != "" || it.Len("origin.0.ports") != 2 || it.Len("on") != 0 {
		t.Error("texts and lengths are not those of the block")
	}
	if _, ok := it.Reference("origin.0.id"); ok {
		t.Error("a plain value is a reference")
	}
	if g.Node("dev", "aws_thing.gone") != nil || g.Node("prod", "aws_thing.it") != nil || len(g.Data("aws_zone")) != 1 ||
		len(g.Resources("aws_zone")) != 0 {
		t.Error("nodes are not those of the stack")
	}
	if local := g.Node("dev", "local.issuer"); local == nil ||
		!slices.Equal(edges(local), []string{" -> aws_vpc.main.id"}) {
		t.Errorf("the local is %v", local)
	}
}
