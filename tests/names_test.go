package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/nameclash"
	"github.com/titan-platform/titan/internal/soundness"
)

// TestNoTwoStacksMakeOneName compares what the stacks of an account make in a region, as every synthesis does, for
// files that bring regions and accounts together: with us-east-1, say, where CloudFront and its alarms are.
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
	return altered(t, c.change, c.environments...)
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
	unknown, err := nameclash.Unknown(soundness.JSON(stacks))
	if err != nil {
		return []string{err.Error()}
	}
	problems := soundness.Names(stacks)
	for _, resource := range unknown {
		problems = append(problems,
			resource+" and is in no table: say where that name is unique, in internal/nameclash/rules.go")
	}
	return problems
}

func TestEveryTypeOfTheNameTableIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, one := range append(committed(), optionStacks(t)...) {
		for _, kind := range one.Types() {
			used[kind] = true
		}
	}
	for _, kind := range nameclash.Types() {
		if !used[kind] {
			t.Errorf("%s is used nowhere; take it out of internal/nameclash/rules.go", kind)
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
			"prod-dr.second", "aws_sns_topic", topic, "aws_sns_topic titan-prod-operations would be made by prod: ",
		},
		"a topic of another region": {"prod.second", "aws_sns_topic", topic, ""},
		"a role, which has no region": {
			"prod.second", "aws_iam_role", role, "aws_iam_role titan-prod-backup would be made by prod.second: ",
		},
		"a role of another account": {"staging.second", "aws_iam_role", role, ""},
		"a dashboard": {
			"prod.global", "aws_cloudwatch_dashboard", map[string]any{"dashboard_name": "titan-prod"},
			"aws_cloudwatch_dashboard titan-prod would be made by prod: ",
		},
		"a bucket of another account": {
			"dev", "aws_s3_bucket", map[string]any{"bucket": "titan-state-333333333333-eu-west-1"},
			"aws_s3_bucket titan-state-333333333333-eu-west-1 would be made by bootstrap.production.eu-west-1: ",
		},
		"an alarm with a composite alarm's name": {
			"prod", "aws_cloudwatch_metric_alarm", map[string]any{"alarm_name": "titan-prod-service-down"},
			"alarm titan-prod-service-down would be made by prod: ",
		},
		"a secret with a replica's name": {
			"prod-dr", "aws_secretsmanager_secret", map[string]any{"name": "titan-prod-grafana"},
			"aws_secretsmanager_secret titan-prod-grafana would be made by prod: ",
		},
		"a record of the same set": {
			"prod-dr.global", "aws_route53_record", record,
			"aws_route53_record origin.titan.example.com A primary would be made by prod.global: ",
		},
		"a setting of the account": {
			"prod-dr", "aws_ebs_encryption_by_default", map[string]any{"enabled": true},
			"aws_ebs_encryption_by_default would be made by account.production.eu-central-1: ",
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
	holdsProblem(t, nameProblems(stacks), "aws_sns_topic titan-prod-operations would be made by prod: ")
}
