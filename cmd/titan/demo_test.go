package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The account's stack and the zone wait for the bucket alone, and so are deployed side by side.
func TestTheDemoDeploysInWaves(t *testing.T) {
	t.Chdir("../..")
	stacks, err := localStacks()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, wave := range waves(stacks) {
		got = append(got, strings.Join(namesOf(wave), " "))
	}
	want := []string{"bootstrap.emulated.eu-west-1", "account.emulated.eu-west-1 local.zone", "local", "local.global"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
