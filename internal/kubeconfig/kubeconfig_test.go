package kubeconfig

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

var prod = Cluster{
	ARN:      "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster",
	Name:     "titan-prod-cluster",
	Region:   "eu-west-1",
	Endpoint: "https://A.gr7.eu-west-1.eks.amazonaws.com",
	CA:       []byte("pem"),
}

func load(t *testing.T, path string) *api.Config {
	t.Helper()
	config, err := clientcmd.LoadFromFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestANewFileIsForItsOwnerAloneAndLogsInByTheAWSCLI(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "config")
	if err := Merge(path, New(prod, Login{Role: "arn:aws:iam::333333333333:role/admin", Profile: "production"}, "prod")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	config := load(t, path)
	if config.CurrentContext != "prod" || config.Clusters[prod.ARN].Server != prod.Endpoint {
		t.Errorf("%+v", config)
	}
	exec := config.AuthInfos[prod.ARN].Exec
	want := "eks get-token --cluster-name titan-prod-cluster --region eu-west-1 --output json --role-arn " +
		"arn:aws:iam::333333333333:role/admin"
	if got := strings.Join(exec.Args, " "); exec.Command != "aws" || got != want {
		t.Errorf("%s %s", exec.Command, got)
	}
	if len(exec.Env) != 1 || exec.Env[0] != (api.ExecEnvVar{Name: "AWS_PROFILE", Value: "production"}) {
		t.Errorf("environment %v", exec.Env)
	}
	rest, err := clientcmd.NewDefaultClientConfig(*config, nil).ClientConfig()
	if err != nil || rest.Host != prod.Endpoint || rest.ExecProvider == nil {
		t.Errorf("client-go reads %+v, %v", rest, err)
	}
}

// others is a kubeconfig that somebody else wrote, with a cluster of theirs.
const others = `apiVersion: v1
kind: Config
current-context: home
contexts:
- {name: home, context: {cluster: home, user: home}}
clusters:
- {name: home, cluster: {server: "https://home.example.com"}}
users:
- {name: home, user: {token: secret}}
`

func write0(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatOthersWroteStays(t *testing.T) {
	path := write0(t, others)
	for range 2 { // and once more
		if err := Merge(path, New(prod, Login{}, "prod")); err != nil {
			t.Fatal(err)
		}
	}
	config := load(t, path)
	if config.CurrentContext != "home" || config.AuthInfos["home"].Token != "secret" || len(config.Contexts) != 2 {
		t.Errorf("%+v", config)
	}
	// What is its own follows the cluster, such as one that was made anew.
	moved := prod
	moved.Endpoint = "https://B.gr7.eu-west-1.eks.amazonaws.com"
	if err := Merge(path, New(moved, Login{}, "prod")); err != nil {
		t.Fatal(err)
	}
	if got := load(t, path).Clusters[prod.ARN].Server; got != moved.Endpoint {
		t.Errorf("server %s", got)
	}
}

func TestWhatIsInTheWayIsNamedAndNothingIsWritten(t *testing.T) {
	content := strings.ReplaceAll(others, "name: home", "name: prod")
	path := write0(t, content)
	err := Merge(path, New(prod, Login{}, "prod"))
	if err == nil || !strings.Contains(err.Error(), `a context "prod" already`) {
		t.Fatalf("%v", err)
	}
	if now, _ := os.ReadFile(path); string(now) != content {
		t.Errorf("the file is now %s", now)
	}
}

// The AWS CLI's own entries are as good as ours, and stay the AWS CLI's.
func TestEntriesOfTheAWSCLIStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config")
	theirs := New(prod, Login{}, prod.ARN)
	for _, user := range theirs.AuthInfos {
		user.Extensions = nil
		user.Exec.Args = []string{
			"--region", "eu-west-1", "eks", "get-token", "--cluster-name", prod.Name, "--output", "json",
		}
	}
	for _, cluster := range theirs.Clusters {
		cluster.Extensions = nil
	}
	for _, context := range theirs.Contexts {
		context.Extensions = nil
	}
	if err := Merge(path, theirs); err != nil {
		t.Fatal(err)
	}
	if err := Merge(path, New(prod, Login{}, "prod")); err != nil {
		t.Fatal(err)
	}
	config := load(t, path)
	if config.AuthInfos[prod.ARN].Exec.Args[0] != "--region" || config.Contexts["prod"] == nil ||
		config.Contexts[prod.ARN] == nil {
		t.Errorf("%+v", config)
	}
	if err := Merge(path, New(prod, Login{Profile: "other"}, "prod")); err == nil ||
		!strings.Contains(err.Error(), "a user") {
		t.Errorf("another login over theirs: %v", err)
	}
}

func TestALinkStaysALink(t *testing.T) {
	path := write0(t, others)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Merge(link, New(prod, Login{}, "prod")); err != nil {
		t.Fatal(err)
	}
	if load(t, path).Contexts["prod"] == nil {
		t.Error("the file behind the link was not written")
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v", info, err)
	}
}
