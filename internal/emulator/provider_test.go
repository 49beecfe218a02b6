package emulator

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// asksWhoCalls has the AWS provider and the S3 backend each ask who calls. Neither says where AWS is.
const asksWhoCalls = `{
  "terraform": {
    "required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.99"}},
    "backend": {"s3": {"bucket": "state", "key": "k", "region": "eu-west-1", "allowed_account_ids": ["000000000000"]}}
  },
  "provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["000000000000"]}]},
  "data": {"aws_caller_identity": {"me": {}}},
  "output": {"me": {"value": "${data.aws_caller_identity.me.account_id}"}}
}`

// hostile is what an environment may say to Terraform itself, beside all of ways.
var hostile = way{
	variables: map[string]string{
		"TF_CLI_ARGS": "-not-a-flag", "TF_CLI_ARGS_init": "-plugin-dir=/nowhere", "TF_CLI_ARGS_plan": "-destroy",
		"TF_CLI_CONFIG_FILE": inHome + ".terraformrc", "TF_DATA_DIR": "/nowhere", "TF_WORKSPACE": "another",
		"TF_VAR_region": "x", "TF_PLUGIN_CACHE_DIR": "/nowhere", "TF_REATTACH_PROVIDERS": "no JSON",
		"ALL_PROXY": elsewhere, "HTTPS_PROXY": elsewhere,
		"AWS_ENDPOINT_URL": elsewhere, "AWS_ENDPOINT_URL_S3": elsewhere, "AWS_ENDPOINT_URL_DYNAMODB": elsewhere,
		"AWS_REGION": "us-west-2", "AWS_STS_REGIONAL_ENDPOINTS": "legacy",
	},
	home: map[string]string{
		".terraformrc":     "provider_installation {\n  dev_overrides {\n    \"hashicorp/aws\" = \"/nowhere\"\n  }\n}\n",
		".aws/config":      "[default]\nignore_configured_endpoint_urls = true\ncredential_process = touch " + marker + "\n",
		".aws/credentials": "[default]\naws_access_key_id = real\naws_secret_access_key = real\n",
	},
}

// The true judge of what an environment means: Terraform, its S3 backend and the AWS provider.
func TestTerraformReachesTheEmulatorAlone(t *testing.T) {
	providers, err := terraform.Providers(t.Context(), filepath.Join("..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	everything := way{variables: map[string]string{}, home: hostile.home}
	for _, way := range ways() {
		maps.Copy(everything.variables, way.variables)
	}
	maps.Copy(everything.variables, hostile.variables)
	s, proxy, other := watched(t)
	_, marked := everything.set(t, other.URL)
	w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentOver(Isolated(proxy.URL()), providers)}
	if err := os.WriteFile(filepath.Join(w.Dir, "main.tf.json"), []byte(asksWhoCalls), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	changes, err := w.Plan(t.Context(), "plan")
	if err != nil || !changes {
		t.Errorf("planned: changes %v, %v", changes, err)
	}
	asked := 0
	for _, one := range s.all {
		if !strings.HasPrefix(one, "emulator: ") || !strings.HasSuffix(one, " by test") {
			t.Errorf("seen: %s", one)
		}
		if strings.Contains(one, "GetCallerIdentity") {
			asked++
		}
	}
	if asked < 3 { // the backend of each command, and the provider
		t.Errorf("the emulator was asked %d times who calls, so that somebody else was: %q", asked, s.all)
	}
	if strays := proxy.Strays(); len(strays) > 0 || marked() {
		t.Errorf("other hosts were asked for: %q, a program of the user's was run: %v", strays, marked())
	}
}

// The same environment without a list of what is allowed: the test above can fail.
func TestTerraformGoesElsewhereWithTheUsersEnvironment(t *testing.T) {
	s, proxy, other := watched(t)
	_, marked := way{variables: map[string]string{"AWS_ENDPOINT_URL_STS": elsewhere}}.set(t, other.URL)
	env := append(plainly(proxy, other), "PATH="+os.Getenv("PATH"), "AWS_ENDPOINT_URL_STS="+other.URL)
	w := terraform.Workspace{Dir: t.TempDir(), Env: env}
	if err := os.WriteFile(filepath.Join(w.Dir, "main.tf.json"), []byte(asksWhoCalls), 0o600); err != nil {
		t.Fatal(err)
	}
	_ = w.Init(t.Context()) // it fails, because of who is asked
	if !strings.Contains(strings.Join(s.all, "\n"), "elsewhere: POST") || marked() {
		t.Errorf("seen: %q", s.all)
	}
}
