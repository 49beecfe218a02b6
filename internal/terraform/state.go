package terraform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// synthesizedFile is what CDKTF writes of a stack.
const synthesizedFile = "cdk.tf.json"

// Resources lists what the stack's state manages, without what it only has read. A state that is not there yet holds
// nothing. Neither the folder's providers nor an Init are needed for it: the state is asked from a folder beside it,
// which has the backend alone.
func (w Workspace) Resources(ctx context.Context) ([]string, error) {
	beside, err := w.backendOnly()
	if err != nil {
		return nil, err
	}
	if err := beside.Init(ctx, "-reconfigure"); err != nil {
		return nil, err
	}
	state, err := beside.Run(ctx, "state", "pull")
	if err != nil {
		return nil, err
	}
	return resources(state)
}

// backendOnly makes the folder. It is a sibling, so that a local state's relative path means the same.
func (w Workspace) backendOnly() (Workspace, error) {
	synthesized, err := os.ReadFile(filepath.Join(w.Dir, synthesizedFile))
	if err != nil {
		return Workspace{}, fmt.Errorf("reading the backend of a stack: %w", err)
	}
	var stack struct {
		Terraform struct {
			Backend map[string]any `json:"backend"`
		} `json:"terraform"`
	}
	if err := json.Unmarshal(synthesized, &stack); err != nil {
		return Workspace{}, fmt.Errorf("reading the backend of the stack in %q: %w", w.Dir, err)
	}
	if len(stack.Terraform.Backend) == 0 {
		return w, nil // its state is in the folder itself
	}
	beside := w
	beside.Dir = filepath.Join(filepath.Dir(w.Dir), "."+filepath.Base(w.Dir)+".state")
	text, err := json.Marshal(map[string]any{"terraform": stack.Terraform})
	if err != nil {
		return Workspace{}, fmt.Errorf("writing the backend of a stack: %w", err)
	}
	if err := os.MkdirAll(beside.Dir, 0o755); err != nil {
		return Workspace{}, fmt.Errorf("writing the backend of a stack: %w", err)
	}
	if err := os.WriteFile(filepath.Join(beside.Dir, synthesizedFile), text, 0o600); err != nil {
		return Workspace{}, fmt.Errorf("writing the backend of a stack: %w", err)
	}
	return beside, nil
}

// resources are the addresses of what a state manages; none where nothing was ever applied.
func resources(state []byte) ([]string, error) {
	if len(bytes.TrimSpace(state)) == 0 {
		return nil, nil
	}
	var parsed struct {
		Resources []struct{ Module, Mode, Type, Name string }
	}
	if err := json.Unmarshal(state, &parsed); err != nil {
		return nil, fmt.Errorf("reading the state: %w", err)
	}
	var addresses []string
	for _, r := range parsed.Resources {
		if r.Mode == "managed" {
			addresses = append(addresses, strings.TrimPrefix(r.Module+"."+r.Type+"."+r.Name, "."))
		}
	}
	return addresses, nil
}
