package starter

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/titan-platform/titan/environments"
)

// titan is this module.
const titan = "github.com/titan-platform/titan"

// placeholder is the version of a module that is replaced by a checkout.
const placeholder = "v0.0.0"

// Source is Titan's own source: a version in the module cache, or a checkout.
type Source struct {
	Folder  string
	Version string // v1.2.3; empty is a checkout
	// Sum and GoModSum are the hashes of a version, as go.sum has them.
	Sum, GoModSum string
}

func (s Source) file(name string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(s.Folder, name))
	if err != nil {
		return nil, fmt.Errorf("reading Titan's own %s: %w", name, err)
	}
	return content, nil
}

// write writes what a repository takes from Titan as it is: the modules with their hashes, so that no first `go`
// command has to ask for one, the schemas that editors complete from, and the CLI's lock file.
func (s Source) write(folder, module string) error {
	goMod, err := s.goMod(module)
	if err != nil {
		return err
	}
	goSum, err := s.file("go.sum")
	if err != nil {
		return err
	}
	if s.Version != "" {
		goSum = fmt.Appendf(goSum, "%s %s %s\n%s %s/go.mod %s\n", titan, s.Version, s.Sum, titan, s.Version, s.GoModSum)
	}
	lock, err := s.file("package-lock.json")
	if err != nil {
		return err
	}
	written := map[string][]byte{"go.mod": goMod, "go.sum": goSum, "package-lock.json": lock}
	for name, text := range environments.EmbeddedSchemas() {
		written[filepath.Join("environments", name)] = text
	}
	for name, content := range written {
		if err := put(filepath.Join(folder, name), content); err != nil {
			return err
		}
	}
	return nil
}

// goMod requires Titan and, as it does, all that it is built from: the versions that fit
// together are Titan's to choose.
func (s Source) goMod(module string) ([]byte, error) {
	content, err := s.file("go.mod")
	if err != nil {
		return nil, err
	}
	own, err := modfile.Parse("go.mod", content, nil)
	if err != nil {
		return nil, fmt.Errorf("reading Titan's own go.mod: %w", err)
	}
	made := new(modfile.File)
	if err := made.AddModuleStmt(module); err != nil {
		return nil, fmt.Errorf("writing go.mod for module %q: %w", module, err)
	}
	if err := made.AddGoStmt(own.Go.Version); err != nil {
		return nil, fmt.Errorf("writing go.mod: %w", err)
	}
	version := s.Version
	if version == "" {
		version = placeholder
		if err := made.AddReplace(titan, "", s.Folder, ""); err != nil {
			return nil, fmt.Errorf("replacing Titan by %q: %w", s.Folder, err)
		}
	}
	made.AddNewRequire(titan, version, false)
	for _, require := range own.Require {
		made.AddNewRequire(require.Mod.Path, require.Mod.Version, true)
	}
	if err := made.AddTool(titan + "/cmd/titan"); err != nil {
		return nil, fmt.Errorf("writing go.mod: %w", err)
	}
	made.SetRequireSeparateIndirect(made.Require)
	made.Cleanup()
	return made.Format()
}
