//go:build cluster

package cluster

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/runbooks"
)

// Commands of kubectl and helm in the documentation are held against those that are built here.
func TestKubectlAndHelmTakeTheCommandsOfTheDocumentation(t *testing.T) {
	judges := map[string]*runbooks.Help{"kubectl": runbooks.Kubectl(programs.Kubectl), "helm": runbooks.Helm(programs.Helm)}
	pages, err := runbooks.Read(filepath.Join("..", "..", "docs"))
	if err != nil {
		t.Fatal(err)
	}
	judged := map[string]int{}
	for _, page := range append(pages, runbooks.Parse("planted.md", "```sh\nkubectl -n birthday scald deployment\nhelm rollback x --atomical\n```")) {
		commands, err := runbooks.Commands(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range commands {
			judge, found := judges[command.Words[0]]
			if !found {
				continue
			}
			judged[command.Words[0]]++
			mistakes, err := judge.Mistakes(t.Context(), command)
			if err != nil {
				t.Fatal(err)
			}
			if planted := page.Path == "planted.md"; planted != (len(mistakes) > 0) {
				t.Errorf("%s: %s: %q", command.Where, strings.Join(command.Words, " "), mistakes)
			}
		}
	}
	if judged["kubectl"] < 20 || judged["helm"] < 3 {
		t.Errorf("only %v commands were judged", judged)
	}
}
