package stacks

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/stacks/order"
)

func TestKernels(t *testing.T) {
	for _, c := range []struct{ environments, cores, want int }{
		{1, 8, 1}, {3, 8, 1}, {4, 8, 2}, {20, 2, 2}, {20, 1, 1}, {20, 8, 8},
	} {
		if got := kernels(c.environments, c.cores); got != c.want {
			t.Errorf("%d environments on %d cores: %d kernels, want %d", c.environments, c.cores, got, c.want)
		}
	}
}

func TestSharesKeepEnvironmentsTogether(t *testing.T) {
	table := []order.Stack{
		{Name: "bootstrap.a.eu-west-1", Environment: "prod"}, {Name: "account.a.eu-west-1", Environment: "prod"},
		{Name: "prod", Environment: "prod"}, {Name: "prod.global", Environment: "prod"},
		{Name: "dev", Environment: "dev"}, {Name: "dev.global", Environment: "dev"},
		{Name: "staging", Environment: "staging"},
	}
	got := shares(table, 2)
	want := [][]string{
		{"bootstrap.a.eu-west-1", "account.a.eu-west-1", "prod", "prod.global"},
		{"dev", "dev.global", "staging"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q, want %q", got, want)
	}
	if one := shares(table, 1); len(one) != 1 || len(one[0]) != len(table) {
		t.Errorf("one kernel builds %q", one)
	}
}
