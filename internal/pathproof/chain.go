package pathproof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Step leads from one to the next: a security group's rule, a trust, a policy's statement.
type Step struct {
	From, To string
	By       string // the resource that lets it, with what of it: prod: aws_iam_role_policy.x, statement ReadSecrets
}

// String is the step in a line.
func (s Step) String() string { return fmt.Sprintf("%s → %s, by %s", s.From, s.To, s.By) }

// Chain is a way, step by step.
type Chain []Step

// String is the chain on one line.
func (c Chain) String() string {
	var steps []string
	for _, step := range c {
		steps = append(steps, step.String())
	}
	return strings.Join(steps, "; ")
}

// Reach is somebody or something that gets there.
type Reach struct {
	Who   string // as the invariants' table has it: nodes on tcp 5432, titan-prod-promote
	Chain Chain
}

// sorted are reaches by who, each of them once.
func sorted(found []Reach) []Reach {
	slices.SortStableFunc(found, func(a, b Reach) int { return cmp.Compare(a.Who, b.Who) })
	return slices.CompactFunc(found, func(a, b Reach) bool { return a.Who == b.Who })
}

// by names a part of a resource.
func by(node *graph.Node, part string) string {
	if part == "" {
		return node.String()
	}
	return node.String() + ", " + part
}

// unique are names in order, each of them once.
func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
