// Package needs reads from the synthesized stacks of an environment what its account has to have, allow and offer
// before they can be applied.
package needs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// Needs are what stacks ask of their account. Lists are in the order of the stacks, then of the addresses.
type Needs struct {
	Clusters     []Cluster
	NodeGroups   []NodeGroup
	Databases    []Database
	Caches       []Cache
	Gateways     []Gateway
	Buckets      []Bucket
	Zones        []HostedZone
	Certificates []string // the names that certificates are asked for, each once
	Principals   []string // ARNs of IAM principals that access entries name, each once
	Connections  []Connection
	Builds       []Build

	regions map[string]environments.Region // by stack
	graph   *graph.Graph
}

// Read reads stacks.
func Read(stacks ...graph.Stack) (*Needs, error) {
	g, err := graph.Read(stacks...)
	if err != nil {
		return nil, err
	}
	n := &Needs{graph: g, regions: map[string]environments.Region{}}
	for _, node := range g.Nodes() {
		if node.Section == graph.Provider && node.Type == "aws" {
			n.regions[node.Stack] = environments.Region(node.Text("region"))
		}
	}
	for _, stack := range stacks {
		if n.regions[stack.Name] == "" {
			return nil, fmt.Errorf("reading stack %q: no provider says its region; synthesize it anew", stack.Name)
		}
	}
	n.readCompute()
	n.readData()
	n.readDelivery()
	n.readNames()
	return n, nil
}

// Regions are the regions in which the stacks have a resource of one of these types, in alphabetical order.
func (n *Needs) Regions(types ...string) []environments.Region {
	var regions []environments.Region
	for _, kind := range types {
		for _, node := range n.graph.Resources(kind) {
			regions = append(regions, n.region(node))
		}
	}
	slices.Sort(regions)
	return slices.Compact(regions)
}

// AllRegions are the regions of the stacks, in alphabetical order.
func (n *Needs) AllRegions() []environments.Region {
	return slices.Compact(slices.Sorted(maps.Values(n.regions)))
}

// Names are the names that the resources of some types have in AWS, in a region or, where that is empty, in all: an
// entry a resource, empty where it has none of its own.
func (n *Needs) Names(region environments.Region, types ...string) []string {
	var names []string
	for _, kind := range types {
		for _, node := range n.graph.Resources(kind) {
			if region == "" || n.region(node) == region {
				names = append(names, nameOf(node))
			}
		}
	}
	return names
}

func (n *Needs) region(node *graph.Node) environments.Region { return n.regions[node.Stack] }

// nameArguments are where a resource's name in AWS stands, in the order in which they are looked for. A distribution
// has none, and is known by its first alias.
var nameArguments = []string{
	"bucket", "cluster_identifier", "identifier", "replication_group_id", "cluster_id", "aliases.0", "name", "tags.Name",
}

func nameOf(node *graph.Node) string {
	for _, argument := range nameArguments {
		if name := literal(node, argument); name != "" {
			return name
		}
	}
	return ""
}

// literal is the text at a path, empty where it is known to Terraform alone.
func literal(node *graph.Node, path string) string {
	text := node.Text(path)
	if strings.Contains(text, "${") {
		return ""
	}
	return text
}

// number is the number at a path, 0 where there is none.
func number(node *graph.Node, path string) int {
	value, _ := node.At(path).(float64)
	return int(value)
}

// texts are the strings of a list.
func texts(node *graph.Node, path string) []string {
	list, _ := node.At(path).([]any)
	var all []string
	for _, item := range list {
		if text, ok := item.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

// zonesOf are the Availability Zones of the subnets that an argument refers to, in order.
func zonesOf(node *graph.Node, argument string) []string {
	var zones []string
	for _, edge := range node.References() {
		inside := edge.Argument == argument || strings.HasPrefix(edge.Argument, argument+".")
		if zone := literal(edge.To, "availability_zone"); inside && edge.To.Type == "aws_subnet" && zone != "" {
			zones = append(zones, zone)
		}
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}

// once adds what is not there yet.
func once(list []string, more ...string) []string {
	for _, one := range more {
		if one != "" && !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}
