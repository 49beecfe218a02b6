package main

import (
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// paired are the environments that are the primary or the secondary of a pair.
func paired(all []environments.Environment) []environments.Environment {
	return slices.DeleteFunc(slices.Clone(all), func(e environments.Environment) bool {
		return len(pairOf(all, e.Name)) == 0
	})
}

// pairOf are the two environments of the pair of one, none where it is in no pair.
func pairOf(all []environments.Environment, name string) []environments.Environment {
	for _, secondary := range all {
		if primary := secondary.DR.Primary; primary != "" && (name == secondary.Name || name == primary) {
			return slices.DeleteFunc(slices.Clone(all), func(e environments.Environment) bool {
				return e.Name != secondary.Name && e.Name != primary
			})
		}
	}
	return nil
}

// regionsOfPair are the regions that a failover calls.
func regionsOfPair(all []environments.Environment, name string) []string {
	regions := []string{string(environments.GlobalRegion)}
	for _, environment := range pairOf(all, name) {
		if region := string(environment.Region); !slices.Contains(regions, region) {
			regions = append(regions, region)
		}
	}
	return regions
}

// checkPair refuses what is in no pair, and regions that the pair does not need, before anything is asked.
func checkPair(all []environments.Environment, name string, lost []string) error {
	if _, err := named(all, name); err != nil {
		return err
	}
	if len(pairOf(all, name)) == 0 {
		names := environmentNames(paired(all))
		if len(names) == 0 {
			return wrongUsage("%q has nothing to fail over to: no environment has a secondary (dr.primary)", name)
		}
		return wrongUsage("%q is in no pair%s\nin pairs are %s", name, didYouMean(name, names), strings.Join(names, ", "))
	}
	regions := regionsOfPair(all, name)
	for _, region := range lost {
		if !slices.Contains(regions, region) {
			return wrongUsage("--lost: %q is no region of the pair of %s%s\nthere are %s",
				region, name, didYouMean(region, regions), strings.Join(regions, ", "))
		}
	}
	return nil
}
