package starter

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/stacks/order"
)

// GitHubDir is the folder of GitHub's workflows in a repository.
const GitHubDir = ".github"

// workflowFiles are the files of GitHubDir that depend on nothing but the environments, by their paths in it.
var workflowFiles = []string{
	"actions/titan/action.yml", "workflows/review.yml", "workflows/deploy.yml", "workflows/deploy-environment.yml",
	"workflows/drift.yml",
}

// deployment is an environment as the workflows know it.
type deployment struct {
	Environment string
	PlanRole    string // ARN: plans on pull requests
	DeployRole  string // ARN
	Region      environments.Region
	Bucket      string   // of the state, which keeps plans until they are applied
	Reviewed    []string // stacks that are planned on a pull request
	Deployed    []string // stacks that are planned after a merge, and applied
	Platform    string   // the stack of what is in the cluster
	Private     bool     // whether the cluster's API answers in its VPC alone
	Pipeline    string   // of the deployer, which applies the platform of such a cluster
}

// Workflows are GitHub's workflows for environments, by their paths in the repository. Emulated ones are left out.
func Workflows(all []environments.Environment) (map[string][]byte, error) {
	var deployments []deployment
	for _, environment := range all {
		if !environment.Emulator {
			deployments = append(deployments, newDeployment(environment))
		}
	}
	written := map[string][]byte{}
	for _, name := range workflowFiles {
		content, err := renderWorkflow(name, deployments)
		if err != nil {
			return nil, err
		}
		written[path.Join(GitHubDir, name)] = content
	}
	return written, nil
}

// writeWorkflows writes the workflows of a new repository, and the one that tests every change.
func writeWorkflows(folder string, all []environments.Environment) error {
	written, err := Workflows(all)
	if err != nil {
		return err
	}
	const ci = "workflows/ci.yml"
	if written[path.Join(GitHubDir, ci)], err = renderWorkflow(ci, nil); err != nil {
		return err
	}
	for name, content := range written {
		if err := put(filepath.Join(folder, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	return nil
}

func newDeployment(e environments.Environment) deployment {
	d := deployment{
		Environment: e.Name,
		PlanRole:    e.Account.GitHubPlanRoleARN(),
		DeployRole:  e.Account.GitHubDeployRoleARN(),
		Region:      e.Region,
		Bucket:      e.Base(e.Region).StateBucket(),
		Platform:    order.Name(e, order.Platform),
		Private:     e.Cluster.Deployer == environments.DeployerCodeBuild,
		Pipeline:    role.DeployerName(e.Prefix()),
	}
	if e.SecondRegion != "" {
		d.Reviewed = append(d.Reviewed, order.Name(e, order.Second))
	}
	d.Reviewed = append(d.Reviewed, order.Name(e, order.Environment), order.Name(e, order.Global))
	d.Deployed = d.Reviewed
	if !d.Private {
		d.Deployed = append(d.Deployed[:len(d.Deployed):len(d.Deployed)], d.Platform)
	}
	return d
}

// renderWorkflow fills a template, whose marks are <% and %>: GitHub's expressions have braces, and bash has brackets.
func renderWorkflow(name string, deployments []deployment) ([]byte, error) {
	source := path.Join("files", "github", name+".tmpl")
	text, err := files.ReadFile(source)
	if err != nil {
		return nil, fmt.Errorf("reading the template: %w", err)
	}
	functions := template.FuncMap{"join": func(names []string) string { return strings.Join(names, ",") }}
	parsed, err := template.New(name).Delims("<%", "%>").Funcs(functions).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("parsing template %q: %w", source, err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, deployments); err != nil {
		return nil, fmt.Errorf("filling template %q: %w", source, err)
	}
	return out.Bytes(), nil
}
