package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// TestNoTwoStacksMakeOneName compares what the stacks of an account make in a region. AWS refuses most names that are taken, and overwrites what
// has a topic's or a dashboard's name without a word. Regions may coincide: with us-east-1, where CloudFront and its alarms are.
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
	"home is us-east-1":   {func(e *environments.Environment) { moveRegion(e, "eu-west-1", "us-east-1") }, []string{"dev", "prod", "prod-dr"}},
	"second is us-east-1": {func(e *environments.Environment) { moveRegion(e, "eu-central-1", "us-east-1") }, []string{"staging", "prod", "prod-dr"}},
	"one account": {func(e *environments.Environment) {
		e.Account.ID, e.Account.Owner = "333333333333", e.Name == "prod"
	}, []string{"dev", "staging", "prod", "prod-dr"}},
}

// stacks are the stacks of the environments after the change.
func (c coincidence) stacks(t *testing.T) []placed {
	t.Helper()
	if c.change == nil {
		return committed()
	}
	return alteredAccounts(t, c.change, c.environments...)
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

// nameProblems are the names that are made twice, and the resources of which the table does not know whether their name may be.
func nameProblems(stacks []placed) []string {
	var problems []string
	makers := map[string][]string{} // by name
	for _, one := range stacks {
		for _, kind := range one.types() {
			for _, block := range one.resources(kind) {
				known, ok := nameRules[kind]
				if attribute := nameLike(block); !ok && attribute != "" {
					problems = append(problems, fmt.Sprintf("%s: %s has %s %q and is in no table: say in tests/nametable_test.go where that name is unique",
						one.Name, block.Address, attribute, block.at(attribute)))
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
func namesOf(one placed, kind string, block Block, known nameRule) []string {
	space := known.space
	if space == "" {
		space = kind
	}
	name := []string{space}
	for _, attribute := range known.attributes {
		value, _ := block.at(attribute).(string)
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
		return []string{text + " of " + one.account}
	}
	names := []string{fmt.Sprintf("%s of %s in %s", text, one.account, one.place.Region)}
	for i := range list(block.at("replica")) { // of a secret
		names = append(names, fmt.Sprintf("%s of %s in %v", text, one.account, block.at(fmt.Sprintf("replica.%d.region", i))))
	}
	return names
}

// nameLike is an attribute of a resource that may be its name, and is written out; empty without one.
func nameLike(block Block) string {
	for _, attribute := range slices.Sorted(maps.Keys(block.Body)) {
		likely := attribute == "bucket" || strings.HasSuffix(attribute, "name") || strings.HasSuffix(attribute, "identifier") || strings.HasSuffix(attribute, "_id")
		if value, ok := block.at(attribute).(string); ok && likely && !strings.Contains(value, "${") {
			return attribute
		}
	}
	return ""
}

func TestEveryTypeOfTheNameTableIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, one := range committed() {
		for _, kind := range one.types() {
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
	for name, c := range map[string]struct {
		files coincidence
		stack string // where it is made again
		kind  string
		body  map[string]any
		want  string // empty is no problem
	}{
		"a topic": {
			coincidence{}, "prod-dr.second", "aws_sns_topic", map[string]any{"name": "titan-prod-operations"}, // in prod's region
			"aws_sns_topic titan-prod-operations of 333333333333 in eu-west-1 is made by prod",
		},
		"a topic of another region": {coincidence{}, "prod.second", "aws_sns_topic", map[string]any{"name": "titan-prod-operations"}, ""},
		"a topic of us-east-1 without the suffix, and home is there": {
			coincidences["home is us-east-1"], "prod.global", "aws_sns_topic", map[string]any{"name": "titan-prod-operations"},
			"aws_sns_topic titan-prod-operations of 333333333333 in us-east-1 is made by prod",
		},
		"a role, which has no region": {
			coincidence{}, "prod.second", "aws_iam_role", map[string]any{"name": "titan-prod-backup"}, "aws_iam_role titan-prod-backup of 333333333333 is made by prod",
		},
		"a role of another account": {coincidence{}, "staging.second", "aws_iam_role", map[string]any{"name": "titan-prod-backup"}, ""},
		"a dashboard":               {coincidence{}, "prod.global", "aws_cloudwatch_dashboard", map[string]any{"dashboard_name": "titan-prod"}, "aws_cloudwatch_dashboard titan-prod of 333333333333 is made by prod"},
		"a bucket of another account": {
			coincidence{}, "dev", "aws_s3_bucket", map[string]any{"bucket": "titan-state-333333333333-eu-west-1"}, "aws_s3_bucket titan-state-333333333333-eu-west-1 is made by bootstrap.333333333333.eu-west-1",
		},
		"an alarm with a composite alarm's name": {
			coincidence{}, "prod", "aws_cloudwatch_metric_alarm", map[string]any{"alarm_name": "titan-prod-service-down"}, "alarm titan-prod-service-down of 333333333333 in eu-west-1 is made by prod",
		},
		"a secret with a replica's name": {
			coincidence{}, "prod-dr", "aws_secretsmanager_secret", map[string]any{"name": "titan-prod-grafana"}, "aws_secretsmanager_secret titan-prod-grafana of 333333333333 in eu-central-1 is made by prod",
		},
		"a record of the same set": {
			coincidence{}, "prod-dr.global", "aws_route53_record", map[string]any{"name": "origin.titan.example.com", "type": "A", "set_identifier": "primary"},
			"aws_route53_record origin.titan.example.com A primary of 333333333333 is made by prod.global",
		},
		"a setting of the account": {
			coincidence{}, "prod-dr", "aws_ebs_encryption_by_default", map[string]any{"enabled": true}, "aws_ebs_encryption_by_default of 333333333333 in eu-central-1 is made by prod.second",
		},
		"a type that nobody knows": {coincidence{}, "prod", "aws_dynamodb_table", map[string]any{"name": "locks"}, "aws_dynamodb_table.planted has name \"locks\" and is in no table"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := c.files.stacks(t)
			plantIn(t, stacks, c.stack, c.kind, c.body)
			holdsProblem(t, nameProblems(stacks), c.want)
		})
	}
}

// plantIn puts a resource into a copy of one of the stacks, in its place.
func plantIn(t *testing.T, stacks []placed, name, kind string, body map[string]any) {
	t.Helper()
	for i := range stacks {
		if stacks[i].Name != name {
			continue
		}
		stacks[i].Stack = stacks[i].copy(t)
		resources := mapping(stacks[i].Root, "resource")
		if resources[kind] == nil {
			resources[kind] = map[string]any{}
		}
		mapping(resources, kind)["planted"] = body
		return
	}
	t.Fatalf("no stack %q", name)
}
