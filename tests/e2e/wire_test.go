//go:build e2e

package e2e

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/wire"
)

// judge judges the requests of every emulator by AWS's own models and documented limits.
var judge = sync.OnceValues(func() (*wire.Judge, error) {
	data, err := emulator.Botocore(context.Background(), filepath.Join(root, ".titan"))
	if err != nil {
		return nil, err
	}
	return wire.NewJudge(data)
})

// workspaces are those that deploy to an emulator: their plans tell which resource a finding is about.
var workspaces sync.Map // []terraform.Workspace by *emulator.Emulator

// judged has all that is sent to an emulator judged when the test ends. With TITAN_WIRE, a folder, it is also written
// there, to be judged again: TITAN_WIRE=FILE go test -run TestRecording -v ./internal/wire.
func judged(t *testing.T, running *emulator.Emulator) {
	t.Helper()
	_ = t.TempDir() // the first one's cleanup removes all of them, and comes after the judgment
	var lines io.WriteCloser
	if folder := os.Getenv("TITAN_WIRE"); folder != "" {
		name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name()) + ".jsonl"
		file, err := os.OpenFile(filepath.Join(folder, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		must(t, err)
		lines = file
	}
	recorder := wire.Record(running.Proxy, lines)
	t.Cleanup(func() {
		if lines != nil {
			must(t, lines.Close())
		}
		judgeAll(t, running, recorder)
	})
}

// judgeAll prints the judgment of a recording and fails on a finding.
func judgeAll(t *testing.T, running *emulator.Emulator, recorder *wire.Recorder) {
	t.Helper()
	requests, err := recorder.Requests()
	must(t, err)
	judge, err := judge()
	must(t, err)
	judgment, err := judge.Judge(requests, nil)
	must(t, err)
	if len(judgment.Findings) > 0 { // showing plans takes a while
		judgment, err = judge.Judge(requests, addressesOf(t, running))
		must(t, err)
		t.Errorf("%d requests break a rule of AWS's, see 'wire of %s'", len(judgment.Findings), t.Name())
	}
	if judgment.Requests > 0 { // a test of roles makes its calls by hand
		must(t, judgment.Write(os.Stdout, t.Name()))
	}
}

// addressesOf are the addresses of what was deployed to an emulator.
func addressesOf(t *testing.T, running *emulator.Emulator) *wire.Addresses {
	t.Helper()
	addresses := wire.NewAddresses()
	found, _ := workspaces.Load(running)
	known, _ := found.([]terraform.Workspace) // none where a test makes its calls itself
	for _, w := range known {
		stack := filepath.Base(w.Dir)
		shown, err := w.ShowPlan(context.Background(),
			"first.tfplan") // the test's own context has ended
		if err == nil {
			err = addresses.LearnShown(stack, shown)
		}
		if err != nil {
			fmt.Printf("   no addresses of %s: %v\n", stack, err) // it may never have been planned
		}
	}
	return addresses
}

// deploysTo notes which workspaces deploy to an emulator.
func (d *deployment) deploysTo(running *emulator.Emulator) {
	found, _ := workspaces.Load(running)
	all, _ := found.([]terraform.Workspace) // none before the first
	for _, w := range d.workspaces {
		all = append(all, w)
	}
	workspaces.Store(running, all)
}

// idleAlarms says which known false alarms explained nothing. Only a run of everything can tell.
func idleAlarms() (idle []string) {
	isPart := flag.Lookup("test.run").Value.String() != "" || os.Getenv("TITAN_E2E") != "" &&
		os.Getenv("TITAN_E2E") != "all"
	judge, err := judge()
	if isPart || err != nil {
		return nil
	}
	return judge.Idle()
}
