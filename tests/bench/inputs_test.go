package main

import (
	"testing"

	"github.com/titan-platform/titan/environments"
)

func TestCopiesAreValidEnvironments(t *testing.T) {
	folder := t.TempDir()
	if err := copyEnvironment("../fixtures/platform/dev.yaml", folder, 20); err != nil {
		t.Fatal(err)
	}
	all, err := environments.Load(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 20 {
		t.Errorf("got %d environments, want 20", len(all))
	}
}

func TestSameStack(t *testing.T) {
	const stack = `{"//": {"metadata": 1}, "resource": {"aws_vpc": {"vpc": {"//": 1, "tags": [{"//": 1, "a": 1}]}}}}`
	for other, want := range map[string]bool{
		`{"resource": {"aws_vpc": {"vpc": {"tags": [{"a": 1}]}}}}`: true,
		`{"resource": {"aws_vpc": {"vpc": {"tags": [{"a": 2}]}}}}`: false,
		`{"resource": {"aws_vpc": {"vpc": {}}}}`:                   false,
	} {
		if got, err := sameStack([]byte(stack), []byte(other)); err != nil || got != want {
			t.Errorf("%s: got %v, %v; want %v", other, got, err, want)
		}
	}
}
