package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/runner"
)

// paris is the bucket of state of a region that no file of the fixture names.
var paris = states.Bucket{Name: "titan-state-333333333333-eu-west-3", Project: "titan", Region: "eu-west-3"}

// changed is a bench whose production account has states, after what a file says was changed.
func changed(change func(*environments.Environment), bucket states.Bucket, held ...states.State) *bench {
	b := newBench("yes\n", append(under, "account.production.eu-west-1")...)
	b.kept.buckets = []states.Bucket{bucket}
	b.kept.states = map[string][]states.State{bucket.Name: held}
	b.options.environments = func() ([]environments.Environment, error) {
		all := fixture()
		for i := range all {
			if all[i].Account.Name == "production" {
				all[i].Account.Repository = "acme/platform"
				change(&all[i])
			}
		}
		return environments.Resolve(all), nil
	}
	return b
}

// Each row is a file that was changed while the state of before holds something.
func TestStatesThatNoFileLeadsTo(t *testing.T) {
	same := func(*environments.Environment) {}
	home := states.Bucket{Name: homeBucket, Project: "titan", Region: "eu-west-1"}
	old := states.Bucket{Name: "old-state-333333333333-eu-west-1", Project: "old", Region: "eu-west-1"}
	for name, c := range map[string]struct {
		change func(*environments.Environment)
		bucket states.Bucket
		held   states.State
		want   string // of the line; empty is no refusal
	}{
		"the region": {same, paris, states.State{Stack: "prod", Resources: 300}, "the files have it in eu-west-1"},
		"the region of a file that is gone": {same, paris, states.State{Stack: "gone", Resources: 3},
			"gone: 3 in s3://titan-state-333333333333-eu-west-3/gone/terraform.tfstate"},
		"the role of a pair": {same, home, states.State{Stack: "prod.global", Resources: 57},
			"the files have this state in eu-central-1, where it can be copied to"},
		"no second region any more": {func(e *environments.Environment) {
			if e.Name == "prod-dr" {
				e.SecondRegion = ""
			}
		}, paris, states.State{Stack: "prod-dr.second", Resources: 27}, "the file has no second_region"},
		"another account": {func(e *environments.Environment) {
			if e.Name == "prod-dr" {
				e.Account = environments.Account{Name: "spare", ID: "555555555555", Project: "titan", Region: "eu-west-1"}
			}
		}, home, states.State{Stack: "prod-dr", Resources: 300}, `the files have it in account "spare"`},
		"the account's first region": {func(e *environments.Environment) { e.Account.Region = "eu-central-1" }, home,
			states.State{Stack: "account.production.eu-west-1", Resources: 61, Types: []string{"aws_iam_policy", "aws_s3_bucket"}},
			`accounts/production.yaml has "eu-central-1" as the first region`},
		"the account's region, which nothing uses any more": {same, paris,
			states.State{Stack: "account.production.eu-west-3", Resources: 30}, "no file has such an account in that region"},
		"the account's name": {same, home, states.State{Stack: "account.prod.eu-west-1", Resources: 61},
			"no file has such an account in that region"},
		"the project": {same, old, states.State{Stack: "prod", Resources: 300, Repository: "acme/platform"},
			`the project is "titan"`},

		"the project of another platform": {same, old, states.State{Stack: "prod", Resources: 300, Repository: "acme/other"}, ""},
		"nothing":                         {same, home, states.State{Stack: "prod", Resources: 300}, ""},
		"nothing of the account": {same, home,
			states.State{Stack: "account.production.eu-west-1", Resources: 61, Types: []string{"aws_iam_policy"}}, ""},
		"the delegation of a zone": {func(e *environments.Environment) { e.DNS.Delegated = e.Name != "prod-dr" }, paris,
			states.State{Stack: "prod-dr.global", Resources: 12}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(environmentsVariable, "")
			b := changed(c.change, c.bucket, c.held)
			code := b.run(t, runner.Deploy, "prod.zone")
			planned := strings.Contains(b.out.String(), "planning")
			if refused := c.want != ""; refused == (code == exitDone) || refused == planned || !strings.Contains(b.err.String(), c.want) {
				t.Errorf("exit code %d\n%s\nwant %q", code, b.err.String(), c.want)
			}
		})
	}
}

func TestAMovedStateIsRefusedInWholeText(t *testing.T) {
	t.Setenv(environmentsVariable, "")
	b := changed(func(*environments.Environment) {}, paris, states.State{Stack: "prod", Resources: 300})
	for _, verb := range []runner.Verb{runner.Deploy, runner.Destroy} {
		b.err.Reset()
		if code := b.run(t, verb, "prod"); code != exitFailed || strings.Contains(b.out.String(), "planning") {
			t.Errorf("%s: exit code %d\n%s", verb, code, b.out.String())
		}
		expect(t, string(verb), b.err.String(), `states that the files do not lead to any more still hold resources; nothing was changed:
  prod: 300 in s3://titan-state-333333333333-eu-west-3/prod/terraform.tfstate; the files have it in eu-west-1
What stands is not moved by changing a region, second region, account or project in the files. Put them back as they
were (git log -p -- environments), destroy what they say, and change them then; docs/runbooks/destroy.md says
what can be moved.
`)
	}
	// Another environment's is no reason not to destroy this one.
	b = changed(func(*environments.Environment) {}, paris, states.State{Stack: "prod", Resources: 300})
	b.folders["prod-dr"].made = true
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
}

func TestBucketsThatCannotBeListedAreSaid(t *testing.T) {
	t.Setenv(environmentsVariable, "")
	b := changed(func(*environments.Environment) {}, paris, states.State{Stack: "prod", Resources: 300})
	b.kept.buckets, b.kept.unlisted = nil, errors.New("listing the buckets of account 333333333333: AccessDenied")
	if code := b.run(t, runner.Deploy, "prod.zone"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	want := "whether a region or project that no file names any more has states was not found out: " +
		"listing the buckets of account 333333333333: AccessDenied\n"
	if !strings.Contains(b.out.String(), want) {
		t.Errorf("screen:\n%s", b.out.String())
	}
}
