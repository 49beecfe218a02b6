//go:build e2e

package tests

import (
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/jsii-runtime-go"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/wafrules"
	"github.com/titan-platform/titan/modules/webacl"
)

// webACLAccount is an account of the emulator that no other test uses.
const webACLAccount = "456789012345"

// leastWebACL are settings with nothing on.
func leastWebACL() wafrules.Settings { return wafrules.Settings{Counts: true, RateLimit: 2000} }

// wholeWebACL are settings with everything on, of some paths.
func wholeWebACL(paths ...string) wafrules.Settings {
	office := []netip.Prefix{netip.MustParsePrefix("8.8.4.4/32"), netip.MustParsePrefix("2a02:8100::/32")}
	return wafrules.Settings{
		Deny: office[:1], Allow: office[1:], BodyLimit: 32 << 10, Uploads: paths,
		RateLimit: 2000, Static: paths,
		RateLimits: []wafrules.RateLimit{{Name: "login", Paths: paths, Limit: 10, WindowSeconds: 60}},
		BotControl: wafrules.BotControlTargeted,
		Exceptions: []wafrules.Exception{
			{Rule: "CrossSiteScripting_BODY", Paths: paths, Addresses: office}, {Rule: "NoUserAgent_HEADER"},
		},
	}
}

// manyPaths need several regular expressions, which is as deep as statements go.
func manyPaths() []string {
	var paths []string
	for letter := 'a'; letter <= 'z'; letter++ {
		paths = append(paths, "/a-part-of-a-path/"+string(letter)+"/*")
	}
	return paths
}

// webACLStack is a stack with a web ACL alone.
func webACLStack(t *testing.T, region string, config webacl.Config) Stack {
	t.Helper()
	titan, err := app.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	stack := cdktf.NewTerraformStack(titan.Root(), jsii.String("webacl"))
	awsprovider.NewAwsProvider(stack, jsii.String("aws"), &awsprovider.AwsProviderConfig{Region: jsii.String(region)})
	config.Target = target.Target{
		Name: "titan-test", Partition: "aws", AccountID: webACLAccount, Region: region, LogDays: 7,
	}
	config.LogKeyARN = config.ARN("kms", "key/00000000-0000-4000-8000-000000000000")
	config.Description = "In front of a test"
	webacl.New(stack, "web-acl", config)
	made := Stack{Name: *stack.Node().Id(), Text: *cdktf.Testing_Synth(stack, jsii.Bool(true))}
	if err := json.Unmarshal([]byte(made.Text), &made.Root); err != nil {
		t.Fatal(err)
	}
	settings, _ := made.Root["terraform"].(map[string]any)
	delete(settings, "backend")
	settings["required_providers"] = map[string]any{"aws": map[string]any{"source": "hashicorp/aws"}}
	return made
}

// A web ACL of a load balancer is of its region, and is put in front of it; a body is seen as far as load balancers
// show it.
func TestAWebACLInFrontOfALoadBalancer(t *testing.T) {
	const loadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:456789012345:loadbalancer/app/titan/0123456789abcdef"
	stack := webACLStack(t, "eu-west-1", webacl.Config{
		Scope: webacl.Regional, Rules: wholeWebACL(manyPaths()...), InspectedKiB: 64, LoadBalancerARN: loadBalancer,
	})
	acl := stack.Resource(t, "aws_wafv2_web_acl", "web-acl")
	acl.WantValue(t, "scope", "REGIONAL")
	acl.WantValue(t, "association_config", nil)
	association := stack.Resource(t, "aws_wafv2_web_acl_association", "web-acl-association")
	association.WantValue(t, "resource_arn", loadBalancer)
	association.WantReference(t, "web_acl_arn", acl)
	association.WantValue(t, "timeouts.create", "20m")
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range validated(t, env, encodedRoot(t, stack)) {
		t.Error(diagnostic)
	}
}

// Settings come and go: each is applied in one go, with nothing left to change, also where IP sets leave the file that
// rules still name. The emulator refuses to delete those, as AWS does.
func TestSettingsOfTheWebACLComeAndGo(t *testing.T) {
	titan := filepath.Join("..", ".titan")
	providers, err := terraform.Providers(t.Context(), titan)
	if err != nil {
		t.Fatal(err)
	}
	e, err := emulator.Start(t.Context(), titan, webACLAccount)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentOver(emulator.Isolated(e.URL()), providers)}
	for i, step := range []struct {
		name      string
		rules     wafrules.Settings
		inspected int
	}{{"everything", wholeWebACL("/photos/*"), 64}, {"least", leastWebACL(), 16}} {
		stack := webACLStack(t, "us-east-1", webacl.Config{
			Scope: webacl.CloudFront, Rules: step.rules, InspectedKiB: step.inspected,
		})
		if err := os.WriteFile(filepath.Join(w.Dir, "cdk.tf.json"), []byte(encodedRoot(t, stack)), 0o600); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := w.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Plan(t.Context(), "plan"); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if err := w.Apply(t.Context(), "plan"); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if changes, err := w.Plan(t.Context(), "again"); err != nil || changes {
			t.Errorf("%s: a second plan has changes: %v, %v", step.name, changes, err)
		}
	}
}

func encodedRoot(t *testing.T, stack Stack) string {
	t.Helper()
	text, err := json.Marshal(stack.Root)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
