//go:build e2e && guarded

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

var update = flag.Bool("update", false, "write docs/reviews.md anew")

// reviewsPage has the table of what `titan review` says of the changes.
const reviewsPage = root + "/docs/reviews.md"

// TestReviewsOfRealChanges deploys production as it is committed, protection included, changes one thing at a time,
// plans what that changes, and has `titan review` judge the plans.
func TestReviewsOfRealChanges(t *testing.T) {
	p := newProduction(t)
	var rows []string
	for _, c := range reviewed {
		t.Run(c.name, func(t *testing.T) {
			result := p.on(t).review(c)
			if missing, unwanted := result.against(c.want); len(missing)+len(unwanted) > 0 {
				t.Errorf("the review lacks %q, and has %q\n%s", missing, unwanted, result.text)
			}
			if refused := len(c.want) > 0; result.refused != refused {
				t.Errorf("refused: %v, want %v\n%s", result.refused, refused, result.text)
			}
			rows = append(rows, result.row(c))
		})
	}
	p.reviewsEverything()
	if !t.Failed() {
		keepsPage(t, rows)
	}
}

// production is the environment prod on an emulator, deployed, with its peer in the files beside it.
type production struct {
	*testing.T
	environment environments.Environment
	files       string // as deployed
	outdir      string
	stacks      []string // its own, in their order
	deployed    map[string]string
	workspaces  map[string]terraform.Workspace
}

func newProduction(t *testing.T) *production {
	t.Helper()
	files := environmentFiles(t)
	all, err := environments.Load(files, "prod")
	must(t, err)
	running := start(t, all[0].Account.ID)
	p := &production{
		T: t, environment: all[0], files: files, outdir: filepath.Join(t.TempDir(), "cdktf.out"),
		deployed: map[string]string{}, workspaces: map[string]terraform.Workspace{},
	}
	env := terraform.EnvironmentOver(emulator.Isolated(running.URL()), mirrored(t))
	synthesizeFrom(t, files, p.outdir, p.environment)
	for _, one := range order.Of(p.environment) {
		workspace := terraform.Workspace{Dir: filepath.Join(p.outdir, "stacks", one.Name), Env: env}
		must(t, workspace.Init(t.Context()))
		_, err := workspace.Plan(t.Context(), "first.tfplan")
		must(t, err)
		must(t, workspace.Apply(t.Context(), "first.tfplan", parallelism))
		if one.Shared() {
			continue
		}
		p.stacks = append(p.stacks, one.Name)
		p.workspaces[one.Name] = workspace
		p.deployed[one.Name] = p.synthesized(one.Name)
	}
	return p
}

// on is the same for a test of its own.
func (p *production) on(t *testing.T) *production {
	mine := *p
	mine.T = t
	return &mine
}

func (p *production) file(stack string) string {
	return filepath.Join(p.workspaces[stack].Dir, "cdk.tf.json")
}

func (p *production) synthesized(stack string) string {
	p.Helper()
	text, err := os.ReadFile(p.file(stack))
	must(p.T, err)
	return string(text)
}

// verdicts is what a review says of a change.
type verdicts struct {
	verdicts []string            // of what refuses the plans: the verdict, the stack and the address without its hash
	says     map[string][]string // by those
	refused  bool
	text     string
}

// review makes a change, plans every stack that it touches, and has the command judge the plans.
func (p *production) review(c reviewedChange) verdicts {
	p.Helper()
	files := p.change(c)
	var plans []string
	for _, name := range p.stacks {
		if p.synthesized(name) != p.deployed[name] {
			plans = append(plans, p.plan(name))
		}
	}
	if len(plans) == 0 {
		p.Fatal("no stack changes")
	}
	return p.judge(files, plans)
}

// change synthesizes what a change makes, and returns the folder of the files.
func (p *production) change(c reviewedChange) string {
	p.Helper()
	files := copied(p.T, p.files)
	for name, settings := range c.files {
		file, err := edit.Open(filepath.Join(files, name))
		must(p.T, err)
		for _, setting := range settings {
			must(p.T, setting(file))
		}
		must(p.T, file.Save(func(string) error { return nil })) // the synthesis judges all of them together
	}
	synthesizeFrom(p.T, files, p.outdir, p.environment)
	if c.code == nil {
		return files
	}
	stacks := map[string]synth.Stack{}
	for _, name := range p.stacks {
		stack := synth.Stack{Name: name}
		must(p.T, json.Unmarshal([]byte(p.synthesized(name)), &stack.Root))
		stacks[name] = stack
	}
	c.code(p.T, stacks)
	for name, stack := range stacks {
		text, err := json.MarshalIndent(stack.Root, "", "  ")
		must(p.T, err)
		if before := (synth.Stack{Name: name, Text: p.synthesized(name)}).Copy(); synth.Text(before.Root) != synth.Text(stack.Root) {
			must(p.T, os.WriteFile(p.file(name), text, 0o600))
		}
	}
	return files
}

// plan plans a stack and returns the file of the plan's JSON, which is called after it. What was deployed is what
// stands, so nothing is read anew.
func (p *production) plan(name string) string {
	p.Helper()
	workspace := p.workspaces[name]
	_, err := workspace.Plan(p.Context(), "change.tfplan", "-refresh=false", "-lock=false")
	must(p.T, err)
	shown, err := workspace.ShowPlan(p.Context(), "change.tfplan")
	must(p.T, err)
	file := filepath.Join(p.outdir, name+".json") // a test's own folder has its name, which may have a comma
	must(p.T, os.WriteFile(file, shown, 0o600))
	return file
}

// judge runs `titan review` as its user does.
func (p *production) judge(files string, plans []string) verdicts {
	p.Helper()
	command := exec.CommandContext(p.Context(), filepath.Join(built(p.T), "titan"), "review", "--plan", strings.Join(plans, ","))
	command.Dir, command.Env = root, append(os.Environ(), "TITAN_ENVIRONMENTS_DIR="+files)
	var errors bytes.Buffer
	command.Stderr = &errors
	text, err := command.Output()
	code := exitCode(err)
	if code != 0 && code != 1 {
		p.Fatalf("titan review: %v\n%s%s", err, text, errors.String())
	}
	v := readVerdicts(string(text))
	v.refused = code == 1
	return v
}

func exitCode(err error) int {
	var ended *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended):
		return ended.ExitCode()
	}
	return -1
}

// A finding's lines: whose it is, what it says, and how it is acknowledged, which has its verdict.
var (
	findingOf    = regexp.MustCompile(`^  (\S+): (\S+)$`)
	findingSays  = regexp.MustCompile(`^    (\S.*)$`)
	acknowledged = regexp.MustCompile(`^    or acknowledge it: --allow '?([a-z-]+)=`)
)

// readVerdicts reads what refuses the plans out of what a person is shown.
func readVerdicts(text string) verdicts {
	v := verdicts{text: text, says: map[string][]string{}}
	var where string
	var says []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if found := findingOf.FindStringSubmatch(line); found != nil {
			where, says = found[1]+":"+hash.ReplaceAllString(found[2], ""), nil
		} else if found := acknowledged.FindStringSubmatch(line); found != nil {
			verdict := found[1] + " " + where
			v.verdicts = append(v.verdicts, verdict)
			v.says[verdict] = says
		} else if found := findingSays.FindStringSubmatch(line); found != nil {
			says = append(says, found[1])
		}
	}
	slices.Sort(v.verdicts)
	return v
}

// against are the patterns that no verdict matches, and the verdicts that match none.
func (v verdicts) against(want []string) (missing, unwanted []string) {
	matches := func(pattern, verdict string) bool {
		matched, err := path.Match(pattern, verdict)
		return matched && err == nil
	}
	for _, pattern := range want {
		if !slices.ContainsFunc(v.verdicts, func(verdict string) bool { return matches(pattern, verdict) }) {
			missing = append(missing, pattern)
		}
	}
	for _, verdict := range v.verdicts {
		if !slices.ContainsFunc(want, func(pattern string) bool { return matches(pattern, verdict) }) {
			unwanted = append(unwanted, verdict)
		}
	}
	return missing, unwanted
}

// reviewsEverything has the command judge the plans of all stacks at once, and says how long that takes.
func (p *production) reviewsEverything() {
	p.Helper()
	everything := reviewedChange{code: func(_ *testing.T, stacks map[string]synth.Stack) {
		for _, stack := range stacks {
			for _, providers := range synth.Object(stack.Root, "provider") {
				for _, provider := range synth.List(providers) {
					retag(provider)
				}
			}
		}
	}}
	files := p.change(everything)
	var plans []string
	for _, name := range p.stacks {
		plans = append(plans, p.plan(name))
	}
	began := time.Now()
	v := p.judge(files, plans)
	took := time.Since(began)
	lines := strings.Count(v.text, "\n")
	p.Logf("the review of all %d stacks, of which every resource that takes tags changes, took %s and has %d lines", len(plans), took.Round(time.Millisecond), lines)
	if v.refused {
		p.Errorf("another tag is refused:\n%s", v.text)
	}
}

// retag gives everything of a provider another tag.
func retag(provider any) {
	settings, _ := provider.(map[string]any)
	for _, tags := range synth.List(settings["default_tags"]) {
		if holder, ok := tags.(map[string]any); ok {
			if values, ok := holder["tags"].(map[string]any); ok {
				values["cost-center"] = "4711"
			}
		}
	}
}

// row is a change's row in the page: findings that say the same of one type stand once.
func (v verdicts) row(c reviewedChange) string {
	if len(v.verdicts) == 0 {
		return fmt.Sprintf("| %s | harmless |", c.name)
	}
	counts, order := map[string]int{}, []string(nil)
	first := map[string]string{}
	for _, one := range v.verdicts {
		verdict, address, _ := strings.Cut(one, " ")
		_, resource, _ := strings.Cut(address, ":")
		kind, _, _ := strings.Cut(resource, ".")
		key := fmt.Sprintf("**%s** %%s: %s", verdict, strings.Join(v.says[one], "; "))
		key = kind + "|" + key
		if counts[key]++; counts[key] == 1 {
			order, first[key] = append(order, key), address
		}
	}
	var said []string
	for _, key := range order {
		_, text, _ := strings.Cut(key, "|")
		what := "`" + first[key] + "`"
		if more := counts[key] - 1; more > 0 {
			what += fmt.Sprintf(" and %d more", more)
		}
		said = append(said, strings.Replace(text, "%s", what, 1))
	}
	return fmt.Sprintf("| %s | %s |", c.name, strings.Join(said, "<br>"))
}

const tableBegin, tableEnd = "<!-- begin reviews -->\n", "<!-- end reviews -->"

// keepsPage compares the table of the page with the rows, or writes it.
func keepsPage(t *testing.T, rows []string) {
	t.Helper()
	page, err := os.ReadFile(reviewsPage)
	must(t, err)
	before, rest, found := strings.Cut(string(page), tableBegin)
	_, after, ended := strings.Cut(rest, tableEnd)
	if !found || !ended {
		t.Fatalf("%s has no place for the table", reviewsPage)
	}
	before, _, _ = strings.Cut(before, "The last whole run") // which stands there while there is no table
	want := before + tableBegin + "| What is changed | What the review says |\n| --- | --- |\n" + strings.Join(rows, "\n") + "\n" + tableEnd + after
	if *update {
		must(t, os.WriteFile(reviewsPage, []byte(want), 0o600))
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("%s is stale (make e2e-guarded UPDATE=1 writes it):\n%s", reviewsPage, diff)
	}
}
