package moves

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// configuration is a stack with one bucket at an address, and the moved blocks that lead there.
func configuration(id string, blocks ...Move) string {
	root := map[string]any{
		"terraform": map[string]any{"required_providers": map[string]any{"aws": map[string]any{"source": "hashicorp/aws"}}},
		"provider":  map[string]any{"aws": map[string]any{"region": "eu-west-1"}},
		"resource": map[string]any{
			"aws_s3_bucket": map[string]any{id: map[string]any{"bucket": "files-of-a-renamed-construct"}},
		},
	}
	if len(blocks) > 0 {
		root["moved"] = encoded(blocks)
	}
	text, err := json.Marshal(root)
	if err != nil {
		panic(err) // strings alone
	}
	return string(text)
}

// encoded are moves as a stack's JSON has them.
func encoded(all []Move) []any {
	var blocks []any
	for _, one := range all {
		blocks = append(blocks, map[string]any{"from": one.From, "to": one.To})
	}
	return blocks
}

// TestABucketMovesOnTheEmulator makes a bucket, renames it, and plans: with moved blocks it goes on at its new address;
// without, which is the mistake that they are for, it would be destroyed.
func TestABucketMovesOnTheEmulator(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip(err)
	}
	titan := filepath.Join("..", "..", ".titan")
	providers, err := terraform.Providers(t.Context(), titan)
	if err != nil {
		t.Fatal(err)
	}
	e, err := emulator.Start(t.Context(), titan, "234567890123")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentOver(emulator.Isolated(e.URL()), providers)}
	configure := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(w.Dir, "cdk.tf.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const before, between, after = "aws_s3_bucket.before", "aws_s3_bucket.between", "aws_s3_bucket.after"
	configure(configuration("before"))
	if err := w.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	planned(t, w)
	if err := w.Apply(t.Context(), "plan"); err != nil {
		t.Fatal(err)
	}

	configure(configuration("after"))
	want := []string{after + ": create", before + ": delete"}
	if diff := cmp.Diff(want, planned(t, w)); diff != "" {
		t.Errorf("renamed without a moved block: %s", diff)
	}
	configure(configuration("after", Move{before, between}, Move{between, after}))
	want = []string{after + ": no-op, was " + before}
	if diff := cmp.Diff(want, planned(t, w)); diff != "" {
		t.Errorf("renamed with moved blocks: %s", diff)
	}
	if err := w.Apply(t.Context(), "plan"); err != nil {
		t.Fatal(err)
	}
	if state, err := w.State(t.Context()); err != nil || !slices.Equal(state, []string{after}) {
		t.Errorf("the state has %q, %v", state, err)
	}
}

// planned is what a plan, which it leaves in the file `plan`, would do.
func planned(t *testing.T, w terraform.Workspace) []string {
	t.Helper()
	if _, err := w.Plan(t.Context(), "plan"); err != nil {
		t.Fatal(err)
	}
	shown, err := w.ShowPlan(t.Context(), "plan")
	if err != nil {
		t.Fatal(err)
	}
	var plan struct {
		Changes []struct {
			Address  string
			Previous string `json:"previous_address"`
			Change   struct{ Actions []string }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal(shown, &plan); err != nil {
		t.Fatal(err)
	}
	var done []string
	for _, c := range plan.Changes {
		text := c.Address + ": " + strings.Join(c.Change.Actions, ", ")
		if c.Previous != "" {
			text += ", was " + c.Previous
		}
		if text != c.Address+": no-op" {
			done = append(done, text)
		}
	}
	return done
}

// TestTerraformRefusesWhatCheckDoes has Terraform itself judge moves that Check says it refuses.
func TestTerraformRefusesWhatCheckDoes(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip(err)
	}
	const a, b, c = "terraform_data.a", "terraform_data.b", "terraform_data.c"
	for name, test := range map[string]struct {
		moves []Move
		want  string // empty where Terraform takes it
	}{
		"a chain":            {[]Move{{a, b}, {b, c}}, ""},
		"from one to two":    {[]Move{{a, b}, {a, c}}, "Ambiguous move statements"},
		"from two to one":    {[]Move{{a, c}, {b, c}}, "Ambiguous move statements"},
		"from what is there": {[]Move{{c, a}}, "Moved object still exists"},
		"in a circle":        {[]Move{{a, b}, {b, a}}, "Cyclic dependency in move statements"},
	} {
		t.Run(name, func(t *testing.T) {
			root := map[string]any{
				"moved":    encoded(test.moves),
				"resource": map[string]any{"terraform_data": map[string]any{"c": map[string]any{}}},
			}
			text, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentFrom("")}
			if err := os.WriteFile(filepath.Join(w.Dir, "main.tf.json"), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := w.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err = w.Plan(t.Context(), "plan")
			if refused := CheckIn(root) != nil; refused != (err != nil) {
				t.Errorf("Check refuses it: %v; Terraform: %v", refused, err)
			}
			if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
