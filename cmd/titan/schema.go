package main

import (
	"context"
	"fmt"
	"os"

	"github.com/titan-platform/titan/environments"
)

// runSchema writes the JSON Schema of environment files beside them.
func runSchema(context.Context, []string) error {
	text, err := environments.Schema("environments")
	if err != nil {
		return err
	}
	const file = "environments/schema.json"
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return fmt.Errorf("writing the schema: %w", err)
	}
	fmt.Println("wrote", file)
	return nil
}
