package environments

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Tiers are the tiers, from the least to the most protected.
func Tiers() []Tier { return []Tier{Development, Staging, Production} }

// Defaults are the settings that a file of a tier has without setting them, by path, as its YAML would say them. What
// is empty is left out.
func Defaults(tier Tier) (map[string]string, error) {
	e := Environment{Name: "env", Tier: tier, Region: referenceRegion}
	e.Account.Owner, e.Account.Repository = "the account's", "the account's"
	e.DNS.Zone = "ZONE"
	e.applyDefaults(func(string) bool { return false })
	text, err := yaml.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("writing the defaults of tier %q: %w", tier, err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("reading the defaults of tier %q: %w", tier, err)
	}
	found := map[string]string{}
	flatten("", tree, found)
	return found, nil
}

// referenceRegion is a region whose zones stand for any region's.
const referenceRegion = Region("eu-west-1")

func flatten(path string, value any, found map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			flatten(strings.TrimPrefix(path+"."+name, "."), v[name], found)
		}
	case []any:
		var texts []string
		for _, item := range v {
			if _, isObject := item.(map[string]any); isObject {
				return // its items have defaults of their own
			}
			texts = append(texts, fmt.Sprint(item))
		}
		if len(texts) > 0 {
			found[path] = strings.Join(texts, ", ")
		}
	default:
		if text := fmt.Sprint(value); value != nil && text != "" {
			found[path] = text
		}
	}
}
