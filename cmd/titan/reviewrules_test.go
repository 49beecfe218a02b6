package main

import (
	"maps"
	"testing"

	"github.com/titan-platform/titan/environments"
)

func TestReviewsKnowWhichOriginHeaderIsSent(t *testing.T) {
	named := func(name string, change func(*environments.Environment)) environments.Environment {
		e := environments.Environment{Name: name}
		e.Account.Project = "titan"
		e.Edge.Enabled = true
		e.LoadBalancer.OriginSecret = environments.OriginSecretA
		change(&e)
		return e
	}
	got := sent([]environments.Environment{
		named("prod", func(e *environments.Environment) { e.LoadBalancer.OriginSecret = environments.OriginSecretB }),
		named("prod-dr", func(e *environments.Environment) { e.Edge.Enabled, e.DR.Role = false, environments.DRSecondary }),
		named("staging", func(*environments.Environment) {}),
		named("dev", func(e *environments.Environment) { e.Edge.Enabled = false }),
	})
	if want := map[string]string{"prod": "titan-prod-origin-b", "staging": "titan-staging-origin-a"}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
