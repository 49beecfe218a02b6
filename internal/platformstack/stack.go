// Package platformstack reads the stack <env>.platform as a cluster gets it: its Helm releases with their values, and
// its own manifests. Terraform itself evaluates what was synthesized, with samples in place of <env>'s outputs, so
// neither AWS nor a provider is asked.
package platformstack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// Object is a part of a manifest, of values or of a stack's JSON.
type Object = map[string]any

// Stack is a platform stack, evaluated.
type Stack struct {
	Dir       string                       // of the synthesized stack, where Helm finds our charts
	Resources map[string]map[string]Object // by type and id, without expressions
}

// Read is the JSON of a stack that was synthesized to a folder with a folder a stack.
func Read(stacks, name string) (Object, error) {
	content, err := os.ReadFile(filepath.Join(stacks, name, "cdk.tf.json"))
	if err != nil {
		return nil, fmt.Errorf("reading stack %q: %w", name, err)
	}
	var root Object
	if err := json.Unmarshal(content, &root); err != nil {
		return nil, fmt.Errorf("parsing stack %q: %w", name, err)
	}
	return root, nil
}

// Evaluate evaluates an environment's platform stack, found with the environment's own stack in the folder stacks.
// image is what the parameter of the application's image holds; empty is what <env> first writes there. An output that
// <env> does not have, or that has no sample, is Terraform's error.
func Evaluate(ctx context.Context, stacks string, e environments.Environment, image string) (*Stack, error) {
	name := order.Name(e, order.Platform)
	s := &Stack{Dir: filepath.Join(stacks, name)}
	if err := s.evaluate(ctx, stacks, e, image); err != nil {
		return nil, fmt.Errorf("evaluating %s: %w", name, err)
	}
	return s, nil
}

func (s *Stack) evaluate(ctx context.Context, stacks string, e environments.Environment, image string) (err error) {
	environment, err := Read(stacks, order.Name(e, order.Environment))
	if err != nil {
		return err
	}
	platform, err := Read(stacks, order.Name(e, order.Platform))
	if err != nil {
		return err
	}
	outputs, err := sampleOutputs(e, environment)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "titan-platform-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for file, content := range map[string]Object{
		"main.tf.json":    configuration(platform, imagesOf(platform, environment, image)),
		"outputs.tfstate": stateWith(outputs),
	} {
		text, err := json.MarshalIndent(content, "", " ") // Terraform's errors have the whole line
		if err != nil {
			return err
		}
		// Terraform asks no provider for a local value.
		text = []byte(strings.ReplaceAll(string(text), "data.aws_ssm_parameter.", "local.aws_ssm_parameter."))
		if err := os.WriteFile(filepath.Join(dir, file), text, 0o600); err != nil {
			return err
		}
	}
	return s.read(ctx, dir)
}

// read has Terraform evaluate the configuration of a folder.
func (s *Stack) read(ctx context.Context, dir string) error {
	env, err := terraform.Environment()
	if err != nil {
		return err
	}
	workspace := terraform.Workspace{Dir: dir, Env: env}
	for _, arguments := range [][]string{{"init"}, {"apply", "-auto-approve"}} {
		if _, err := workspace.Run(ctx, append(arguments, "-input=false", "-no-color")...); err != nil {
			return err
		}
	}
	output, err := workspace.Run(ctx, "output", "-json", "resources")
	if err != nil {
		return err
	}
	// A legend of Grafana's CloudWatch panels may hold a dynamic label: that one is CloudWatch's to fill in.
	left := strings.ReplaceAll(string(output), "${PROP(", "")
	if strings.Contains(left, "${") || strings.Contains(left, "TfToken") {
		return fmt.Errorf("a token is left: %s", output)
	}
	return json.Unmarshal(output, &s.Resources)
}

// at is the value at a path of keys, or nil.
func at(o any, path ...string) any {
	for _, key := range path {
		m, ok := o.(Object)
		if !ok {
			return nil
		}
		o = m[key]
	}
	return o
}
