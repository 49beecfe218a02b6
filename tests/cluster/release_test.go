//go:build cluster

package cluster

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// operator installs and upgrades one release, as Terraform and the pipeline do; neither waits, since nothing here becomes ready, and
// hooks are left out, since a Job here never ends.
type operator struct {
	t         *testing.T
	namespace string
	chart     string
	parameter image // the SSM parameter
	values    func(parameter image) object
}

// operators counts, since a namespace can't be used twice: nothing here ends it.
var operators int

func newOperator(t *testing.T, e environments.Environment) *operator {
	operators++
	ns := "release-" + strconv.Itoa(operators)
	namespace(t, ns)
	return &operator{t, ns, chart, standIn, func(parameter image) object { return values(t, e, parameter) }}
}

// terraform applies the release with all of its values, the image among them as the parameter has it.
func (o *operator) terraform() {
	o.t.Helper()
	helm(o.t, "upgrade", release, o.chart, "--install", "--namespace", o.namespace, "--no-hooks", "--values", file(o.t, o.values(o.parameter)))
}

// pipeline writes the parameter, then upgrades: the command of the delivery stage.
func (o *operator) pipeline(next image) {
	o.t.Helper()
	o.parameter = next
	helm(o.t, "upgrade", release, o.chart, "--namespace", o.namespace, "--no-hooks", "--reset-then-reuse-values",
		"--set", "image.repository="+next.repository, "--set", "image.digest="+next.digest)
}

func (o *operator) get(path string) string {
	o.t.Helper()
	return kubectl(o.t, "", "get", "--namespace", o.namespace, "--output", "jsonpath={"+path+"}", "deployment,horizontalpodautoscaler", release)
}

func (o *operator) image() string {
	return o.get(`.items[0].spec.template.spec.containers[0].image`)
}

func (o *operator) expect(what, got, want string) {
	o.t.Helper()
	if got != want {
		o.t.Fatalf("%s: %q, want %q", what, got, want)
	}
}

func (i image) String() string { return i.repository + "@" + i.digest }

func build(digit string) image {
	return image{"111111111111.dkr.ecr.eu-west-1.amazonaws.com/birthday-app", "sha256:" + strings.Repeat(digit, 64)}
}

func TestTerraformAndThePipelineShareTheRelease(t *testing.T) {
	o := newOperator(t, environment(t, "staging"))
	o.terraform()
	o.expect("image of an empty account", o.image(), standIn.String())

	o.pipeline(build("1"))
	o.expect("image after the pipeline", o.image(), build("1").String())

	// A setting changes in the environment file.
	base := o.values
	o.values = func(parameter image) object { return set(base(parameter), 7, "autoscaling", "minReplicas") }
	o.terraform()
	o.expect("image after Terraform's next change", o.image(), build("1").String())
	o.expect("the change", o.get(`.items[1].spec.minReplicas`), "7")

	o.pipeline(build("2"))
	o.expect("image after the pipeline's next release", o.image(), build("2").String())
	o.expect("Terraform's change after it", o.get(`.items[1].spec.minReplicas`), "7")

	// The chart gets a new default, which neither of them sets.
	cpu := `.items[0].spec.template.spec.containers[0].resources.requests.cpu`
	o.expect("the default", o.get(cpu), "250m")
	o.chart = changedChart(t, "requests: {cpu: 250m,", "requests: {cpu: 300m,")
	o.pipeline(build("3"))
	o.expect("the new default by the pipeline", o.get(cpu), "300m")
	o.chart = changedChart(t, "requests: {cpu: 250m,", "requests: {cpu: 350m,")
	o.terraform()
	o.expect("the new default by Terraform", o.get(cpu), "350m")
	o.expect("the image with it", o.image(), build("3").String())

	helm(t, "rollback", release, "2", "--namespace", o.namespace, "--no-hooks")
	o.expect("image after a rollback to the first of the pipeline's", o.image(), build("1").String())
	o.expect("the default after it", o.get(cpu), "250m")

	o.terraform()
	o.expect("image when Terraform applies after a rollback", o.image(), build("3").String())
}

// Without the parameter Terraform would roll back the application: what the test above shows is not for free.
func TestTerraformWouldRollBackWithoutTheParameter(t *testing.T) {
	o := newOperator(t, environment(t, "dev"))
	o.terraform()
	o.pipeline(build("1"))
	o.parameter = standIn
	o.terraform()
	o.expect("image", o.image(), standIn.String())
}

func TestInstallingAgainChangesNothing(t *testing.T) {
	for _, e := range all(t) {
		o := newOperator(t, e)
		o.terraform()
		before := o.versions()
		o.terraform()
		if after := o.versions(); after != before || before == "" {
			t.Errorf("%s: resource versions before\n%s\nafter\n%s", e.Name, before, after)
		}
	}
}

// versions are the names and resource versions of what the release made.
func (o *operator) versions() string {
	o.t.Helper()
	var list struct {
		Items []struct {
			Kind     string
			Metadata struct{ Name, ResourceVersion string }
		}
	}
	output := kubectl(o.t, "", "get", "--namespace", o.namespace, "--selector", "app.kubernetes.io/managed-by=Helm", "--output", "json",
		"deployment,service,ingress,horizontalpodautoscaler,poddisruptionbudget,serviceaccount,configmap,networkpolicy,externalsecret")
	if err := json.Unmarshal([]byte(output), &list); err != nil {
		o.t.Fatal(err)
	}
	var text strings.Builder
	for _, item := range list.Items {
		text.WriteString(item.Kind + " " + item.Metadata.Name + " " + item.Metadata.ResourceVersion + "\n")
	}
	return text.String()
}

// What changes only at the start of a pod must start new pods.
func TestARenewedPasswordStartsNewPodsThatWaitForIt(t *testing.T) {
	o := newOperator(t, environment(t, "staging"))
	o.terraform()
	secret := `.items[0].spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name`
	o.expect("secret", o.get(secret), "birthday-app-database-v1")
	base := o.values
	o.values = func(parameter image) object { return set(base(parameter), 2, "database", "credentials", "version") }
	o.terraform()
	o.expect("secret of the pods", o.get(secret), "birthday-app-database-v2")
	target := kubectl(t, "", "get", "--namespace", o.namespace, "externalsecret", "birthday-app-database", "--output", "jsonpath={.spec.target.name}")
	o.expect("secret that is made", target, "birthday-app-database-v2")
}

func TestConfigurationStartsNewPodsAndAChartVersionDoesNot(t *testing.T) {
	o := newOperator(t, environment(t, "dev"))
	o.terraform()
	template := o.get(`.items[0].spec.template`)
	o.chart = changedFile(t, "Chart.yaml", "version: 0.1.0", "version: 0.1.1")
	o.terraform()
	o.expect("pods of another version of the chart", o.get(`.items[0].spec.template`), template)
	base := o.values
	o.values = func(parameter image) object { return set(base(parameter), "other.example.com", "cache", "host") }
	o.terraform()
	if o.get(`.items[0].spec.template`) == template {
		t.Error("pods go on with the old cache")
	}
}

// changedChart is a copy of the chart with a change of its defaults.
func changedChart(t *testing.T, from, to string) string {
	t.Helper()
	return changedFile(t, "values.yaml", from, to)
}

func changedFile(t *testing.T, file, from, to string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "birthday-app")
	if err := os.CopyFS(dir, os.DirFS(chart)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, file)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(content), from, to, 1)
	if changed == string(content) {
		t.Fatalf("%s has no %q", file, from)
	}
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
