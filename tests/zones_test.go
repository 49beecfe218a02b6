package tests

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/stateful"
)

// TestAnotherZoneReplacesNothingWithData puts a fourth zone in each one's place. An Aurora instance can't move to
// another zone, so the provider replaces one whose zone is another, and a file that was changed in one line would
// replace them all.
func TestAnotherZoneReplacesNothingWithData(t *testing.T) {
	for _, name := range []string{"prod", "dev"} { // a replication group, and a single node
		environment, before := loadedNamed(t, name), stack(t, name)
		moved := 0
		for _, zone := range environment.Network.AvailabilityZones {
			after := variant(t, name, func(e *environments.Environment) { replaceZone(e, zone) })
			for _, problem := range zoneProblems(before, after) {
				t.Errorf("%s without %s: %s", name, zone, problem)
			}
			for _, instance := range before.Resources("aws_rds_cluster_instance") {
				if twin := twinOf(after, instance); twin.At("availability_zone") != instance.At("availability_zone") {
					moved++
				}
			}
		}
		if moved == 0 {
			t.Errorf("%s: no instance was to be in another zone, so nothing was shown", name)
		}
	}
}

// replaceZone puts the region's zone d in another's place, in the order that the loader gives to zones.
func replaceZone(e *environments.Environment, zone string) {
	zones := slices.Clone(e.Network.AvailabilityZones)
	zones[slices.Index(zones, zone)] = string(e.Region) + "d"
	slices.Sort(zones)
	e.Network.AvailabilityZones = zones
}

// inPlace are the arguments that the provider changes without replacing what has them. EKS refuses another zone's
// subnet for the control plane (containers-roadmap#2258), since 5.25.0 without a replacement
// (terraform-provider-aws#34090).
var inPlace = map[string][]string{"aws_eks_cluster": {"vpc_config.subnet_ids"}}

// zoneProblems are what of a stack's data, instances of database and cache, and subnets of the zones that stay would be
// changed or destroyed.
func zoneProblems(before, after Stack) []string {
	var problems []string
	for _, kind := range before.Types() {
		if !stateful.Type(kind) && kind != "aws_rds_cluster_instance" && kind != "aws_subnet" {
			continue
		}
		for _, block := range before.Resources(kind) {
			twin := twinOf(after, block)
			if twin.Body == nil {
				if kind != "aws_subnet" { // the zone's own go
					problems = append(problems, block.Address+" would be destroyed")
				}
				continue
			}
			for _, argument := range changed(block, twin) {
				if !isIgnored(twin, argument) && !slices.Contains(inPlace[kind], argument) {
					problems = append(problems, fmt.Sprintf("%s: %s would change from %v to %v",
						block.Address, argument, block.At(argument), twin.At(argument)))
				}
			}
		}
	}
	return problems
}

// twinOf is the resource of a stack at another's address, without a body where there is none.
func twinOf(s Stack, block Block) Block {
	kind, id, _ := strings.Cut(block.Address, ".")
	return Block{Address: block.Address, Body: synth.Object(s.Root, "resource", kind, id)}
}

// changed are the paths of the arguments in which two blocks differ. What a resource waits for is none.
func changed(before, after Block) []string {
	var paths []string
	var compare func(path string, a, b any)
	compare = func(path string, a, b any) {
		one, isOne := a.(map[string]any)
		other, isOther := b.(map[string]any)
		if !isOne || !isOther {
			if !reflect.DeepEqual(a, b) {
				paths = append(paths, strings.TrimPrefix(path, "."))
			}
			return
		}
		keys := maps.Clone(one)
		maps.Copy(keys, other)
		for key := range keys {
			if path != "" || key != "depends_on" {
				compare(path+"."+key, one[key], other[key])
			}
		}
	}
	compare("", before.Body, after.Body)
	slices.Sort(paths)
	return paths
}

// isIgnored is whether a resource ignores a change of an argument. Terraform goes by the new configuration.
func isIgnored(block Block, argument string) bool {
	top, _, _ := strings.Cut(argument, ".")
	return contains(synth.List(block.At("lifecycle.ignore_changes")), top)
}

func TestAZoneThatWouldReplaceDataIsSeen(t *testing.T) {
	after := variant(t, "prod", func(e *environments.Environment) { replaceZone(e, "eu-west-1a") })
	for name, c := range map[string]struct {
		change func(Stack)
		want   string
	}{
		"an instance in its zone for ever": {func(s Stack) {
			delete(s.Find("aws_rds_cluster_instance", "database_writer").Body, "lifecycle")
		}, "availability_zone would change from eu-west-1a to eu-west-1b"},
		"a cache in its zones for ever": {func(s Stack) {
			delete(s.Find("aws_elasticache_replication_group", "cache").Body, "lifecycle")
		}, "preferred_cache_cluster_azs would change"},
		"a cluster with a list of zones": {func(s Stack) {
			s.Find("aws_rds_cluster", "database").Body["availability_zones"] = []any{"eu-west-1b"}
		}, "availability_zones would change from <nil>"},
		"a control plane with other addresses": {func(s Stack) {
			delete(s.Find("aws_eks_cluster", "cluster").Body, "kubernetes_network_config")
		}, "kubernetes_network_config would change"},
		"data by the zone's letter": {func(s Stack) {
			s.Remove("aws_rds_cluster_instance", "database_reader-2")
		}, "would be destroyed"},
		"another block for a zone that stays": {func(s Stack) {
			s.Find("aws_subnet", "network_data-b").Body["cidr_block"] = "10.30.208.0/22"
		}, "cidr_block would change from"},
	} {
		t.Run(name, func(t *testing.T) {
			planted := after.Copy()
			c.change(planted)
			holdsProblem(t, zoneProblems(stack(t, "prod"), planted), c.want)
		})
	}
}
