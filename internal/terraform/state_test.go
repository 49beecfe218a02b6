package terraform

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answering is a stand-in whose state is a text.
func answering(t *testing.T, synthesized, state string) Workspace {
	t.Helper()
	w := standIn(t, "[ $1 = init ] || cat <<'X'\n"+state+"\nX")
	w.Dir = filepath.Join(w.Dir, "prod")
	if err := os.Mkdir(w.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.Dir, synthesizedFile), []byte(synthesized), 0o600); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestResourcesAreWhatAStateManages(t *testing.T) {
	w := answering(t, `{}`, `{"version":4,"resources":[
{"mode":"data","type":"aws_region","name":"here"},
{"mode":"managed","type":"aws_vpc","name":"main"},
{"module":"module.x","mode":"managed","type":"aws_vpc","name":"main"}]}`)
	got, err := w.Resources(t.Context())
	if diff := cmp.Diff([]string{"aws_vpc.main", "module.x.aws_vpc.main"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := resources(nil); got != nil || err != nil { // what `terraform state pull` prints where nothing was ever applied
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := answering(t, `{}`, `<html>`).Resources(t.Context()); err == nil {
		t.Error("a state that is garbage holds nothing")
	}
	if _, err := standIn(t, "exit 0").Resources(t.Context()); err == nil {
		t.Error("a stack that was not synthesized holds nothing")
	}
}

func TestStateIsAskedWithTheBackendAlone(t *testing.T) {
	w := answering(t,
		`{"provider":{"helm":[{}]},"terraform":{"backend":{"s3":{"bucket":"titan-state"}},"required_providers":{"helm":{}}}}`,
		``)
	if _, err := w.Resources(t.Context()); err != nil {
		t.Fatal(err)
	}
	beside, err := os.ReadFile(filepath.Join(filepath.Dir(w.Dir), ".prod.state", synthesizedFile))
	if want := `{"terraform":{"backend":{"s3":{"bucket":"titan-state"}}}}`; string(beside) != want || err != nil {
		t.Errorf("got %s, %v", beside, err)
	}
}
