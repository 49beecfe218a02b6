package graph

import (
	"maps"
	"slices"
	"testing"
)

// chain is a -> b -> c -> a, and a -> d -> c's neighbour e.
func chain(t *testing.T) *Graph {
	t.Helper()
	g, err := Read(Stack{"dev", []byte(`{"resource": {"x": {
		"a": {"next": "${x.b.id}", "other": "${x.d.id}"}, "b": {"next": "${x.c.id}"}, "c": {"next": "${x.a.id}"},
		"d": {"next": "${x.e.id}", "depends_on": ["x.b"]}, "e": {}, "alone": {}
	}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestReachGivesAShortestPathToEach(t *testing.T) {
	g := chain(t)
	a := g.Node("dev", "x.a")
	reached := Reach(a, (*Node).References)
	got := map[string]string{}
	for node, path := range reached {
		got[node.Address] = path.String()
	}
	want := map[string]string{
		"x.a": "dev: x.a",
		"x.b": "dev: x.a -[next]-> dev: x.b",
		"x.c": "dev: x.a -[next]-> dev: x.b -[next]-> dev: x.c",
		"x.d": "dev: x.a -[other]-> dev: x.d",
		"x.e": "dev: x.a -[other]-> dev: x.d -[next]-> dev: x.e",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	path := reached[g.Node("dev", "x.c")]
	if nodes := path.Nodes(); !slices.Equal(nodes, []*Node{a, g.Node("dev", "x.b"), g.Node("dev", "x.c")}) {
		t.Errorf("on the path are %v", nodes)
	}
	if none := reached[g.Node("dev", "x.alone")]; none.String() != "no way" || none.Nodes() != nil {
		t.Errorf("a way to what nothing leads to: %v", none)
	}
}

func TestReachGoesTheWayItIsTold(t *testing.T) {
	g := chain(t)
	e := g.Node("dev", "x.e")
	want := "dev: x.e <-[next]- dev: x.d <-[other]- dev: x.a"
	if got := Reach(e, (*Node).Referrers)[g.Node("dev", "x.a")].String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// What a caller knows: x.e's value is x.alone's name.
	byName := func(node *Node) []Edge {
		if node != e {
			return node.References()
		}
		return []Edge{{From: e, To: g.Node("dev", "x.alone"), Argument: "name"}}
	}
	want = "dev: x.a -[other]-> dev: x.d -[next]-> dev: x.e -[name]-> dev: x.alone"
	if got := Reach(g.Node("dev", "x.a"), byName)[g.Node("dev", "x.alone")].String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
