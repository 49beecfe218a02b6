package scan

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// readsOutputs is a synthesized stack as far as it reads the outputs of another.
type readsOutputs struct {
	Data struct {
		States map[string]struct{} `json:"terraform_remote_state"`
	}
}

// WithSampleOutputs has a synthesized stack, in its folder, read samples where it reads the outputs of another, so that
// it can be planned before that one is applied.
func WithSampleOutputs(dir string, other []byte) error {
	var stack readsOutputs
	text, err := os.ReadFile(filepath.Join(dir, "cdk.tf.json"))
	if err != nil {
		return fmt.Errorf("reading a synthesized stack: %w", err)
	}
	if err := json.Unmarshal(text, &stack); err != nil {
		return fmt.Errorf("reading a synthesized stack: %w", err)
	}
	state, err := sampleState(other)
	if err != nil {
		return err
	}
	const stateFile = "sample-outputs.tfstate"
	local := map[string]any{}
	for id := range stack.Data.States {
		local[id] = map[string]any{"backend": "local", "config": map[string]string{"path": stateFile}}
	}
	override, err := json.Marshal(map[string]any{"data": map[string]any{"terraform_remote_state": local}})
	if err != nil {
		return fmt.Errorf("overriding the outputs of another stack: %w", err)
	}
	for name, content := range map[string][]byte{stateFile: state, "outputs_override.tf.json": override} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return fmt.Errorf("overriding the outputs of another stack: %w", err)
		}
	}
	return nil
}

// sampleState is a Terraform state that holds the outputs of a synthesized stack that are texts, with samples in the
// place of what only an apply knows.
func sampleState(stack []byte) ([]byte, error) {
	var parsed struct {
		Output map[string]struct{ Value any }
	}
	if err := json.Unmarshal(stack, &parsed); err != nil {
		return nil, fmt.Errorf("reading the outputs of a synthesized stack: %w", err)
	}
	outputs := map[string]any{}
	for name, output := range parsed.Output {
		text, isText := output.Value.(string)
		if !isText {
			continue
		}
		value, err := fill(text)
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", name, err)
		}
		outputs[name] = map[string]any{"value": value, "type": "string"}
	}
	return json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "sample",
		"outputs": outputs, "resources": []any{},
	})
}
