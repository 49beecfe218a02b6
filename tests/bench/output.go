package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
)

// sameOutput compares what the programs wrote: the two Go ones to the byte, TypeScript's but for the metadata under "//".
func sameOutput(fast, plain, tsx string) error {
	stack := filepath.Join("stacks", "bench-1", "cdk.tf.json")
	reference, err := os.ReadFile(filepath.Join(fast, stack))
	if err != nil {
		return err
	}
	other, err := os.ReadFile(filepath.Join(plain, stack))
	if err != nil {
		return err
	}
	if !bytes.Equal(reference, other) {
		return fmt.Errorf("%s differs between fast and plain start: a bug in internal/faststart", stack)
	}
	if other, err = os.ReadFile(filepath.Join(tsx, stack)); err != nil {
		return err
	}
	same, err := sameStack(reference, other)
	if err != nil {
		return err
	}
	if !same {
		return fmt.Errorf("%s differs between tests/bench/go and tests/bench/ts: make the two declare the same", stack)
	}
	return nil
}

func sameStack(a, b []byte) (bool, error) {
	var left, right any
	if err := json.Unmarshal(a, &left); err != nil {
		return false, err
	}
	if err := json.Unmarshal(b, &right); err != nil {
		return false, err
	}
	return reflect.DeepEqual(withoutMetadata(left), withoutMetadata(right)), nil
}

func withoutMetadata(value any) any {
	switch value := value.(type) {
	case map[string]any:
		delete(value, "//")
		for key, inner := range value {
			value[key] = withoutMetadata(inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = withoutMetadata(inner)
		}
	}
	return value
}
