package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// folder is a folder of files, opened in the order of their names.
func folder(t *testing.T, contents map[string]string) (dir string, files []*File) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range contents {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		f, err := Open(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return dir, files
}

// contents are the files of a folder, hidden ones too.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[entry.Name()] = string(content)
	}
	return all
}

func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left behind", name)
		}
	}
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s is %q, want %q", name, got[name], content)
		}
	}
}

func accept(string) error { return nil }

func TestSaveChecksTheFolderAsItWillBe(t *testing.T) {
	dir, files := folder(t, map[string]string{"dev.yaml": "a: 1\n", "prod.yaml": "a: 2\n", "staging.yml": "a: 3\n"})
	if err := files[0].Set("a", 10); err != nil {
		t.Fatal(err)
	}
	if err := files[1].Set("a", 20); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"dev.yaml": "a: 10\n", "prod.yaml": "a: 20\n", "staging.yml": "a: 3\n"}
	var checked string
	check := func(copied string) error {
		checked = copied
		same(t, contents(t, copied), want)
		same(t, contents(t, dir), map[string]string{"dev.yaml": "a: 1\n", "prod.yaml": "a: 2\n", "staging.yml": "a: 3\n"})
		return nil
	}
	if err := Save(check, files...); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(checked); checked == "" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy in %q was not made, or is left behind", checked)
	}
	same(t, contents(t, dir), want)
	if got := files[0].Diff() + files[1].Diff(); got != "" {
		t.Errorf("the files still have changes:\n%s", got)
	}
}

func TestSaveKeepsTheMode(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o664, 0o444} {
		_, files := folder(t, map[string]string{"prod.yaml": "a: 1\n"})
		if err := os.Chmod(files[0].path, mode); err != nil {
			t.Fatal(err)
		}
		if err := files[0].Set("a", 2); err != nil {
			t.Fatal(err)
		}
		if err := files[0].Save(accept); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(files[0].path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != mode {
			t.Errorf("the mode is %v, want %v", info.Mode(), mode)
		}
	}
}

func TestNothingIsWrittenWhereTheCheckFails(t *testing.T) {
	before := map[string]string{"dev.yaml": "a: 1\n", "prod.yaml": "a: 2\n"}
	dir, files := folder(t, before)
	if err := files[1].Set("a", 3); err != nil {
		t.Fatal(err)
	}
	refusal := errors.New("no")
	if err := Save(func(string) error { return refusal }, files...); !errors.Is(err, refusal) {
		t.Errorf("got %v", err)
	}
	same(t, contents(t, dir), before)
	if files[1].Diff() == "" {
		t.Error("the change is lost")
	}
}

func TestProblemsNameTheRealFiles(t *testing.T) {
	dir, files := folder(t, map[string]string{"prod.yaml": "a: 1\n"})
	if err := files[0].Set("a", 2); err != nil {
		t.Fatal(err)
	}
	err := files[0].Save(func(copied string) error {
		_, err := environments.Load(copied, "")
		return err
	})
	var problems environments.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	for _, problem := range problems {
		if problem.File != filepath.Join(dir, "prod.yaml") {
			t.Errorf("a problem of %s", problem.File)
		}
	}
}

func TestSaveRefusesAFileThatSomebodyElseChanged(t *testing.T) {
	for name, meanwhile := range map[string]func(path string) error{
		"written": func(path string) error { return os.WriteFile(path, []byte("a: 1 # mine\n"), 0o600) },
		"removed": os.Remove,
		"linked": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.Symlink(path+".old", path))
		},
	} {
		dir, files := folder(t, map[string]string{"dev.yaml": "a: 1\n", "prod.yaml": "a: 1\n"})
		for _, f := range files {
			if err := f.Set("a", 2); err != nil {
				t.Fatal(err)
			}
		}
		err := Save(func(string) error { return meanwhile(files[1].path) }, files...)
		if err == nil {
			t.Errorf("%s: it is saved", name)
		}
		if got := contents(t, dir)["dev.yaml"]; got != "a: 1\n" {
			t.Errorf("%s: the other file is %q", name, got)
		}
	}
}

func TestSaveWithoutChangesWritesNothing(t *testing.T) {
	_, files := folder(t, map[string]string{"dev.yaml": "a: 1\n"})
	before, err := os.Stat(files[0].path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Save(func(string) error { return errors.New("checked for nothing") }, files...); err != nil {
		t.Error(err)
	}
	after, err := os.Stat(files[0].path)
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("the file was replaced")
	}
}

func TestSaveRefusesFilesOfTwoFolders(t *testing.T) {
	_, one := folder(t, map[string]string{"dev.yaml": "a: 1\n"})
	_, other := folder(t, map[string]string{"prod.yaml": "a: 1\n"})
	files := slices.Concat(one, other)
	for _, f := range files {
		if err := f.Set("a", 2); err != nil {
			t.Fatal(err)
		}
	}
	if err := Save(accept, files...); err == nil {
		t.Error("they are saved")
	}
}
