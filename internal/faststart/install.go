package faststart

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// projectFolder is the ignored folder of the project that is synthesized, from its root.
const projectFolder = ".titan"

// install puts script into the user's cache folder, under a name made of its content, and returns its absolute path.
//
// Where there is no cache folder to write to, it goes to the project's own. Not to the temporary one: a name
// that others can predict in a folder that others can write would let them put their code into our Node, and a
// new one would be left behind.
func install(script []byte) (string, error) {
	cache, err := os.UserCacheDir()
	if err == nil {
		var file string
		if file, err = installIn(filepath.Join(cache, "titan"), script); err == nil {
			return file, nil
		}
	}
	file, projectErr := installIn(projectFolder, script)
	if projectErr != nil {
		return "", errors.Join(err, projectErr)
	}
	return file, nil
}

func installIn(dir string, script []byte) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding %q: %w", dir, err)
	}
	file := filepath.Join(dir, fmt.Sprintf("preload-%x.cjs", sha256.Sum256(script)))
	if content, err := os.ReadFile(file); err == nil && bytes.Equal(content, script) {
		return file, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("making %q: %w", dir, err)
	}
	return file, writeAtomically(file, script)
}

// writeAtomically never shows another process half a file.
func writeAtomically(file string, content []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(file), ".preload-*")
	if err != nil {
		return fmt.Errorf("writing %q: %w", file, err)
	}
	_, err = temporary.Write(content)
	if err := errors.Join(err, temporary.Close()); err != nil {
		return errors.Join(fmt.Errorf("writing %q: %w", file, err), os.Remove(temporary.Name()))
	}
	if err := os.Rename(temporary.Name(), file); err != nil {
		return errors.Join(fmt.Errorf("writing %q: %w", file, err), os.Remove(temporary.Name()))
	}
	return nil
}
