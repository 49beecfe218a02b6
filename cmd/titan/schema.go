package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
)

const schemaFile = "environments/schema.json"

// schemaOptions are what `titan schema` needs.
type schemaOptions struct {
	terminal *terminal
	schema   func(dir string) ([]byte, error)
	write    func(file string, text []byte) error
}

func newSchemaCommand(t *terminal, run func(schemaOptions) error) *cobra.Command {
	options := schemaOptions{
		terminal: t,
		schema:   environments.Schema,
		write:    func(file string, text []byte) error { return os.WriteFile(file, text, 0o644) },
	}
	if run == nil {
		run = runSchema
	}
	return &cobra.Command{
		Use:   "schema",
		Short: "Write " + schemaFile + " anew",
		Long:  "Writes the JSON Schema of environment files, for editors and the loader, from the Go types and their comments.",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(*cobra.Command, []string) error { return run(options) },
	}
}

func runSchema(o schemaOptions) error {
	text, err := o.schema("environments")
	if err != nil {
		return err
	}
	if err := o.write(schemaFile, text); err != nil {
		return fmt.Errorf("writing the schema: %w", err)
	}
	o.terminal.printf("wrote %s\n", schemaFile)
	return nil
}
