package tests

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNoModuleIsHandedAProvider reads the sources of the modules: a module that takes a provider can be given one of
// another region.
func TestNoModuleIsHandedAProvider(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../modules", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		files++
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("parsing %s: %w", path, err)
		}
		for _, problem := range providerProblems(parsed) {
			t.Errorf("%s: %s", path, problem)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files", files)
	}
}

const cdktfPackage = "github.com/hashicorp/terraform-cdk-go/cdktf"

// providerProblems are the fields and parameters of a file that hold a provider, by their name or by their type.
func providerProblems(file *ast.File) []string {
	var problems []string
	cdktf := nameIn(file, cdktfPackage)
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.StructType:
			for _, field := range n.Fields.List {
				for _, name := range field.Names {
					if strings.HasSuffix(name.Name, "Provider") {
						problems = append(problems, fmt.Sprintf("field %s holds a provider", name.Name))
					}
				}
			}
		case *ast.SelectorExpr:
			if holder, ok := n.X.(*ast.Ident); ok && holder.Name == cdktf && n.Sel.Name == "TerraformProvider" {
				problems = append(problems, "names the type cdktf.TerraformProvider")
			}
		}
		return true
	})
	return problems
}

// nameIn is what a file calls a package.
func nameIn(file *ast.File, importPath string) string {
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return importPath[strings.LastIndex(importPath, "/")+1:]
	}
	return ""
}

func TestAModuleThatTakesAProviderIsSeen(t *testing.T) {
	const typed = "names the type cdktf.TerraformProvider"
	for name, c := range map[string]struct{ source, want string }{
		"a field's name":     {`type Config struct { SecondProvider any }`, "field SecondProvider holds a provider"},
		"the shortest name":  {`type Config struct { Name, Provider string }`, "field Provider holds a provider"},
		"a field's type":     {`type Config struct { Second kit.TerraformProvider }`, typed},
		"a pointer in a map": {`type Config struct { Regions map[string]*kit.TerraformProvider }`, typed},
		"a parameter":        {`func New(second kit.TerraformProvider) {}`, typed},
		"an IAM provider":    {`type Config struct { ProviderARN string; Stack kit.TerraformStack }`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			source := "package planted\nimport kit \"" + cdktfPackage + "\"\n" + c.source
			file, err := parser.ParseFile(token.NewFileSet(), "planted.go", source, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			problems := providerProblems(file)
			if c.want == "" && len(problems) > 0 || c.want != "" && !slices.Contains(problems, c.want) {
				t.Errorf("the check says %q, want %q", problems, c.want)
			}
		})
	}
}
