package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/synth"
)

// drRow is where a request ends in one situation.
type drRow struct {
	primary, secondary string
	end                string
	old                []string // the environments whose old data a request can reach, whichever region Route 53 names
}

// healths are who of the pair is healthy.
var healths = []map[string]bool{
	{},
	{primaryName: true},
	{secondaryName: true},
	{primaryName: true, secondaryName: true},
}

// drRows walks every situation: the pair as each version of the files has it, or with a primary that is back from
// before the failover, untouched; each of the two healthy or not. plant makes a mistake in the stacks first, nil
// makes none.
func drRows(t *testing.T, versions []drVersion, plant func(map[string]Stack)) []drRow {
	t.Helper()
	var rows []drRow
	for _, version := range versions {
		for _, untouched := range []bool{false, true} {
			if untouched && !version.files.fenced {
				continue
			}
			stacks := copies(version.stacks)
			if untouched {
				stacks[primaryName] = stack(t, primaryName).Copy()
			}
			if plant != nil {
				plant(stacks)
			}
			distribution, err := requestpath.FindDistribution(graphOf(t, stacks), loadedNamed(t, primaryName).DNS.Name)
			if err != nil {
				t.Fatal(err)
			}
			for _, healthy := range healths {
				rows = append(rows, drRow{
					primary:   primaryState(version.files.fenced, untouched, healthy[primaryName]),
					secondary: secondaryState(version.files.active, healthy[secondaryName]),
					end:       endOf(t, distribution, healthy),
					old:       oldDataReached(t, distribution, version.stale),
				})
			}
		}
	}
	return rows
}

func primaryState(fenced, untouched, healthy bool) string {
	switch {
	case untouched && healthy:
		return "back untouched"
	case untouched:
		return "lost"
	case fenced && healthy:
		return "fenced"
	case fenced:
		return "fenced, unhealthy"
	case healthy:
		return "healthy"
	}
	return "unhealthy"
}

func secondaryState(active, healthy bool) string {
	switch {
	case active && healthy:
		return "active"
	case active:
		return "active, unhealthy"
	case healthy:
		return "standby"
	}
	return "standby, unhealthy"
}

// viewers are the headers that clients try: none, and the one that says who serves, which is not theirs to say.
var viewers = []map[string]string{
	nil,
	{environments.ServingHeader: primaryName},
	{strings.ToLower(environments.ServingHeader): secondaryName},
	{environments.ServingHeader: ":standby"}, // what a load balancer that refuses waits for
	{environments.ServingHeader: environments.Nobody},
}

// endOf is where a request ends while some environments are healthy.
func endOf(t *testing.T, distribution *requestpath.Distribution, healthy map[string]bool) string {
	t.Helper()
	regions := map[string]bool{}
	for name := range healthy {
		regions[string(loadedNamed(t, name).Region)] = true
	}
	ends := map[string]bool{}
	for _, viewer := range viewers {
		end, err := distribution.Send(func(region string) bool { return regions[region] }, viewer)
		if err != nil {
			t.Fatal(err)
		}
		ends[end.String()] = true
	}
	if len(ends) != 1 {
		t.Errorf("a client's own header decides where it ends: %v", slices.Sorted(maps.Keys(ends)))
	}
	return strings.Join(slices.Sorted(maps.Keys(ends)), " or ")
}

// oldDataReached are the environments with data that must not serve whose load balancer would forward a request.
func oldDataReached(t *testing.T, distribution *requestpath.Distribution, stale map[string]bool) []string {
	t.Helper()
	reached := map[string]bool{}
	for _, viewer := range viewers {
		ends, err := distribution.SendToEach(viewer)
		if err != nil {
			t.Fatal(err)
		}
		if len(ends) != len(stale) {
			t.Errorf("the distribution leads to %v, want a load balancer of each of %v", ends, stale)
		}
		for _, end := range ends {
			if end.Action.Type == requestpath.Forward && stale[end.LoadBalancer.Stack] {
				reached[end.LoadBalancer.Stack] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(reached))
}

// drTable is where a request has to end. Nobody answers in a region that is lost; what is said of it holds for the
// moment it is back.
var drTable = []struct{ primary, secondary, end string }{
	{"healthy", "standby", "eu-west-1: forward"},
	{"healthy", "standby, unhealthy", "eu-west-1: forward"},
	{"unhealthy", "standby", "eu-west-1: forward"}, // nobody is moved to old data before a person has decided so
	{"unhealthy", "standby, unhealthy", "eu-west-1: forward"},

	{"fenced", "standby", "eu-west-1: fixed-response 503"}, // Route 53 answers with the primary all the same
	{"fenced", "standby, unhealthy", "eu-west-1: fixed-response 503"},
	{"fenced, unhealthy", "standby", "eu-west-1: fixed-response 503"},
	{"fenced, unhealthy", "standby, unhealthy", "eu-west-1: fixed-response 503"},
	{"back untouched", "standby", "eu-west-1: fixed-response 503"},
	{"back untouched", "standby, unhealthy", "eu-west-1: fixed-response 503"},
	{"lost", "standby", "eu-west-1: fixed-response 503"},
	{"lost", "standby, unhealthy", "eu-west-1: fixed-response 503"},

	{"fenced", "active", "eu-central-1: forward"},
	{"fenced, unhealthy", "active", "eu-central-1: forward"},
	{"back untouched", "active", "eu-central-1: forward"},
	{"lost", "active", "eu-central-1: forward"},
	{"fenced", "active, unhealthy", "eu-west-1: fixed-response 503"}, // and not what was before the failover
	{"fenced, unhealthy", "active, unhealthy", "eu-west-1: fixed-response 503"},
	{"back untouched", "active, unhealthy", "eu-west-1: fixed-response 503"},
	{"lost", "active, unhealthy", "eu-west-1: fixed-response 503"},
}

// TestNoRequestReachesOldData walks every situation of a pair: where a request ends, and that it never ends at data
// that is older than what has been served since: the primary's after its secondary was activated, and a standby's.
func TestNoRequestReachesOldData(t *testing.T) {
	versions := drVersions(t)
	t.Run("every situation", func(t *testing.T) { endsWhereItHasTo(t, versions) })
	t.Run("planted", func(t *testing.T) { seesAFenceThatLeaks(t, versions) })
}

func endsWhereItHasTo(t *testing.T, versions []drVersion) {
	rows := drRows(t, versions, nil)
	t.Logf("where a request ends\n%s", tableOf(rows))
	for _, want := range drTable {
		i := slices.IndexFunc(rows, func(row drRow) bool {
			return row.primary == want.primary && row.secondary == want.secondary
		})
		switch {
		case i < 0:
			t.Errorf("no row for a primary that is %s and a secondary that is %s", want.primary, want.secondary)
		case rows[i].end != want.end:
			t.Errorf("primary %s, secondary %s: it ends at %s, want %s", want.primary, want.secondary, rows[i].end, want.end)
		}
	}
	if len(rows) != len(drTable) {
		t.Errorf("%d situations, and the table has %d", len(rows), len(drTable))
	}
	for _, row := range rows {
		if len(row.old) > 0 {
			t.Errorf("primary %s, secondary %s: a request can reach the old data of %v", row.primary, row.secondary, row.old)
		}
	}
}

func tableOf(rows []drRow) string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "primary\tsecondary\tends\told data")
	for _, row := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%v\n", row.primary, row.secondary, row.end, row.old)
	}
	if err := table.Flush(); err != nil {
		return err.Error()
	}
	return text.String()
}

// seesAFenceThatLeaks plants what would let a request reach old data.
func seesAFenceThatLeaks(t *testing.T, versions []drVersion) {
	for name, c := range map[string]struct {
		plant func(map[string]Stack)
		leaks string // a situation that shows it
		whose string
	}{
		"a listener that forwards while fenced": {func(stacks map[string]Stack) {
			refuseRuleOf(stacks[primaryName]).Put(t, "action", forwardRuleOf(stacks[primaryName]).At("action"))
		}, "fenced, active", primaryName},
		"a listener that forwards by default": {func(stacks map[string]Stack) {
			httpsListenerOf(stacks[primaryName]).Put(t, "default_action", forwardRuleOf(stacks[primaryName]).At("action"))
			stacks[primaryName].Remove("aws_lb_listener_rule", "loadbalancer_not-serving")
		}, "fenced, standby", primaryName},
		"a listener without the serving condition": {func(stacks map[string]Stack) {
			rule := forwardRuleOf(stacks[primaryName])
			rule.Put(t, "condition", synth.List(rule.At("condition"))[:1])
		}, "back untouched, active", primaryName},
		"a standby without the serving condition": {func(stacks map[string]Stack) {
			rule := forwardRuleOf(stacks[secondaryName])
			rule.Put(t, "condition", synth.List(rule.At("condition"))[:1])
		}, "healthy, standby", secondaryName},
		"a distribution that sends a fixed name": {func(stacks map[string]Stack) {
			distributionOf(stacks[globalName]).Put(t, "origin.0.custom_header.1.value", primaryName)
		}, "back untouched, active, unhealthy", primaryName},
	} {
		t.Run(name, func(t *testing.T) {
			leaks := slices.ContainsFunc(drRows(t, versions, c.plant), func(row drRow) bool {
				return row.primary+", "+row.secondary == c.leaks && slices.Equal(row.old, []string{c.whose})
			})
			if !leaks {
				t.Errorf("no request reaches the old data of %s while they are %s", c.whose, c.leaks)
			}
		})
	}
}
