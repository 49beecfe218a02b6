package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/titan-platform/titan/stacks/order"
)

// localState is the file that a bootstrap stack's backend keeps its state in, seen from the repository's root.
func localState(stack string) string { return "terraform." + stack + ".tfstate" }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// stateBucketMade is whether a bootstrap stack's state has the bucket for the other stacks' state.
func stateBucketMade(file string) (bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return false, fmt.Errorf("reading a bootstrap stack's state: %w", err)
	}
	var state struct{ Resources []struct{ Mode, Type string } }
	if err := json.Unmarshal(text, &state); err != nil {
		return false, fmt.Errorf("reading a bootstrap stack's state in %q: %w", file, err)
	}
	for _, resource := range state.Resources {
		if resource.Mode == "managed" && resource.Type == "aws_s3_bucket" {
			return true, nil
		}
	}
	return false, nil
}

// forgetLocalStates removes the states of bootstrap stacks whose emulator is gone.
func forgetLocalStates(stacks []order.Stack) error {
	for _, stack := range stacks {
		if stack.Kind != order.Bootstrap {
			continue
		}
		files, err := filepath.Glob(localState(stack.Name) + "*")
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := os.Remove(file); err != nil {
				return fmt.Errorf("removing the state of an emulator that is gone: %w", err)
			}
		}
	}
	return nil
}
