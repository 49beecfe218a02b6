//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks"
	"github.com/titan-platform/titan/stacks/order"
)

// platform is the stack <env>.platform of one environment, as Terraform evaluates it with the fixture in place of <env>'s outputs.
type platform struct {
	dir       string                       // of the synthesized stack, where Helm finds our charts
	resources map[string]map[string]object // by type and id
}

// releaseBlock is a helm_release as the provider gets it.
type releaseBlock struct {
	Name, Namespace, Chart, Repository, Version string
	values                                      object
}

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
	content, err := os.ReadFile(filepath.Join(stacksDir, stack, "cdk.tf.json"))
	if err != nil {
		t.Fatal(err)
	}
	var root object
	if err := json.Unmarshal(content, &root); err != nil {
		t.Fatal(err)
	}
	return root
}

// platformOf evaluates an environment's platform stack, with an image in the parameter. Terraform itself does it: its expressions are its own,
// and an output that <env> does not have, or the fixture does not know, is its error. The resources become the value of an output, the two
// data sources become a state file and a local value.
func platformOf(t *testing.T, e environments.Environment, parameter image) platform {
	t.Helper()
	key := e.Name + " " + parameter.String()
	if p, done := evaluated[key]; done {
		return p
	}
	name := order.Name(e, order.Platform)
	stack := synthesized(t, name)
	parameters := object{}
	for id := range at(stack, "data", "aws_ssm_parameter").(object) {
		parameters[id] = object{"insecure_value": parameter.String()}
	}
	resources := stack["resource"].(object)
	for _, byID := range resources {
		for _, body := range byID.(object) {
			delete(body.(object), "//")
		}
	}
	dir := t.TempDir()
	configuration := text(t, object{
		"locals": object{"aws_ssm_parameter": parameters},
		"data": object{"terraform_remote_state": object{"environment": object{
			"backend": "local", "config": object{"path": "outputs.tfstate"},
		}}},
		"output": object{"resources": object{"value": resources}},
	})
	configuration = strings.ReplaceAll(strings.TrimPrefix(configuration, "---\n"), "data.aws_ssm_parameter.", "local.aws_ssm_parameter.")
	write(t, filepath.Join(dir, "main.tf.json"), configuration)
	write(t, filepath.Join(dir, "outputs.tfstate"), stateWith(t, fixture(t, e)))

	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	workspace := terraform.Workspace{Dir: dir, Env: env}
	for _, arguments := range [][]string{{"init", "-input=false"}, {"apply", "-input=false", "-auto-approve"}} {
		if _, err := workspace.Run(t.Context(), arguments...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	output, err := workspace.Run(t.Context(), "output", "-json", "resources")
	if err != nil {
		t.Fatal(err)
	}
	// A legend of Grafana's CloudWatch panels may hold a dynamic label: that one is CloudWatch's to fill in.
	left := strings.ReplaceAll(string(output), "${PROP(", "")
	if strings.Contains(left, "${") || strings.Contains(left, "TfToken") {
		t.Fatalf("%s: a token is left: %s", name, output)
	}
	p := platform{dir: filepath.Join(stacksDir, name)}
	if err := json.Unmarshal(output, &p.resources); err != nil {
		t.Fatal(err)
	}
	evaluated[key] = p
	return p
}

// release is a Helm release by its name.
func (p platform) release(t *testing.T, name string) releaseBlock {
	t.Helper()
	for _, r := range p.releases(t) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no release %s", name)
	return releaseBlock{}
}

func (p platform) releases(t *testing.T) []releaseBlock {
	t.Helper()
	var releases []releaseBlock
	for id, body := range p.resources["helm_release"] {
		var r releaseBlock
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &r); err != nil {
			t.Fatal(err)
		}
		texts, _ := body["values"].([]any)
		if len(texts) != 1 {
			t.Fatalf("%s has %d documents of values, want one", id, len(texts))
		}
		if err := json.Unmarshal([]byte(texts[0].(string)), &r.values); err != nil {
			t.Fatalf("values of %s: %v", id, err)
		}
		if r.Repository == "" {
			r.Chart = filepath.Join(p.dir, r.Chart)
		}
		releases = append(releases, r)
	}
	return releases
}

// stateWith is a Terraform state with nothing but outputs.
func stateWith(t *testing.T, outputs map[string]string) string {
	t.Helper()
	typed := object{}
	for name, value := range outputs {
		typed[name] = object{"value": value, "type": "string"}
	}
	return strings.TrimPrefix(text(t, object{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "fixture", "outputs": typed, "resources": []any{},
	}), "---\n")
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
