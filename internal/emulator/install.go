package emulator

import (
	"context"
	_ "embed"
	"fmt"
	"path/filepath"

	"github.com/titan-platform/titan/internal/venv"
)

// requirements pin the emulator and everything it needs, by hash. botocore is part of it: a newer one does not fit.
//
//go:embed requirements.txt
var requirements []byte

// Install puts the emulator below dir, an ignored folder, where it is missing, and returns the path of its program.
func Install(ctx context.Context, dir string) (string, error) {
	programs, err := venv.Install(ctx, dir, "emulator", requirements)
	if err != nil {
		return "", err
	}
	return filepath.Join(programs, "ministack"), nil
}

// Botocore puts the emulator below dir where it is missing, and returns the data folder of the botocore that comes with it: AWS's own API
// models and endpoints.
func Botocore(ctx context.Context, dir string) (string, error) {
	program, err := Install(ctx, dir)
	if err != nil {
		return "", err
	}
	pattern := filepath.Join(filepath.Dir(program), "..", "lib", "python3*", "site-packages", "botocore", "data")
	folders, _ := filepath.Glob(pattern) // the pattern is well-formed
	if len(folders) != 1 {
		return "", fmt.Errorf("looking for botocore's data: %d folders match %q", len(folders), pattern)
	}
	return folders[0], nil
}
