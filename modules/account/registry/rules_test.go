package registry

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Two environments of one second region share its rule, whatever order their files have.
func TestMerge(t *testing.T) {
	want := []Rule{{"eu-central-1", []string{"a-chart", "a-image", "b-image"}}, {"eu-west-3", []string{"c-image"}}}
	forth := []Rule{
		{"eu-central-1", []string{"b-image"}},
		{"eu-west-3", []string{"c-image"}},
		{"eu-central-1", []string{"a-image", "a-chart", "a-image"}},
	}
	back := []Rule{forth[2], forth[1], forth[0]}
	for _, rules := range [][]Rule{forth, back} {
		if got, err := Merge(rules); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	if got, err := Merge(nil); err != nil || got != nil {
		t.Errorf("got %v, %v of nothing", got, err)
	}
}

func TestMergeRefusesWhatECRRefuses(t *testing.T) {
	var regions []Rule
	var prefixes []string
	for i := range maxPrefixes + 1 {
		prefixes = append(prefixes, fmt.Sprintf("image-%d", i))
	}
	for i := range maxRules + 1 {
		regions = append(regions, Rule{fmt.Sprintf("eu-west-%d", i), prefixes[:1]})
	}
	for name, test := range map[string]struct {
		rules []Rule
		want  string
	}{
		"regions":        {regions, "replicates to 11 regions, at most 10"},
		"prefixes":       {[]Rule{{"eu-west-1", prefixes}}, `101 repositories are replicated to "eu-west-1"`},
		"no prefix":      {[]Rule{{"eu-west-1", nil}}, "no repository is named"},
		"short":          {[]Rule{{"eu-west-1", []string{"a"}}}, `"a" can't be replicated`},
		"long":           {[]Rule{{"eu-west-1", []string{strings.Repeat("a", 257)}}}, "has 2 to 256"},
		"capital letter": {[]Rule{{"eu-west-1", []string{"Titan"}}}, `"Titan" can't be replicated`},
		"a wildcard":     {[]Rule{{"eu-west-1", []string{"titan*"}}}, `"titan*" can't be replicated`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Merge(test.rules); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	if _, err := Merge([]Rule{{"eu-west-1", prefixes[:maxPrefixes]}}); err != nil {
		t.Errorf("the most that ECR takes is refused: %v", err)
	}
	if _, err := Merge(regions[:maxRules]); err != nil {
		t.Errorf("the most that ECR takes is refused: %v", err)
	}
}
