package requestpath

import (
	"fmt"
	"slices"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// edge checks the way from the public name to the origin's name. An environment without a distribution has none, and
// a secondary's is its primary's.
func (w *walk) edge() {
	if !w.Edge.Enabled && w.Peers.Primary == nil {
		return
	}
	found, err := FindDistribution(w.graph, w.DNS.Name)
	if err != nil {
		w.say(nil, "%v", err)
		return
	}
	w.distribution = found
	w.publicRecords(found.Node)
	if acl, ok := found.Node.Reference("web_acl_id"); !ok || acl.To.Type != "aws_wafv2_web_acl" {
		w.say(found.Node, "has no web ACL")
	}
	if len(found.headers) < 2 {
		w.say(found.Node, "adds the headers %v, want the origin's and the one that says who serves", found.HeaderNames())
	}
	// Another origin at a load balancer would be a way around the headers; buckets have an access control instead, and the
	// file may name origins that are no load balancer of this way's.
	for i := range found.Node.Len("origin") {
		origin := fmt.Sprintf("origin.%d.", i)
		called := found.Node.Text(origin + "domain_name")
		if found.Node.At(origin+"custom_origin_config") != nil && !sameName(called, w.DNS.Origin()) &&
			!w.isOtherOrigin(called) {
			w.say(found.Node, "calls %v, want %s", found.Node.At(origin+"domain_name"), w.DNS.Origin())
		}
	}
	if !sameName(found.OriginName, w.DNS.Origin()) {
		w.say(found.Node, "sends requests to %q, want %s", found.OriginName, w.DNS.Origin())
	}
}

// isOtherOrigin is whether a behaviour of the file sends requests to a name, as the primary's does for a secondary.
func (w *walk) isOtherOrigin(name string) bool {
	behaviors := w.Edge.Behaviors
	if w.Peers.Primary != nil {
		behaviors = w.Peers.Primary.Edge.Behaviors
	}
	return slices.ContainsFunc(behaviors, func(b environments.Behavior) bool {
		return b.Origin != "" && sameName(b.Origin, name)
	})
}

// publicRecords checks that IPv4 and IPv6 have a record of each public name, and that they lead to the distribution,
// which answers to the name.
func (w *walk) publicRecords(distribution *graph.Node) {
	for i, name := range w.DNS.PublicNames() {
		if alias := distribution.Text(fmt.Sprintf("aliases.%d", i)); !sameName(alias, name) {
			w.say(distribution, "answers to %q, want %s", alias, name)
		}
		count := 0
		for _, record := range w.graph.Resources("aws_route53_record") {
			if kind := record.Text("type"); !sameName(record.Text("name"), name) || kind != "A" && kind != "AAAA" {
				continue
			}
			count++
			if !record.Refers("alias.name", distribution) {
				w.say(record, "does not lead to the distribution")
			}
		}
		if count != 2 {
			w.say(nil, "%d records of %s, want one each for IPv4 and IPv6", count, name)
		}
	}
}
