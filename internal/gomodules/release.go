package gomodules

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const license = "// Copyright (c) HashiCorp, Inc.\n// SPDX-License-Identifier: MPL-2.0\n\n"

// editAsReleased makes to the generated module in folder the edits of upstream's release job (cdktf-provider-project):
// licence headers, the README's Go edition, and the published tarball instead of the one packed here.
func editAsReleased(folder, name, tarball string) error {
	published, err := os.ReadFile(tarball)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "jsii", filepath.Base(tarball)), published, 0o644); err != nil {
		return err
	}
	if err := rewrite(filepath.Join(folder, "README.md"), func(text []byte) ([]byte, error) {
		return goReadme(text, name)
	}); err != nil {
		return err
	}
	return filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		return rewrite(path, func(text []byte) ([]byte, error) {
			return append([]byte(license), text...), nil
		})
	})
}

// goReadme turns the README that the npm package carries into that of the Go module.
func goReadme(text []byte, name string) ([]byte, error) {
	edits := []struct{ find, replace string }{
		{`CDKTF prebuilt bindings for`, `CDKTF Go bindings for`},
		{`(?s)## Available Packages\n.*\n### Go\n`, "## Go Package\n"},
		{` here:\n\n(\* .*\n)+`, " [here](https://github.com/cdktf/cdktf-provider-" + name + "/blob/main/docs/API.go.md).\n"},
		{`You can also visit a hosted version .*\n`, ""},
		{`### Provider Version\n\n.*\n`, ""},
	}
	for _, edit := range edits {
		find := regexp.MustCompile(edit.find)
		if !find.Match(text) {
			return nil, fmt.Errorf("README.md has nothing like %q to edit", edit.find)
		}
		text = find.ReplaceAll(text, []byte(edit.replace))
	}
	return text, nil
}

func rewrite(file string, edit func([]byte) ([]byte, error)) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if text, err = edit(text); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
