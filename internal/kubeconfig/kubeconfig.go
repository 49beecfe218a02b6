// Package kubeconfig provides the way into an EKS cluster as kubectl, Helm and client-go read it: what `aws eks
// update-kubeconfig` writes, and nothing of what somebody else has written.
package kubeconfig

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/clientcmd/api"
)

// Cluster is the API of an EKS cluster.
type Cluster struct {
	ARN      string // names the entries, as in what `aws eks update-kubeconfig` writes
	Name     string // titan-prod-cluster
	Region   string
	Endpoint string // https://…
	CA       []byte // PEM
}

// Login is who asks for a token. Both may be empty: then it is whoever the AWS CLI finds.
type Login struct {
	Role    string // ARN of an IAM role that is assumed
	Profile string // of the AWS CLI's configuration
}

// owner is the name of the extension by which an entry is known again as titan's.
const owner = "titan"

// New is a kubeconfig with one context, which is the current one, under a name. Its user has no credentials: whoever
// uses it calls `aws eks get-token`, whose tokens hold for 14 minutes (AWS CLI Reference, 'get-token').
func New(c Cluster, login Login, name string) *api.Config {
	config := api.NewConfig()
	config.Clusters[c.ARN] = &api.Cluster{
		Server:                   c.Endpoint,
		CertificateAuthorityData: c.CA,
		Extensions:               mark(),
	}
	config.AuthInfos[c.ARN] = &api.AuthInfo{Exec: token(c, login), Extensions: mark()}
	config.Contexts[name] = &api.Context{Cluster: c.ARN, AuthInfo: c.ARN, Extensions: mark()}
	config.CurrentContext = name
	return config
}

func token(c Cluster, login Login) *api.ExecConfig {
	exec := &api.ExecConfig{
		APIVersion:      "client.authentication.k8s.io/v1beta1",
		Command:         "aws",
		Args:            []string{"eks", "get-token", "--cluster-name", c.Name, "--region", c.Region, "--output", "json"},
		InteractiveMode: api.IfAvailableExecInteractiveMode,
		InstallHint:     "it needs the AWS CLI, version 2",
	}
	if login.Role != "" {
		exec.Args = append(exec.Args, "--role-arn", login.Role)
	}
	if login.Profile != "" {
		exec.Env = []api.ExecEnvVar{{Name: "AWS_PROFILE", Value: login.Profile}}
	}
	return exec
}

func mark() map[string]runtime.Object {
	return map[string]runtime.Object{owner: &runtime.Unknown{
		Raw:         []byte(`{"madeBy":"titan kubeconfig"}`),
		ContentType: runtime.ContentTypeJSON,
	}}
}

// marked is whether an entry was made here.
func marked(extensions map[string]runtime.Object) bool {
	_, found := extensions[owner]
	return found
}
