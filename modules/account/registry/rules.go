package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Rule has every push to some repositories copied to another region of the account.
type Rule struct {
	Region   string   // where to: eu-central-1
	Prefixes []string // of the repositories' names: titan-prod/birthday-app
}

// What a registry's one replication configuration holds at most (ECR API Reference, ReplicationConfiguration and
// ReplicationRule). An account may have 25 destinations as well, which ten rules of one region each can't reach.
const (
	maxRules    = 10
	maxPrefixes = 100 // of one rule
)

// prefix is what ECR takes as one (ECR API Reference, RepositoryFilter): 2 to 256 characters.
var prefix = regexp.MustCompile(`^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$`)

// Merge makes one rule a region of all that environments ask for, in the order of regions and prefixes, so that the
// order of files does not matter. It returns an error where ECR would refuse the outcome.
func Merge(rules []Rule) ([]Rule, error) {
	byRegion := map[string][]string{}
	for _, rule := range rules {
		byRegion[rule.Region] = append(byRegion[rule.Region], rule.Prefixes...)
	}
	var merged []Rule
	for region, prefixes := range byRegion {
		slices.Sort(prefixes)
		merged = append(merged, Rule{Region: region, Prefixes: slices.Compact(prefixes)})
	}
	slices.SortFunc(merged, func(a, b Rule) int { return strings.Compare(a.Region, b.Region) })
	return merged, check(merged)
}

func check(rules []Rule) error {
	if len(rules) > maxRules {
		return fmt.Errorf(
			"a registry replicates to %d regions, at most %d; give fewer environments a second region",
			len(rules),
			maxRules,
		)
	}
	for _, rule := range rules {
		if n := len(rule.Prefixes); n > maxPrefixes {
			return fmt.Errorf(
				"%d repositories are replicated to %q, at most %d; replicate a common prefix of theirs",
				n,
				rule.Region,
				maxPrefixes,
			)
		}
		if len(rule.Prefixes) == 0 { // ECR would replicate every repository
			return fmt.Errorf("no repository is named that is replicated to %q; name one at least", rule.Region)
		}
		for _, one := range rule.Prefixes {
			if len(one) < 2 || len(one) > 256 || !prefix.MatchString(one) {
				return fmt.Errorf(
					"%q can't be replicated to %q: a prefix has 2 to 256 lower-case letters, digits and ._-/",
					one,
					rule.Region,
				)
			}
		}
	}
	return nil
}
