package leftovers

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/preflight"
	"github.com/titan-platform/titan/stacks/order"
)

// Search is whose leftovers are asked for, and where.
type Search struct {
	Environment environments.Environment
	// In configures the clients of a region.
	In func(environments.Region) aws.Config
	// Held is what the states of the environment's stacks manage, those of its zone among them.
	Held []states.Resource
}

// clusterType is the type whose presence in a state says that the cluster stands.
const clusterType = "aws_eks_cluster"

// Regions are those that an environment's stacks are in, and us-east-1, where AWS lists what is in no region.
func Regions(environment environments.Environment) []environments.Region {
	regions := []environments.Region{environment.Region}
	for _, stack := range order.Of(environment) {
		if !stack.Shared() {
			regions = append(regions, stack.Region)
		}
	}
	if environment.SecondRegion != "" { // whose stack is left out while the zone waits for its delegation
		regions = append(regions, environment.SecondRegion)
	}
	regions = append(regions, environments.GlobalRegion)
	slices.Sort(regions)
	return slices.Compact(regions)
}

// Run asks. A question without an answer is told as unknown, and ends nothing.
func (s Search) Run(ctx context.Context) Report {
	report := Report{Environment: s.Environment.Name, Regions: Regions(s.Environment)}
	held := holding(s.Held)
	for _, region := range report.Regions {
		r := &search{Search: s, region: region, clients: clientsOf(s.In(region)), held: held, report: &report}
		r.run(ctx)
	}
	report.sort()
	return report
}

// search is that of a region.
type search struct {
	Search
	clients
	region environments.Region
	held   held
	report *Report
	found  []Leftover
	lost   bool // whether the region does not answer
}

func (s *search) run(ctx context.Context) {
	for _, ask := range s.questions() {
		if s.lost { // each of its calls would wait for a minute and more
			break
		}
		s.add(ask(ctx)...)
	}
	s.found = slices.DeleteFunc(s.found, s.isHeld)
	if !s.lost {
		s.look(ctx)
	}
	s.report.Leftovers = append(s.report.Leftovers, s.found...)
}

// questions are what is asked in the region. While the cluster stands, what it made is its own.
func (s *search) questions() []func(context.Context) []Leftover {
	own := map[string]string{"project": s.Environment.Project(), "environment": s.Environment.Name}
	questions := []func(context.Context) []Leftover{
		func(ctx context.Context) []Leftover { return s.tagged(ctx, own) },
	}
	if s.region == environments.GlobalRegion {
		questions = append(questions, func(ctx context.Context) []Leftover { return s.roles(ctx, own) })
	}
	if s.region == s.Environment.Region && !s.held.types[clusterType] {
		for _, tags := range clusterTags(s.Environment.ClusterName()) {
			questions = append(questions, func(ctx context.Context) []Leftover { return s.ofCluster(ctx, tags) })
		}
		questions = append(questions, s.interfaces, s.logGroups)
	}
	return questions
}

// add takes leftovers up, each once.
func (s *search) add(found ...Leftover) {
	for _, one := range found {
		known := func(other Leftover) bool { return other.ARN == one.ARN }
		if !slices.ContainsFunc(s.found, known) {
			s.found = append(s.found, one)
		}
	}
}

// unknown tells a question that got no answer, once for each reason.
func (s *search) unknown(what string, err error) {
	s.lost = s.lost || awsops.IsUnreachable(err)
	result := preflight.Unanswered(fmt.Sprintf("%s in %s", what, s.region), err)
	line := result.Subject + ": " + result.Detail
	if result.Remedy != "" {
		line += "; " + result.Remedy
	}
	if !slices.Contains(s.report.Unknown, line) {
		s.report.Unknown = append(s.report.Unknown, line)
	}
}

// held is what states manage, for a look-up.
type held struct {
	names map[string]bool // ARNs and ids
	types map[string]bool
}

func holding(resources []states.Resource) held {
	h := held{names: map[string]bool{}, types: map[string]bool{}}
	for _, resource := range resources {
		h.names[resource.ARN], h.names[resource.ID], h.types[resource.Type] = true, true, true
	}
	delete(h.names, "")
	return h
}

// isHeld is whether a state manages it. Some types have no ARN in a state, a NAT gateway for one; the ids of EC2 alone
// are nobody else's.
func (s *search) isHeld(l Leftover) bool {
	return s.held.names[l.ARN] || l.kind.service == "ec2" && s.held.names[l.name]
}

// sorted are the keys of tags.
func sorted(tags map[string]string) []string { return slices.Sorted(maps.Keys(tags)) }
