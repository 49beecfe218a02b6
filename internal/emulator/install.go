package emulator

import (
	"context"
	_ "embed"
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
