package preflight

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestReasons(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{deniedCall("EC2", "DescribeVpcs"),
			"unknown VPCs: " + mayNot("EC2 DescribeVpcs")},
		{refusal("RDS", "DescribeDBClusters", "InvalidAction", ""),
			"unknown VPCs: RDS DescribeDBClusters is not there -> an emulator lacks it; ask AWS itself"},
		{refusal("RDS", "DescribeDBClusters", "Throttling", "Rate exceeded\nmore"),
			"unknown VPCs: RDS DescribeDBClusters: Throttling Rate exceeded"},
		{status(404), "unknown VPCs: the call was answered with status 404"},
		{context.DeadlineExceeded, "unknown VPCs: the call was not answered in time " +
			"-> run it again; where the region is lost, nothing is deployed there now"},
		{status(503), "unknown VPCs: nothing answered the call -> check the way to the region, and run it again"},
		{errors.New("odd"), "unknown VPCs: odd"},
	} {
		expect(t, []Result{unanswered("VPCs", c.err)}, c.want)
	}
}

// TestChecksRunSideBySide has the first check wait for the last one; it would wait for ever if they ran in a row.
func TestChecksRunSideBySide(t *testing.T) {
	last := make(chan struct{})
	checks := []Check{
		{"first", func(context.Context) []Result { <-last; return []Result{good("first", "done")} }},
		{"none", func(context.Context) []Result { return nil }},
		{"last", func(context.Context) []Result { close(last); return []Result{bad("last", "mend it", "broken")} }},
	}
	var told []Result
	tally := Run(t.Context(), checks, time.Minute, func(r Result) { told = append(told, r) })
	expect(t, told, "good first: done", "bad last: broken -> mend it")
	if tally[Good] != 1 || tally[Bad] != 1 || tally[Unknown] != 0 {
		t.Errorf("counted %v", tally)
	}
}

// TestALostRegionHoldsNobodyUp has two checks that get no answer: one that minds its time and one that does not.
func TestALostRegionHoldsNobodyUp(t *testing.T) {
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	checks := []Check{
		{"lost", func(ctx context.Context) []Result { <-ctx.Done(); return []Result{unanswered("lost", ctx.Err())} }},
		{"stuck", func(context.Context) []Result { <-never; return nil }},
		{"well", func(context.Context) []Result { return []Result{good("well", "done")} }},
	}
	var told []Result
	Run(t.Context(), checks, 10*time.Millisecond, func(r Result) { told = append(told, r) })
	const late = ": the call was not answered in time -> run it again; " +
		"where the region is lost, nothing is deployed there now"
	expect(t, told, "unknown lost"+late, "unknown stuck"+late, "good well: done")
}
