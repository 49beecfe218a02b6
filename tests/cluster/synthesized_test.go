//go:build cluster

package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/internal/platformstack"
	"github.com/titan-platform/titan/stacks"
)

// platform is the stack <env>.platform of one environment, evaluated with samples of <env>'s outputs.
type platform struct{ *platformstack.Stack }

var (
	stacksDir string              // with a folder a stack
	evaluated map[string]platform // by environment and image
)

// synthesize writes the stacks of every environment to a folder, as `cdktf synth` does, charts and all.
func synthesize(dir string) error {
	faststart.Enable()
	list, err := environmentsAndVariants()
	if err != nil {
		return err
	}
	titan, err := app.New(dir)
	if err != nil {
		return err
	}
	defer func(stderr *os.File) { titan.Close(); os.Stderr = stderr }(os.Stderr)
	if err := stacks.Build(titan, list); err != nil {
		return err
	}
	stacksDir, evaluated = filepath.Join(dir, "stacks"), map[string]platform{}
	return titan.Write(os.Stdout)
}

// synthesized is the JSON of a stack.
func synthesized(t *testing.T, stack string) object {
	t.Helper()
	root, err := platformstack.Read(stacksDir, stack)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// platformOf evaluates an environment's platform stack, with an image in the parameter.
func platformOf(t *testing.T, e environments.Environment, parameter image) platform {
	t.Helper()
	key := e.Name + " " + parameter.String()
	if p, done := evaluated[key]; done {
		return p
	}
	stack, err := platformstack.Evaluate(t.Context(), stacksDir, e, parameter.String())
	if err != nil {
		t.Fatal(err)
	}
	evaluated[key] = platform{stack}
	return evaluated[key]
}

// release is a Helm release by its name.
func (p platform) release(t *testing.T, name string) platformstack.Release {
	t.Helper()
	for _, r := range p.releases(t) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no release %s", name)
	return platformstack.Release{}
}

func (p platform) releases(t *testing.T) []platformstack.Release {
	t.Helper()
	releases, err := p.Releases()
	if err != nil {
		t.Fatal(err)
	}
	return releases
}

func (p platform) manifests(t *testing.T) []object {
	t.Helper()
	manifests, err := p.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	return manifests
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// environmentsAndVariants are the environments, as the files have them, and what no file does: a login to the database by IAM, and an
// ephemeral login to the cluster.
func environmentsAndVariants() ([]environments.Environment, error) {
	list, err := environments.Load(root+"/tests/fixtures/platform", "")
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if e.Name == "prod" {
			e.Name, e.Database.Login, e.Addons.Login = "prod-iam", environments.LoginIAM, environments.ClusterLoginEphemeral
			e.DNS.Zone, e.DNS.Domain, e.DNS.Name = "iam."+e.DNS.Zone, "iam."+e.DNS.Domain, "api.iam."+e.DNS.Domain // its own names
			return append(list, e), nil
		}
	}
	return nil, fmt.Errorf("no environment prod")
}
