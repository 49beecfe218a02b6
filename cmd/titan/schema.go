package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
)

const schemaDir = "environments"

// schemaOptions are what `titan schema` needs.
type schemaOptions struct {
	terminal *terminal
	schemas  func(dir string) (map[string][]byte, error)
	write    func(file string, text []byte) error
}

func newSchemaCommand(t *terminal, run func(schemaOptions) error) *cobra.Command {
	options := schemaOptions{
		terminal: t,
		schemas:  schemas,
		write:    func(file string, text []byte) error { return os.WriteFile(file, text, 0o644) },
	}
	if run == nil {
		run = runSchema
	}
	return &cobra.Command{
		Use:   "schema",
		Short: "Write the schemas of environment and account files anew",
		Long: `Writes the JSON Schemas of environment and account files, for editors: in Titan's own repository from the Go types and
their comments, for the loader too; elsewhere those of the version of Titan that is used.`,
		Example: "  titan schema",
		Args:    none,
		RunE:    func(*cobra.Command, []string) error { return run(options) },
	}
}

// schemas are made of the types where those are, and else of what this program has.
func schemas(dir string) (map[string][]byte, error) {
	if !exists(filepath.Join(dir, "schema.go")) {
		return environments.EmbeddedSchemas(), nil
	}
	return environments.Schemas(dir)
}

func runSchema(o schemaOptions) error {
	schemas, err := o.schemas(schemaDir)
	if err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(schemas)) {
		file, text := filepath.Join(schemaDir, file), schemas[file]
		if err := o.write(file, text); err != nil {
			return fmt.Errorf("writing the schema: %w", err)
		}
		o.terminal.printf("wrote %s\n", file)
	}
	return nil
}
