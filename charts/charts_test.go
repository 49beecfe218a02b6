package charts

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestEveryFileIsEmbedded compares with the folder, file by file.
func TestEveryFileIsEmbedded(t *testing.T) {
	found := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) == ".go" {
			return err
		}
		found++
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if got, err := Files.ReadFile(filepath.ToSlash(path)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not embedded as it is: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 20 {
		t.Errorf("only %d files", found)
	}
}
