package helm

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// copies is where charts of a module are put before CDKTF takes them: the module cache is read-only, and CDKTF copies a
// folder's modes with it.
var copies = filepath.Join(".titan", "charts")

// projectFile is what CDKTF's relative paths begin beside.
const projectFile = "cdktf.json"

// asset copies a chart beside the stack's JSON and returns its place there: the same on every machine, and another one
// for another content, by which Terraform sees that the chart has changed.
func asset(scope constructs.Construct, id string, r Release) (string, error) {
	folder := r.Folder
	if r.Files != nil {
		var err error
		if folder, err = copied(r.Files, r.Folder); err != nil {
			return "", fmt.Errorf("copying chart %q: %w", r.Folder, err)
		}
	}
	asset := cdktf.NewTerraformAsset(scope, jsii.String(id+"-chart"), &cdktf.TerraformAssetConfig{
		Path: jsii.String(folder), // from the folder of cdktf.json
		Type: cdktf.AssetType_DIRECTORY,
	})
	return "./" + *asset.Path(), nil // Helm takes a path for a path when it begins so
}

// copied is a folder with a chart's files, seen from the folder of cdktf.json. Its name is made of them: runs beside
// each other write the same.
func copied(files fs.FS, chart string) (string, error) {
	tree, err := fs.Sub(files, chart)
	if err != nil {
		return "", err
	}
	sum, err := sumOf(tree)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(copies, sum, path.Base(chart))
	root, err := projectFolder()
	if err != nil {
		return "", err
	}
	there := filepath.Join(root, folder)
	if _, err := os.Stat(there); err == nil {
		return folder, nil
	}
	if err := write(tree, there); err != nil {
		return "", err
	}
	return folder, nil
}

// write puts files into a new folder that is never seen half written.
func write(tree fs.FS, folder string) error {
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	stage, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(stage) }()
	if err := os.CopyFS(filepath.Join(stage, "chart"), tree); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(stage, "chart"), folder); err != nil && !errors.Is(err, fs.ErrExist) {
		return err // where it is there, another run was faster
	}
	return nil
}

// sumOf is a name for a tree of files by their paths and contents.
func sumOf(tree fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s\n%d\n%s", path, len(content), content)
		return err
	})
	return fmt.Sprintf("%x", sum.Sum(nil)[:8]), err
}

// projectFolder is the folder of cdktf.json: this one, or the next above it.
func projectFolder() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for folder := here; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, projectFile)); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("no %s in %q or above it", projectFile, here)
		}
	}
}
