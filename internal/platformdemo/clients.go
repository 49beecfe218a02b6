package platformdemo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/kubernetes"
)

// clients are kubectl and Helm with folders of their own: nothing of the user's is read or written.
type clients struct {
	programs kubernetes.Programs
	env      []string
}

// variables are those of kubectl and Helm, for a session in dir. Helm's other ones say where it works.
func variables(dir, kubeconfig string) []string {
	list := []string{"KUBECONFIG=" + kubeconfig, "KUBECACHEDIR=" + filepath.Join(runDir(dir), "kubectl")}
	for _, name := range []string{"HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"} {
		list = append(list, name+"="+filepath.Join(runDir(dir), "helm", name))
	}
	return list
}

func newClients(programs kubernetes.Programs, dir, kubeconfig string) clients {
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, "HELM_") || strings.HasPrefix(entry, "KUBE")
	})
	return clients{programs, append(env, variables(dir, kubeconfig)...)}
}

func (c clients) kubectl(ctx context.Context, input string, arguments ...string) (string, error) {
	return c.run(ctx, c.programs.Kubectl, input, arguments...)
}

func (c clients) helm(ctx context.Context, arguments ...string) (string, error) {
	return c.run(ctx, c.programs.Helm, "", arguments...)
}

// get reads objects of the cluster.
func (c clients) get(ctx context.Context, into any, arguments ...string) error {
	output, err := c.kubectl(ctx, "", append([]string{"get", "--output", "json"}, arguments...)...)
	if err != nil {
		return err
	}
	return decode(output, into)
}

func decode(output string, into any) error {
	if err := json.Unmarshal([]byte(output), into); err != nil {
		return fmt.Errorf("reading what the cluster has: %w", err)
	}
	return nil
}

// run runs a program and returns what it writes; the error has its complaint.
func (c clients) run(ctx context.Context, program, input string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, program, arguments...)
	var output, complaint bytes.Buffer
	command.Env, command.Stdin, command.Stdout, command.Stderr = c.env, strings.NewReader(input), &output, &complaint
	if err := command.Run(); err != nil {
		return output.String(), fmt.Errorf("%s %s: %w: %s",
			filepath.Base(program), arguments[0], err, strings.TrimSpace(complaint.String()))
	}
	return output.String(), nil
}
