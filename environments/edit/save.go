package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// Save writes the file as Save does with one file.
func (f *File) Save(check func(folder string) error) error { return Save(check, f) }

// Save writes those files that have changes, all of one folder. First it shows check a copy of the folder's .yaml and
// .yml files as they will be, for instance for environments.Load; problems that check returns name the real files.
//
// Nothing is written if check fails, or if a file on disk is not what was opened. Each file is replaced by renaming,
// in the order given: an interruption may fall between two.
func Save(check func(folder string) error, files ...*File) error {
	files = slices.DeleteFunc(slices.Clone(files), func(f *File) bool { return f.now.text == f.saved })
	if len(files) == 0 {
		return nil
	}
	folder := filepath.Dir(files[0].path)
	for _, f := range files {
		if filepath.Dir(f.path) != folder {
			return fmt.Errorf("saving %s beside %s: save the files of one folder together", f.path, files[0].path)
		}
	}
	if err := tryOut(check, folder, files); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.unchanged(); err != nil {
			return err
		}
	}
	for i, f := range files {
		if err := f.replace(); err != nil {
			return fmt.Errorf("saving %s, with %d of %d files written: %w", f.path, i, len(files), err)
		}
		f.saved = f.now.text
	}
	return nil
}

// tryOut runs check on a copy of the folder with the changes made.
func tryOut(check func(folder string) error, folder string, files []*File) error {
	copied, err := os.MkdirTemp("", "titan-edit-")
	if err != nil {
		return fmt.Errorf("checking a change: %w", err)
	}
	defer os.RemoveAll(copied)
	if err := copyFiles(copied, folder, files); err != nil {
		return fmt.Errorf("checking a change: %w", err)
	}
	return named(check(copied), copied, folder)
}

// copyFiles copies the files of a folder and of those in it, with the changes made.
func copyFiles(to, folder string, changed []*File) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".yaml" && ext != ".yml" {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".") {
			return nil // an editor's, which is not loaded either
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(changed, func(f *File) bool { return filepath.Clean(f.path) == path }); i >= 0 {
			content = []byte(changed[i].now.text)
		}
		inside, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		copied := filepath.Join(to, inside)
		if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
			return err
		}
		return os.WriteFile(copied, content, 0o600)
	})
}

// named is an error whose problems are those of the real folder's files, not of their copies.
func named(err error, copied, folder string) error {
	var problems environments.Problems
	if !errors.As(err, &problems) {
		return err
	}
	problems = slices.Clone(problems)
	for i, problem := range problems {
		if inside, err := filepath.Rel(copied, problem.File); err == nil {
			problems[i].File = filepath.Join(folder, inside)
		}
	}
	return problems
}

// unchanged is an error if the file on disk is not what was opened.
func (f *File) unchanged() error {
	info, err := os.Lstat(f.path)
	if err != nil {
		return fmt.Errorf("saving an environment file: %w", err)
	}
	content, err := os.ReadFile(f.path)
	if err != nil {
		return fmt.Errorf("saving an environment file: %w", err)
	}
	if !info.Mode().IsRegular() || string(content) != f.saved {
		return refuseFile(f.path, "has changed since it was opened, and nothing is written; look at it, then begin again")
	}
	return nil
}

// replace puts the new text in the file's place in one step, with the file's mode. Until then its name does not end
// in .yaml, so that the loader takes it for no environment.
func (f *File) replace() error {
	info, err := os.Lstat(f.path)
	if err != nil {
		return err
	}
	staged, err := os.CreateTemp(filepath.Dir(f.path), "."+filepath.Base(f.path)+"-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(staged.Name()) }() // a renamed one is gone already
	_, err = staged.WriteString(f.now.text)
	err = errors.Join(err, staged.Chmod(info.Mode().Perm()), staged.Sync(), staged.Close())
	if err != nil {
		return err
	}
	return os.Rename(staged.Name(), f.path)
}
