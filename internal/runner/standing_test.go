package runner

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// table is chain on two regions' bootstrap stacks.
var table = []order.Stack{
	{Name: "bootstrap.1.here", Kind: order.Bootstrap, Region: "here"},
	{Name: "bootstrap.1.there", Kind: order.Bootstrap, Region: "there"},
	{Name: "bootstrap.1.unused", Kind: order.Bootstrap, Region: "unused"},
	{Name: "a", Kind: order.Second, StateRegion: "there", After: []string{"bootstrap.1.there"}},
	{Name: "b", Kind: order.Environment, StateRegion: "here", After: []string{"bootstrap.1.here", "a"}},
}

func named(stacks []order.Stack) []string {
	var names []string
	for _, stack := range stacks {
		names = append(names, stack.Name)
	}
	return names
}

func TestMissingIsWhatHasNoBucketOrNoState(t *testing.T) {
	w := newWorld()
	r, _ := w.runner()
	w.stack["a"].ask = func() error { return &terraform.MissingBucketError{Bucket: "there"} }
	w.stack["b"].made = true
	missing, err := r.Missing(t.Context(), table, table)
	if diff := cmp.Diff([]string{"bootstrap.1.there", "a"}, named(missing)); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	w.stack["a"].ask = nil
	missing, err = r.Missing(t.Context(), table, table)
	if diff := cmp.Diff([]string{"a"}, named(missing)); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	r, _ = w.runner()
	w.stack["a"].ask = func() error { return errors.New("the region does not answer") }
	_, err = r.Missing(t.Context(), table, table)
	if err == nil || err.Error() != "asking whether bootstrap.1.there stands: the region does not answer" {
		t.Errorf("got %v", err)
	}
}

func TestHolding(t *testing.T) {
	w := newWorld()
	r, _ := w.runner()
	w.stack["a"].made = true
	w.stack["c"].ask = func() error { return &terraform.MissingBucketError{} }
	holding, err := r.Holding(t.Context(), chain)
	if diff := cmp.Diff([]string{"a"}, named(holding)); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	w.stack["d"].ask = func() error { return errors.New("denied") }
	r, _ = w.runner()
	if _, err := r.Holding(t.Context(), chain); err == nil || err.Error() != "asking what d holds: denied" {
		t.Errorf("got %v", err)
	}
}

func TestAFolderIsInitializedOnce(t *testing.T) {
	w := newWorld()
	r, _ := w.runner()
	inits := 0
	w.stack["a"].init = func() error {
		if inits++; inits == 1 {
			return errors.New("no network")
		}
		return nil
	}
	for range 3 {
		_, _ = r.Run(t.Context(), Plan, chain[:1])
	}
	if inits != 2 { // once more after the failure
		t.Errorf("initialized %d times", inits)
	}
}
