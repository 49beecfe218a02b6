package pages

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"strings"
)

// module is a package of modules/, with what it takes and gives.
type module struct {
	Name            string // modules/cache
	Says            string
	Inputs, Outputs []field
}

type field struct{ Name, Type, Says string }

func (in Input) modulesPage() ([]byte, error) {
	var modules []module
	root := os.DirFS(in.Root)
	err := fs.WalkDir(root, "modules", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		found, err := readModule(root, dir)
		if err == nil && found.Name != "" {
			modules = append(modules, found)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the modules: %w", err)
	}
	return render("modules.md.tmpl", modules)
}

// readModule reads a package; the zero module where it has no Config.
func readModule(root fs.FS, dir string) (module, error) {
	names, err := fs.Glob(root, path.Join(dir, "*.go"))
	if err != nil {
		return module{}, err
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return module{}, err
		}
		file, err := parser.ParseFile(set, name, text, parser.ParseComments)
		if err != nil {
			return module{}, err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return module{}, nil
	}
	parsed, err := doc.NewFromFiles(set, files, dir)
	if err != nil {
		return module{}, err
	}
	found := module{}
	for _, declared := range parsed.Types {
		switch declared.Name {
		case "Config":
			found.Name, found.Says, found.Inputs = dir, parsed.Doc, fieldsOf(declared)
		case "Output":
			found.Outputs = fieldsOf(declared)
		}
	}
	return found, nil
}

// fieldsOf are the fields of a struct, with their comments.
func fieldsOf(declared *doc.Type) []field {
	var fields []field
	for _, spec := range declared.Decl.Specs {
		one, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		structure, ok := one.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range structure.Fields.List {
			says := strings.TrimSpace(f.Doc.Text() + f.Comment.Text())
			kind := types.ExprString(f.Type)
			if len(f.Names) == 0 { // embedded
				fields = append(fields, field{kind[strings.LastIndex(kind, ".")+1:], kind, says})
			}
			for _, name := range f.Names {
				fields = append(fields, field{name.Name, kind, says})
			}
		}
	}
	return fields
}
