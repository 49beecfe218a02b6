package main

import (
	"os/exec"
	"regexp"
	"testing"
)

// bindings are the packages that some proxies lack modules of, and that take minutes to compile.
var bindings = regexp.MustCompile(`(?m)^github\.com/(hashicorp/terraform-cdk-go|cdktf/|aws/(jsii-runtime-go|constructs-go)).*$`)

// This program gets the modules that nothing which imports them could be built without, so it imports none of them.
func TestThisProgramNeedsNoBindings(t *testing.T) {
	list := func(pattern string) []string {
		t.Helper()
		output, err := exec.CommandContext(t.Context(), "go", "list", "-deps", pattern).Output()
		if err != nil {
			t.Fatal(err)
		}
		return bindings.FindAllString(string(output), -1)
	}
	if found := list("."); len(found) > 0 {
		t.Errorf("it imports %v", found)
	}
	if len(list("../../stacks")) == 0 {
		t.Error("the pattern finds none where there are some")
	}
}
