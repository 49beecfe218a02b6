// Package architecture draws an environment as it was synthesized: its edge, network, tiers and pipeline, and where it
// recovers. The picture is SVG, follows the reader's light or dark theme, and is the same each time.
//
// Boxes are laid out by their place in a grid of zones and tiers, which a graph's layout would move: so no layout
// library is needed.
package architecture

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// facts are what the picture shows.
type facts struct {
	name, tier, region, second string
	account                    string
	secondary                  bool // of a pair: it stands by for another environment
	primary                    string
	standby                    string // the environment that stands by for this one

	edge    []string // what stands before the origin; empty without a distribution
	url     string
	origin  string // the name that the edge asks
	checks  int    // health checks
	network network
	cluster []string // the cluster, in lines
	app     string   // the first application's release
	pods    string   // how many it has
	guards  []string // what keeps pods apart
	traced  bool
	callers string   // who may call the load balancer
	spans   []string // node groups over all zones

	services []service
	pipeline []string
	recovery []service
}

type network struct {
	cidr  string
	zones []zone
}

type zone struct {
	name   string
	tiers  map[string]string // CIDR by tier
	nat    bool
	nodes  []string
	data   []string
	places []string // what of the cache is here
}

// service is a box of services with what it says in small.
type service struct {
	title string
	lines []string
	of    string // in the second region: the service whose copy it is
}

// reader finds facts in an environment's stacks.
type reader struct {
	graph  *graph.Graph
	stacks map[order.Kind]string
}

func (r reader) of(kind order.Kind, types ...string) []*graph.Node {
	var found []*graph.Node
	for _, one := range types {
		for _, node := range r.graph.Resources(one) {
			if node.Stack == r.stacks[kind] {
				found = append(found, node)
			}
		}
	}
	return found
}

// read collects the facts of an environment; all are those it is loaded with.
func read(g *graph.Graph, environment environments.Environment, all []environments.Environment) facts {
	r := reader{g, map[order.Kind]string{}}
	for _, stack := range order.Of(environment) {
		r.stacks[stack.Kind] = stack.Name
	}
	f := facts{
		name: environment.Name, tier: string(environment.Tier), region: string(environment.Region),
		second: string(environment.SecondRegion), account: environment.Account.Name,
		secondary: environment.DR.Primary != "", primary: environment.DR.Primary,
	}
	for _, other := range all {
		if other.DR.Primary == environment.Name {
			f.standby = other.Name
		}
	}
	r.readEdge(&f)
	r.readNetwork(&f)
	r.readCluster(&f)
	r.readData(&f)
	r.readServices(&f)
	r.readPipeline(&f)
	r.readRecovery(&f)
	return f
}

func texts(value any) []string {
	var found []string
	list, _ := value.([]any)
	for _, item := range list {
		found = append(found, fmt.Sprint(item))
	}
	return found
}

func number(node *graph.Node, path string) string {
	value := node.At(path)
	if value == nil {
		return "0"
	}
	return fmt.Sprint(value)
}

// count is a number of things in words.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if stem, ok := strings.CutSuffix(thing, "cy"); ok {
		return fmt.Sprintf("%d %scies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
