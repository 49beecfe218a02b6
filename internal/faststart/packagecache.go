package faststart

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// packageCacheVariable says where the jsii kernel keeps packages that it has unpacked (@jsii/kernel, disk-cache.ts).
const packageCacheVariable = "JSII_RUNTIME_PACKAGE_CACHE_ROOT"

// placePackageCache has the kernel keep its packages in the project's folder where HOME can't be written
// to: it would end at that.
func placePackageCache() error {
	if os.Getenv(packageCacheVariable) != "" || isWritable(defaultPackageCache()) {
		return nil
	}
	dir, err := filepath.Abs(filepath.Join(projectFolder, "jsii"))
	if err != nil {
		return fmt.Errorf("placing the package cache: %w", err)
	}
	return os.Setenv(packageCacheVariable, dir)
}

// defaultPackageCache is the kernel's own.
func defaultPackageCache() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Caches", "com.amazonaws.jsii", "package-cache")
	}
	return filepath.Join(home, ".cache", "aws", "jsii", "package-cache")
}

func isWritable(dir string) bool {
	if os.MkdirAll(dir, 0o755) != nil {
		return false
	}
	file, err := os.CreateTemp(dir, ".titan-*")
	if err != nil {
		return false
	}
	_ = file.Close() // nothing was written
	return os.Remove(file.Name()) == nil
}
