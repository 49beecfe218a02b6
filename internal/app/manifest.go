package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const manifestFile = "manifest.json"

// manifest is the list of stacks that CDKTF writes beside them, for its CLI.
type manifest struct {
	Stacks  map[string]json.RawMessage `json:"stacks"`
	Version string                     `json:"version"`
}

// mergeManifests adds the stacks of another folder's manifest to one folder's. Each stack's text stays CDKTF's own, so
// that the file is the same whoever built the stacks.
func mergeManifests(folder, other string) error {
	var all, more manifest
	file := filepath.Join(folder, manifestFile)
	if err := readJSON(file, &all); err != nil {
		return err
	}
	if err := readJSON(filepath.Join(other, manifestFile), &more); err != nil {
		return err
	}
	maps.Copy(all.Stacks, more.Stacks)
	var rows []string
	for _, name := range slices.Sorted(maps.Keys(all.Stacks)) {
		rows = append(rows, fmt.Sprintf("    %q: %s", name, all.Stacks[name]))
	}
	text := fmt.Sprintf("{\n  \"stacks\": {\n%s\n  },\n  \"version\": %q\n}", strings.Join(rows, ",\n"), all.Version)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	return nil
}

func readJSON(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("reading %q: %w", file, err)
	}
	return nil
}
