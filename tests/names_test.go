package tests

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// TestNoTwoStacksMakeOneName compares what the stacks of an account make in a region. AWS refuses most names that are
// taken, and overwrites what has a topic's or a dashboard's name without a word. Regions may coincide: with us-east-1,
// where CloudFront and its alarms are.
func TestNoTwoStacksMakeOneName(t *testing.T) {
	for name, c := range coincidences {
		t.Run(name, func(t *testing.T) {
			for _, problem := range nameProblems(c.stacks(t)) {
				t.Error(problem)
			}
		})
	}
}

// coincidence is a change to the files that would bring names together, and the environments that it is about.
type coincidence struct {
	change       func(*environments.Environment)
	environments []string
}

var coincidences = map[string]coincidence{
	"the committed files": {},
	"home is us-east-1": {
		func(e *environments.Environment) { moveRegion(e, "eu-west-1", "us-east-1") },
		[]string{"dev", "prod", "prod-dr"},
	},
	"second is us-east-1": {
		func(e *environments.Environment) { moveRegion(e, "eu-central-1", "us-east-1") },
		[]string{"staging", "prod", "prod-dr"},
	},
	"one account": {
		func(e *environments.Environment) {
			e.AccountName, e.Account = "production", accountNamed("production")
		},
		[]string{"dev", "staging", "prod", "prod-dr"},
	},
}

// stacks are the stacks of the environments after the change.
func (c coincidence) stacks(t *testing.T) []Stack {
	t.Helper()
	if c.change == nil {
		return committed()
	}
	return alteredAccounts(t, c.change, c.environments...)
}

// accountNamed is a committed account.
func accountNamed(name string) environments.Account {
	i := slices.IndexFunc(loaded, func(e environments.Environment) bool { return e.AccountName == name })
	return loaded[i].Account
}

// moveRegion puts another region in a region's place.
func moveRegion(e *environments.Environment, from, to environments.Region) {
	if e.SecondRegion == from {
		e.SecondRegion = to
	}
	if e.Region != from {
		return
	}
	e.Region = to
	zones := make([]string, len(e.Network.AvailabilityZones))
	for i, zone := range e.Network.AvailabilityZones {
		zones[i] = strings.Replace(zone, string(from), string(to), 1)
	}
	e.Network.AvailabilityZones = zones
}

// nameProblems are the names that are made twice, and the resources of which the table does not know whether their name
// may be.
func nameProblems(stacks []Stack) []string {
	var problems []string
	makers := map[string][]string{} // by name
	for _, one := range stacks {
		for _, kind := range one.Types() {
			for _, block := range one.Resources(kind) {
				known, ok := nameRules[kind]
				if attribute := nameLike(block); !ok && attribute != "" {
					problems = append(problems, fmt.Sprintf("%s: %s has %s %q and is in no table: say where that name is unique, "+
						"in tests/nametable_test.go", one.Name, block.Address, attribute, block.At(attribute)))
				}
				if !ok || known.reach == anywhere {
					continue
				}
				for _, name := range namesOf(one, kind, block, known) {
					makers[name] = append(makers[name], one.Name+": "+block.Address)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(makers)) {
		if by := makers[name]; len(by) > 1 {
			problems = append(problems, fmt.Sprintf("%s is made by %s", name, strings.Join(by, " and ")))
		}
	}
	return problems
}

// namesOf are the names that a resource takes: one, none where it is not written out, and more where it has replicas.
func namesOf(one Stack, kind string, block Block, known nameRule) []string {
	space := known.space
	if space == "" {
		space = kind
	}
	name := []string{space}
	for _, attribute := range known.attributes {
		value, _ := block.At(attribute).(string)
		if strings.Contains(value, "${") {
			return nil // another's, which is compared where it is made, or one that AWS gives
		}
		name = append(name, value)
	}
	text := strings.TrimRight(strings.Join(name, " "), " ")
	switch known.reach {
	case worldwide:
		return []string{text}
	case global:
		return []string{text + " of " + one.AccountID}
	}
	names := []string{fmt.Sprintf("%s of %s in %s", text, one.AccountID, one.Place.Region)}
	for i := range synth.List(block.At("replica")) { // of a secret
		names = append(names, fmt.Sprintf("%s of %s in %v", text, one.AccountID, block.At(fmt.Sprintf("replica.%d.region", i))))
	}
	return names
}

// likelyName is what arguments are called that name the resource itself.
var likelyName = regexp.MustCompile(`(^bucket|name|identifier|_id)$`)

// nameLike is an attribute of a resource that may be its name, and is written out; empty without one.
func nameLike(block Block) string {
	for _, attribute := range slices.Sorted(maps.Keys(block.Body)) {
		value, ok := block.At(attribute).(string)
		if ok && likelyName.MatchString(attribute) && !strings.Contains(value, "${") {
			return attribute
		}
	}
	return ""
}

func TestEveryTypeOfTheNameTableIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, one := range append(committed(), optionStacks(t)...) {
		for _, kind := range one.Types() {
			used[kind] = true
		}
	}
	for kind := range nameRules {
		if !used[kind] {
			t.Errorf("%s is used nowhere; take it out of tests/nametable_test.go", kind)
		}
	}
}

func TestANameThatIsMadeTwiceIsSeen(t *testing.T) {
	topic, role := map[string]any{"name": "titan-prod-operations"}, map[string]any{"name": "titan-prod-backup"}
	record := map[string]any{"name": "origin.titan.example.com", "type": "A", "set_identifier": "primary"}
	for name, c := range map[string]struct {
		stack, kind string // where what is made again
		body        map[string]any
		want        string // empty is no problem
	}{
		"a topic": { // that stack is in the region of prod
			"prod-dr.second", "aws_sns_topic", topic, "titan-prod-operations of 333333333333 in eu-west-1 is made by prod",
		},
		"a topic of another region": {"prod.second", "aws_sns_topic", topic, ""},
		"a role, which has no region": {
			"prod.second", "aws_iam_role", role, "titan-prod-backup of 333333333333 is made by prod",
		},
		"a role of another account": {"staging.second", "aws_iam_role", role, ""},
		"a dashboard": {
			"prod.global", "aws_cloudwatch_dashboard", map[string]any{"dashboard_name": "titan-prod"},
			"titan-prod of 333333333333 is made by prod",
		},
		"a bucket of another account": {
			"dev", "aws_s3_bucket", map[string]any{"bucket": "titan-state-333333333333-eu-west-1"},
			"titan-state-333333333333-eu-west-1 is made by bootstrap.production.eu-west-1",
		},
		"an alarm with a composite alarm's name": {
			"prod", "aws_cloudwatch_metric_alarm", map[string]any{"alarm_name": "titan-prod-service-down"},
			"alarm titan-prod-service-down of 333333333333 in eu-west-1 is made by prod",
		},
		"a secret with a replica's name": {
			"prod-dr", "aws_secretsmanager_secret", map[string]any{"name": "titan-prod-grafana"},
			"titan-prod-grafana of 333333333333 in eu-central-1 is made by prod",
		},
		"a record of the same set": {
			"prod-dr.global", "aws_route53_record", record,
			"origin.titan.example.com A primary of 333333333333 is made by prod.global",
		},
		"a setting of the account": {
			"prod-dr", "aws_ebs_encryption_by_default", map[string]any{"enabled": true},
			"aws_ebs_encryption_by_default of 333333333333 in eu-central-1 is made by account.production.eu-central-1",
		},
		"a type that nobody knows": {
			"prod", "aws_dynamodb_table", map[string]any{"name": "locks"}, `aws_dynamodb_table.planted has name "locks"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, c.stack, c.kind, c.body)
			holdsProblem(t, nameProblems(stacks), c.want)
		})
	}
}

// What the suffix of us-east-1's names is for: without it, a topic there takes the place of the one at home.
func TestANameWithoutItsStacksSuffixIsSeenWhereRegionsCoincide(t *testing.T) {
	stacks := coincidences["home is us-east-1"].stacks(t)
	plantIn(t, stacks, "prod.global", "aws_sns_topic", map[string]any{"name": "titan-prod-operations"})
	holdsProblem(t, nameProblems(stacks), "titan-prod-operations of 333333333333 in us-east-1 is made by prod")
}
