//go:build e2e && failover

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/failover"
	"github.com/titan-platform/titan/internal/hooks"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// drill is a pair of environments on an emulator whose regions can be lost. Nothing is deployed but by what `titan
// deploy` and `titan failover` run.
type drill struct {
	*testing.T
	emulator           *emulator.Emulator
	terraform          failover.Terraform
	primary, secondary environments.Environment // as committed, but for their protection
}

// TestFailoverAndBackTwice loses the primary's region, fails over, has it come back, and goes back; twice, because what
// the first circle leaves behind is what the second begins with. A marker stands for a cluster's data, and says whose
// it is.
func TestFailoverAndBackTwice(t *testing.T) {
	d := newDrill(t)
	d.deploy(d.of(d.primary)...)
	d.deploy(slices.DeleteFunc(d.all(), func(name string) bool { return slices.Contains(d.of(d.primary), name) })...) // from a snapshot of the first
	d.deploy(d.secondary.Name)                                                                                        // sets IAM authentication and Insights, which RDS leaves out of a restore
	d.quiet("after the first deployment", d.all()...)
	d.release()

	for circle, how := range []emulator.Outage{emulator.Refusing, emulator.TimingOut} {
		name := []string{"refused", "timing out"}[circle]
		d.part("its region "+name, func(d *drill) { d.circle(circle, how, name) })
	}
	d.part("without the second region", (*drill).changesWithoutTheSecondRegion)
	d.part("without us-east-1", (*drill).knowsWhatNeedsNorthVirginia)
}

// part is a part of the drill, which `-run TestFailoverAndBackTwice/NAME` runs alone after the deployment. What comes after a part that fails
// would begin with what that left behind.
func (d *drill) part(name string, run func(*drill)) {
	d.Helper()
	passed := d.Run(name, func(t *testing.T) {
		part := *d
		part.T = t
		run(&part)
	})
	if !passed {
		d.FailNow()
	}
}

// circle loses the primary's region, fails over, has it come back, and goes back.
func (d *drill) circle(number int, how emulator.Outage, name string) {
	before, meanwhile := fmt.Sprintf("written at home, %d", number), fmt.Sprintf("written away, %d", number)
	d.emulator.MarkData(d.primary.DatabaseARN(), before)
	d.backUp()

	d.emulator.Lose(string(d.primary.Region), how)
	d.timed("failover, the region "+name, func() { d.failover(false) })
	d.holds(d.secondary, before)
	d.serves(d.secondary)
	d.emulator.MarkData(d.secondary.DatabaseARN(), meanwhile)

	d.emulator.Restore(string(d.primary.Region))
	d.refusesUntouched()

	d.timed("failback, "+name, func() { d.failover(true) })
	d.holds(d.primary, meanwhile)
	d.serves(d.primary)
	d.quiet("after the way back", d.own()...)
}

func newDrill(t *testing.T) *drill {
	t.Helper()
	files := unprotectedCopy(t, environmentFiles(t))
	all, err := environments.Load(files, "prod,prod-dr")
	must(t, err)
	running := start(t, all[0].Account.ID)
	for _, variable := range emulator.Environment(running.URL()) { // for the SDK of the hooks and of the failover, in this process
		key, value, _ := strings.Cut(variable, "=")
		t.Setenv(key, value)
	}
	quick := awsops.Wait{Every: 100 * time.Millisecond, Most: 2 * time.Minute}
	outdir := filepath.Join(t.TempDir(), "cdktf.out")
	d := &drill{T: t, emulator: running, primary: all[0], secondary: all[1]}
	d.terraform = failover.Terraform{
		Folder: files, Out: outdir,
		Synthesize: func(_ context.Context, names []string) error {
			for _, environment := range all {
				if slices.Contains(names, environment.Name) {
					synthesizeFrom(t, files, outdir, environment)
				}
			}
			return nil
		},
		Env: terraform.EnvironmentOver(emulator.Isolated(running.URL()), mirrored(t), "TF_CLI_ARGS_apply="+parallelism),
		Account: func(ctx context.Context, account environments.Account) (hooks.AWS, error) {
			reached, err := awsops.NewAccount(ctx, account)
			if err != nil {
				return hooks.AWS{}, err
			}
			return hooks.On(reached, hooks.Waits{Replicas: quick, Database: quick}), nil
		},
		View: runner.NewHuman(os.Stdout), Now: time.Now,
	}
	return d
}

// of are an environment's stacks, those of its account included, in their order.
func (d *drill) of(environment environments.Environment) []string {
	var names []string
	for _, stack := range order.Of(environment) {
		names = append(names, stack.Name)
	}
	return names
}

// all are the pair's stacks, the primary's first.
func (d *drill) all() []string {
	names := d.of(d.primary)
	for _, name := range d.of(d.secondary) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// own are the pair's stacks without those of their account, whose state is on this machine.
func (d *drill) own() []string {
	return slices.DeleteFunc(d.all(), func(name string) bool {
		return strings.HasPrefix(name, string(order.Bootstrap)+".") || strings.HasPrefix(name, string(order.Account)+".")
	})
}

func (d *drill) deploy(names ...string) {
	d.Helper()
	must(d.T, d.terraform.Deploy(d.Context(), names, failover.Guard{}))
}

// workspace is the folder of a stack.
func (d *drill) workspace(name string) terraform.Workspace {
	return terraform.Workspace{Dir: filepath.Join(d.terraform.Out, "stacks", name), Env: d.terraform.Env}
}

// quiet fails where a plan of a stack would change anything.
func (d *drill) quiet(when string, names ...string) {
	d.Helper()
	for _, name := range names {
		changes, err := d.workspace(name).Plan(d.Context(), "quiet.tfplan")
		must(d.T, err)
		if changes {
			shown, _ := d.workspace(name).Run(d.Context(), "show", "-no-color", "quiet.tfplan")
			d.Errorf("%s, a plan of %s would change something:\n%s", when, name, shown)
		}
	}
	d.Logf("%s: %d plans", when, len(names))
}

// failover runs the command to its end, with a yes to every question.
func (d *drill) failover(back bool) {
	d.Helper()
	quick := awsops.Wait{Every: 100 * time.Millisecond, Most: 2 * time.Minute}
	must(d.T, failover.Run(d.Context(), failover.Options{
		Environment: d.primary.Name, Back: back, Folder: d.terraform.Folder, PlatformFromHere: true,
		Out: os.Stdout, Now: time.Now, Ask: func(string) (bool, error) { return true, nil },
		Account: func(ctx context.Context, account environments.Account) (failover.AWS, error) {
			reached, err := awsops.NewAccount(ctx, account)
			if err != nil {
				return failover.AWS{}, err
			}
			return failover.On(reached, failover.Waits{Database: quick, Replicas: quick, Builds: quick}), nil
		},
		Stacks: d.terraform,
	}))
}

func (d *drill) timed(what string, do func()) {
	d.Helper()
	began := time.Now()
	do()
	d.Logf("%s: %s", what, time.Since(began).Round(time.Second))
}

// ask makes a call in a region, and fails unless it succeeds.
func (d *drill) ask(region environments.Region, call apiCall) string {
	d.Helper()
	status, answer := (client{t: d.T, url: d.emulator.URL(), region: string(region)}).do(call)
	if status >= http.StatusMultipleChoices {
		d.Fatalf("%+v in %s: %d %s", call, region, status, answer)
	}
	return answer
}

// release puts an image into both registries, as the pipeline and its replication do.
func (d *drill) release() {
	d.Helper()
	for _, environment := range []environments.Environment{d.primary, d.secondary} {
		d.ask(environment.Region, apiCall{service: "ecr", target: "AmazonEC2ContainerRegistry_V20150921.PutImage", body: map[string]any{
			"repositoryName": environment.ImageRepository(), "imageManifest": "{}", "imageTag": "release-1",
		}})
	}
}

// backUp has AWS Backup do what its plan does each night: a backup of the primary's cluster, and a copy in the second region.
func (d *drill) backUp() {
	d.Helper()
	role := "arn:aws:iam::" + d.primary.Account.ID + ":role/backup"
	made := d.job("backup-jobs", "BackupJobId", map[string]string{
		"BackupVaultName": d.primary.Prefix(), "ResourceArn": d.primary.DatabaseARN(), "IamRoleArn": role,
	})
	d.job("copy-jobs", "CopyJobId", map[string]string{
		"RecoveryPointArn": made["RecoveryPointArn"].(string), "SourceBackupVaultName": d.primary.Prefix(), "IamRoleArn": role,
		"DestinationBackupVaultArn": fmt.Sprintf("arn:aws:backup:%s:%s:backup-vault:%s", d.secondary.Region, d.primary.Account.ID, d.primary.CopyVault()),
	})
}

// job starts a job of AWS Backup in the primary's region and waits until it is completed.
func (d *drill) job(kind, id string, of map[string]string) map[string]any {
	d.Helper()
	body, err := json.Marshal(of)
	must(d.T, err)
	started := decoded(d.T, d.ask(d.primary.Region, apiCall{service: "backup", path: "/" + kind, method: http.MethodPut, text: string(body)}))
	for range 10 {
		job := decoded(d.T, d.ask(d.primary.Region, apiCall{service: "backup", path: fmt.Sprintf("/%s/%s", kind, started[id])}))
		if inner, wrapped := job["CopyJob"].(map[string]any); wrapped {
			job = inner
		}
		if job["State"] == "COMPLETED" {
			return started
		}
	}
	d.Fatalf("%s %v is never completed", kind, started[id])
	return nil
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var answer map[string]any
	must(t, json.Unmarshal([]byte(text), &answer))
	return answer
}

// holds fails unless an environment's cluster has that data.
func (d *drill) holds(environment environments.Environment, want string) {
	d.Helper()
	if got := d.emulator.DataOf(environment.DatabaseARN()); got != want {
		d.Fatalf("the cluster of %s holds %q, want %q", environment.Name, got, want)
	}
}

// serves fails unless the distribution names an environment, and its load balancer, and no other that can be reached, forwards what the
// distribution sends.
func (d *drill) serves(environment environments.Environment) {
	d.Helper()
	if got := d.named(); got != environment.Name {
		d.Errorf("the distribution names %q, want %q", got, environment.Name)
	}
	if !slices.Contains(d.forwards(environment), environment.Name) {
		d.Errorf("the load balancer of %s forwards to %v alone", environment.Name, d.forwards(environment))
	}
}

// refusesUntouched fails if the primary's load balancer, as it was when its region was lost, would forward what the distribution sends now.
func (d *drill) refusesUntouched() {
	d.Helper()
	named, forwards := d.named(), d.forwards(d.primary)
	if slices.Contains(forwards, named) {
		d.Fatalf("%s is back, and takes writes: the distribution sends %q, it forwards %q", d.primary.Region, named, forwards)
	}
	if !slices.Equal(forwards, []string{d.primary.Name}) {
		d.Errorf("%s forwards %q: the test wants it untouched, forwarding for its own name", d.primary.Name, forwards)
	}
}

var sentHeader = regexp.MustCompile(`<HeaderName>` + environments.ServingHeader + `</HeaderName>\s*<HeaderValue>([^<]*)</HeaderValue>`)

// named is whom the distribution names to its origin, as CloudFront has it.
func (d *drill) named() string {
	d.Helper()
	list := d.ask(environments.GlobalRegion, apiCall{service: "cloudfront", path: "/2020-05-31/distribution"})
	for _, id := range regexp.MustCompile(`<Id>(E[A-Z0-9]+)</Id>`).FindAllStringSubmatch(list, -1) {
		config := d.ask(environments.GlobalRegion, apiCall{service: "cloudfront", path: "/2020-05-31/distribution/" + id[1]})
		if sent := sentHeader.FindStringSubmatch(config); sent != nil {
			return sent[1]
		}
	}
	d.Fatalf("no distribution sends %s:\n%s", environments.ServingHeader, list)
	return ""
}

// forwards are the values of the header for which an environment's load balancer forwards, as ELB has its rules.
func (d *drill) forwards(environment environments.Environment) []string {
	d.Helper()
	elb := func(action string, parameters ...string) string {
		form := url.Values{"Action": {action}}
		for i := 0; i < len(parameters); i += 2 {
			form.Set(parameters[i], parameters[i+1])
		}
		return d.ask(environment.Region, apiCall{service: "elasticloadbalancing", form: form})
	}
	balancer := first(elb("DescribeLoadBalancers", "Names.member.1", environment.LoadBalancerName()), `<LoadBalancerArn>([^<]+)<`)
	var values []string
	listeners := elb("DescribeListeners", "LoadBalancerArn", balancer)
	for _, listener := range regexp.MustCompile(`<ListenerArn>([^<]+)<`).FindAllStringSubmatch(listeners, -1) {
		for _, rule := range strings.Split(elb("DescribeRules", "ListenerArn", listener[1]), "<RuleArn>")[1:] {
			_, header, found := strings.Cut(rule, "<HttpHeaderName>"+environments.ServingHeader+"<")
			if !found || !strings.Contains(rule, "<Type>forward</Type>") {
				continue
			}
			header, _, _ = strings.Cut(header, "</Values>")
			for _, value := range regexp.MustCompile(`<member>([^<]*)</member>`).FindAllStringSubmatch(header, -1) {
				values = append(values, value[1])
			}
		}
	}
	return values
}

func first(text, pattern string) string {
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return found[1]
}

// nodeGroups are the paths of the primary's node groups.
func (d *drill) nodeGroups() []string {
	d.Helper()
	path := "/clusters/" + d.primary.ClusterName() + "/node-groups"
	var listed struct{ Nodegroups []string }
	must(d.T, json.Unmarshal([]byte(d.ask(d.primary.Region, apiCall{service: "eks", path: path})), &listed))
	for i, name := range listed.Nodegroups {
		listed.Nodegroups[i] = path + "/" + name
	}
	return listed.Nodegroups
}

// changesWithoutTheSecondRegion changes the primary while the second region is lost.
func (d *drill) changesWithoutTheSecondRegion() {
	d.Helper()
	d.emulator.Lose(string(d.secondary.Region), emulator.Refusing)
	defer d.emulator.Restore(string(d.secondary.Region))
	file, err := edit.Open(filepath.Join(d.terraform.Folder, d.primary.Name+".yaml"))
	must(d.T, err)
	must(d.T, file.Set("cluster.node_groups.0.max", 6))
	must(d.T, edit.Save(func(folder string) error { _, err := environments.Load(folder, ""); return err }, file))
	d.timed("another size of a node group, "+string(d.secondary.Region)+" lost", func() { d.deploy(d.primary.Name) })
	groups := 0
	for _, name := range d.nodeGroups() {
		group := d.ask(d.primary.Region, apiCall{service: "eks", path: name})
		if strings.Contains(name, "/system-") {
			groups++
			if most := first(group, `"maxSize": ?(\d+)`); most != "6" {
				d.Errorf("%s has at most %s nodes: %s", name, most, group)
			}
		}
	}
	if groups == 0 {
		d.Error("no node group is called system-…")
	}
	if lost := d.emulator.LostCalls(string(d.secondary.Region)); len(lost) > 0 {
		d.Errorf("%d calls went to %s, the first one %+v", len(lost), d.secondary.Region, lost[0])
	}
}

// knowsWhatNeedsNorthVirginia plans every stack while us-east-1 is lost. What has roles, DNS records or budgets can't be planned, because their
// API is there; docs/outages.md says so.
func (d *drill) knowsWhatNeedsNorthVirginia() {
	d.Helper()
	d.emulator.Lose(string(environments.GlobalRegion), emulator.Refusing)
	defer d.emulator.Restore(string(environments.GlobalRegion))
	var planned []string
	for _, name := range d.own() {
		// The provider tries a call 25 times, which takes longer than anybody waits (AWS provider, max_retries).
		once := filepath.Join(d.workspace(name).Dir, "once_override.tf.json")
		must(d.T, os.WriteFile(once, []byte(`{"provider": {"aws": [{"max_retries": 1}]}}`), 0o600))
		ctx, stop := context.WithTimeout(d.Context(), 2*time.Minute)
		if _, err := d.workspace(name).Plan(ctx, "virginia.tfplan"); err == nil {
			planned = append(planned, name)
		}
		stop()
		must(d.T, os.Remove(once))
	}
	d.Logf("with us-east-1 lost, of %v these can be planned: %v", d.own(), planned)
	want := []string{d.primary.Name + ".second", d.primary.Name + ".platform", d.secondary.Name + ".second", d.secondary.Name + ".platform"}
	if !slices.Equal(planned, want) {
		d.Errorf("with us-east-1 lost, %v can be planned, want %v", planned, want)
	}
	err := failover.Run(d.Context(), failover.Options{
		Environment: d.primary.Name, Folder: d.terraform.Folder, DryRun: true, Out: os.Stdout, Now: time.Now, Stacks: d.terraform,
		Account: func(ctx context.Context, account environments.Account) (failover.AWS, error) {
			reached, err := awsops.NewAccount(ctx, account)
			if err != nil {
				return failover.AWS{}, err
			}
			return failover.On(reached, failover.DefaultWaits), nil
		},
	})
	if err == nil || !strings.Contains(err.Error(), "docs/outages.md") {
		d.Errorf("a failover with us-east-1 lost: %v, want it refused, with where to read on", err)
	}
}
