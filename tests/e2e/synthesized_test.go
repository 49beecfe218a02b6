//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// TestWhatIsAppliedIsWhatIsSynthesized compares, byte for byte, what the other tests apply with what `cdktf synth`
// gives, for an environment whose protection is off as it is.
func TestWhatIsAppliedIsWhatIsSynthesized(t *testing.T) {
	t.Parallel() // the others wait most of their time
	all, err := environments.Load(environmentFiles(t), "")
	must(t, err)
	plain := filepath.Join(t.TempDir(), "cdktf.out")
	cdktf := filepath.Join("node_modules", ".bin", "cdktf")
	run(t, root, append(os.Environ(), "CDKTF_OUTDIR="+plain), cdktf, "synth", "--output", plain)
	compared := 0
	for _, environment := range all {
		if environment.Protected() {
			continue // its copy differs by the protection that was taken off
		}
		outdir := filepath.Join(t.TempDir(), "cdktf.out")
		synthesize(t, outdir, environment)
		for _, stack := range order.Of(environment) {
			if stack.Shared() && environment.Account.Protected() {
				continue // likewise
			}
			file := filepath.Join("stacks", stack.Name, "cdk.tf.json")
			want, err := os.ReadFile(filepath.Join(plain, file))
			must(t, err)
			got, err := os.ReadFile(filepath.Join(outdir, file))
			must(t, err)
			if string(got) != string(want) {
				t.Errorf("%s differs", file)
			}
			compared++
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
	fmt.Printf("%d stacks are byte for byte what cdktf synth gives\n", compared)
}
