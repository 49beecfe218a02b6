// Package leftovers asks AWS what of an environment is there that no state holds: by the tags that its stacks put on
// everything they make, by those that a cluster puts on what it makes, and by names where AWS makes things without
// tags. Nothing is changed but by Remove.
package leftovers

import (
	"cmp"
	"slices"

	"github.com/titan-platform/titan/environments"
)

// Group is what can be done about a leftover.
type Group int

// The groups, in the order in which they are told.
const (
	Loose    Group = iota // it holds no data: it can be taken back into a state, or deleted
	Data                  // it holds data, or nobody knows: titan deletes it never
	Expected              // it stays by design, or goes by itself
)

// Leftover is something of an environment's that no state holds.
type Leftover struct {
	ARN    string
	Region environments.Region // where it was asked for, us-east-1 for what is in no region
	Type   string              // Terraform's, aws_sns_topic; service:type of the ARN where titan knows none
	ID     string              // as `terraform import` takes it; empty where titan does not know how it is imported
	// Address is the resource of the stack that it can be imported to, as far as names tell; ADDRESS where they don't.
	Address string
	Stack   string // the stack whose tags it carries; empty where AWS made it by itself
	Group   Group
	Note    string // what else is known of it, in plain words
	Delete  string // the command by which a person deletes it; empty where it has none of its own

	name string            // in its service
	tags map[string]string // those of the environment or the cluster
	kind kind
}

// Removable is whether Remove can delete it. What holds data it can't.
func (l Leftover) Removable() bool { return l.Group == Loose && l.kind.remove != nil }

// Report is what was found out.
type Report struct {
	Environment string
	Regions     []environments.Region // that were asked
	Leftovers   []Leftover            // by group, then in the order in which they can be deleted
	Unknown     []string              // what was not found out, and why
}

// Removable are the leftovers that can be deleted, in an order in which they can be.
func (r Report) Removable() []Leftover {
	return slices.DeleteFunc(slices.Clone(r.Leftovers), func(l Leftover) bool { return !l.Removable() })
}

func (r *Report) sort() {
	slices.SortStableFunc(r.Leftovers, func(a, b Leftover) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.kind.rank, b.kind.rank), cmp.Compare(a.ARN, b.ARN))
	})
}
