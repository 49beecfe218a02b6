package main

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"github.com/titan-platform/titan/internal/gate"
)

// unfinished remembers on this machine what was agreed to in a run that is interrupted. A stack is the same one only
// where it is applied to the same account and endpoint: the former is in what is synthesized.
func (o runOptions) unfinished(out string) *gate.Unfinished {
	return &gate.Unfinished{
		Folder: filepath.Join(workDir, "unfinished"),
		Configuration: func(stack string) (string, error) {
			text, err := readStack(out, stack)
			if err != nil {
				return "", err
			}
			sum := sha256.Sum256(append([]byte(o.endpoint+"\n"), text...))
			return hex.EncodeToString(sum[:]), nil
		},
	}
}
