package runbooks

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Names are those that the stacks of the committed environments have, by their synthesized JSON.
type Names struct {
	stacks    map[string]bool
	outputs   map[string][]string // of a stack
	addresses []string            // aws_s3_bucket.x, data.aws_y.z
	values    []string            // every string that a block has; what Terraform fills in is …
	accounts  map[string]bool     // their numbers
}

// OnRequest are what dns.dnssec and Grafana's name add, which no committed environment asks for.
// TestNamesOnRequestAreMade, in package tests, holds them against environments that do.
var OnRequest = struct{ Names, Types []string }{
	Names: []string{"alias/titan-prod-global-dnssec", "titan-prod-grafana-oidc"},
	Types: []string{"aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key"},
}

// interpolation is what Terraform fills in.
var interpolation = regexp.MustCompile(`\$\{[^}]*\}`)

// ReadNames reads the golden files of a folder, a stack each.
func ReadNames(golden string) (*Names, error) {
	files, err := filepath.Glob(filepath.Join(golden, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing %q: %w", golden, err)
	}
	names := &Names{stacks: map[string]bool{}, outputs: map[string][]string{}, accounts: map[string]bool{}}
	values := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading a stack: %w", err)
		}
		var root struct {
			Resource, Data map[string]map[string]any
			Output         map[string]any
			Terraform      any
		}
		if err := json.Unmarshal(content, &root); err != nil {
			return nil, fmt.Errorf("reading the stack %q: %w", file, err)
		}
		stack := strings.TrimSuffix(filepath.Base(file), ".json")
		names.stacks[stack] = true
		names.outputs[stack] = slices.Collect(maps.Keys(root.Output))
		for prefix, section := range map[string]map[string]map[string]any{"": root.Resource, "data.": root.Data} {
			for resource, blocks := range section {
				for id, block := range blocks {
					names.addresses = append(names.addresses, prefix+resource+"."+id)
					collect(block, values)
				}
			}
		}
		collect(root.Terraform, values) // the bucket of state
		for _, number := range regexp.MustCompile(`\b\d{12}\b`).FindAllString(string(content), -1) {
			names.accounts[number] = true
		}
	}
	if len(names.stacks) == 0 {
		return nil, fmt.Errorf("%q has no golden file", golden)
	}
	names.values = append(slices.Collect(maps.Keys(values)), OnRequest.Names...)
	return names, nil
}

func collect(value any, into map[string]bool) {
	switch value := value.(type) {
	case map[string]any:
		for _, one := range value {
			collect(one, into)
		}
	case []any:
		for _, one := range value {
			collect(one, into)
		}
	case string:
		into[interpolation.ReplaceAllString(value, "…")] = true
	}
}

// patterns of what a reader fills in. Other placeholders may be anything without a slash.
var patterns = map[string]string{
	"name": `titan(-(dev|staging|prod|prod-dr|local))?`, "project": "titan", "env": "(dev|staging|prod|prod[-_]dr|local)",
	"primary": "prod", "secondary": "prod-dr", "peer": "(prod|prod-dr)",
	"account": `(\d{12}|development|staging|production|emulated)`,
	"region":  `[a-z]{2}-[a-z]+-\d`, "second region": `[a-z]{2}-[a-z]+-\d`, "other region": `[a-z]{2}-[a-z]+-\d`,
	"home": `[a-z]{2}-[a-z]+-\d`, "first region": `[a-z]{2}-[a-z]+-\d`, "stack": `[a-z0-9.-]+`,
}

// matcher is what a written name stands for: a name of the JSON with other words in its placeholders.
func matcher(name string) *regexp.Regexp {
	var out strings.Builder
	out.WriteString("^")
	last := 0
	for _, at := range regexp.MustCompile(placeholder.String()+`|…|\*`).FindAllStringIndex(name, -1) {
		out.WriteString(regexp.QuoteMeta(name[last:at[0]]))
		pattern := "[^/]*"
		switch written := strings.Trim(name[at[0]:at[1]], "<>"); {
		case written == "…" || written == "*":
			pattern = ".*"
		case patterns[written] != "":
			pattern = patterns[written]
		}
		out.WriteString(pattern)
		last = at[1]
	}
	return regexp.MustCompile(out.String() + regexp.QuoteMeta(name[last:]) + "$")
}

// isStack is whether a stack is called so, or an environment.
func (n *Names) isStack(name string) bool {
	pattern := matcher(name)
	return slices.ContainsFunc(slices.Collect(maps.Keys(n.stacks)), pattern.MatchString)
}

// isThere is whether the JSON has a name.
func (n *Names) isThere(name string) bool {
	pattern := matcher(name)
	return slices.ContainsFunc(n.values, pattern.MatchString)
}

func (n *Names) isAddress(address string) bool {
	pattern := matcher(address)
	return slices.ContainsFunc(n.addresses, pattern.MatchString)
}

// hasType is whether a stack has a resource of a type.
func (n *Names) hasType(kind string) bool {
	return slices.Contains(OnRequest.Types, kind) || n.isAddress(kind+".*")
}

// hasOutput is whether a stack has an output; of <env>, whether any has.
func (n *Names) hasOutput(output, stack string) bool {
	pattern := matcher(stack)
	for name, outputs := range n.outputs {
		if pattern.MatchString(name) && slices.Contains(outputs, output) {
			return true
		}
	}
	return false
}
