package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// distinct are the settings that no two environments may share; each copy gets its own.
var distinct = []struct {
	setting *regexp.Regexp
	value   func(i int) string
}{
	{regexp.MustCompile(`\b10\.\d+\.0\.0/16`), func(i int) string { return fmt.Sprintf("10.%d.0.0/16", i) }},
	{regexp.MustCompile(`\bdev\.titan\b`), func(i int) string { return fmt.Sprintf("e%d.titan", i) }}, // zone
}

// copyEnvironment writes n environments like the one in file to a folder.
func copyEnvironment(file, folder string, n int) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(folder, "accounts"), os.DirFS(filepath.Join(filepath.Dir(file), "accounts"))); err != nil {
		return err
	}
	for i := 1; i <= n; i++ {
		text := string(content)
		for _, own := range distinct {
			if !own.setting.MatchString(text) {
				return fmt.Errorf("%s has nothing like %s, which its copies must differ in", file, own.setting)
			}
			text = own.setting.ReplaceAllString(text, own.value(i))
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("e%d.yaml", i)), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
