package starter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// Find is Titan's source: a checkout where one is named or stood in, else the version that this program is of, from the
// module cache.
func Find(ctx context.Context, checkout string) (Source, error) {
	if checkout == "" && isTitan(".") {
		checkout = "."
	}
	if checkout != "" {
		folder, err := filepath.Abs(checkout)
		if err != nil {
			return Source{}, fmt.Errorf("finding the checkout: %w", err)
		}
		if !isTitan(folder) {
			return Source{}, fmt.Errorf("%q is no checkout of Titan: it has no go.mod of module %s", folder, titan)
		}
		return Source{Folder: folder}, nil
	}
	version, err := ownVersion()
	if err != nil {
		return Source{}, err
	}
	return download(ctx, version)
}

// isTitan is whether a folder is the root of Titan's repository.
func isTitan(folder string) bool {
	content, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	return err == nil && modfile.ModulePath(content) == titan
}

// ownVersion is the version of Titan that this program is built from.
func ownVersion() (string, error) {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "", errors.New("this program was built without modules; name a checkout of Titan with --titan")
	}
	for _, module := range append(build.Deps, &build.Main) {
		if module.Path == titan && semver.IsValid(module.Version) && !strings.Contains(module.Version, "+dirty") {
			return module.Version, nil
		}
	}
	return "", errors.New("this program is of no released version; name a checkout of Titan with --titan")
}

// download has the go command fetch a version.
func download(ctx context.Context, version string) (Source, error) {
	command := exec.CommandContext(ctx, "go", "mod", "download", "-json", titan+"@"+version)
	command.Dir = os.TempDir() // no module's own go.mod is to have a say
	output, err := command.Output()
	var answer struct{ Dir, Sum, GoModSum, Error string }
	if jsonErr := json.Unmarshal(output, &answer); jsonErr == nil && answer.Error != "" {
		err = errors.New(answer.Error)
	}
	if err != nil {
		return Source{}, fmt.Errorf("downloading Titan %s: %w", version, err)
	}
	return Source{Folder: answer.Dir, Version: version, Sum: answer.Sum, GoModSum: answer.GoModSum}, nil
}
