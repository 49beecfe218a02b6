// Package kubernetes runs a real Kubernetes control plane on this machine, and the clients that talk to it, to judge manifests and charts.
//
// An API server by itself has no controllers: pods never start, a namespace never ends. Admission, defaults, schemas, strict fields and
// Pod Security are the real ones. StartControllers adds the scheduler and the controllers; nodes and what runs on them are kwok's, so
// that no container ever starts.
package kubernetes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/titan-platform/titan/internal/venv"
)

// sources is the module that pins the programs, below the repository's root.
const sources = "internal/kubernetes/programs"

// Programs are the paths of what was built.
type Programs struct {
	APIServer, Etcd, Kubectl, Helm, Kubeconform string
	// ControllerManager and Scheduler are what StartControllers runs.
	ControllerManager, Scheduler string

	// Version is Kubernetes', such as 1.35.4.
	Version string
}

// packages of the programs. Built together: they share most of Kubernetes' libraries, which are then compiled once.
var packages = []string{
	"k8s.io/kubernetes/cmd/kube-apiserver", "go.etcd.io/etcd/server/v3", "k8s.io/kubernetes/cmd/kubectl", "helm.sh/helm/v3/cmd/helm",
	"github.com/yannh/kubeconform/cmd/kubeconform", "k8s.io/kubernetes/cmd/kube-controller-manager", "k8s.io/kubernetes/cmd/kube-scheduler",
}

// Install builds the programs below dir, an ignored folder, where they are missing. root is the repository's. The first time takes
// minutes, which is said on standard error; several at once wait for the first.
func Install(ctx context.Context, root, dir string) (Programs, error) {
	pins, err := pins(root, sources)
	if err != nil {
		return Programs{}, err
	}
	version, err := kubernetesVersion(pins)
	if err != nil {
		return Programs{}, err
	}
	home, err := homeOf(dir, "kubernetes-"+version, pins)
	if err != nil {
		return Programs{}, err
	}
	in := func(name string) string { return filepath.Join(home, name) }
	programs := Programs{
		APIServer: in("kube-apiserver"), Etcd: in("server"), Kubectl: in("kubectl"), Helm: in("helm"), Kubeconform: in("kubeconform"),
		ControllerManager: in("kube-controller-manager"), Scheduler: in("kube-scheduler"),
		Version: version,
	}
	what := "kubernetes " + version + ", etcd, kubectl, helm and kubeconform"
	return programs, once(home, what, func(stage string) error { return build(ctx, filepath.Join(root, sources), stage, version) })
}

// homeOf is the folder of a build, whose name changes with what is built.
func homeOf(dir, name string, pins []byte) (string, error) {
	sum := sha256.Sum256(fmt.Append(pins, runtime.Version(), packages))
	home, err := filepath.Abs(filepath.Join(dir, name+"-"+hex.EncodeToString(sum[:6])))
	if err != nil {
		return "", fmt.Errorf("installing %s: %w", name, err)
	}
	return home, nil
}

// once builds aside and moves into place whole: what is there is complete. Several at once wait for the first.
func once(home, what string, build func(stage string) error) error {
	if exists(home) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(home), 0o755); err != nil {
		return fmt.Errorf("building %s: %w", what, err)
	}
	unlock, err := venv.Lock(home + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	if exists(home) { // another was faster
		return nil
	}
	fmt.Fprintf(os.Stderr, "building %s, once, several minutes\n", what)
	stage := home + ".stage"
	if err := os.RemoveAll(stage); err != nil { // of a build that was killed
		return fmt.Errorf("building %s: %w", what, err)
	}
	if err := build(stage); err != nil {
		return err
	}
	if err := os.Rename(stage, home); err != nil {
		return fmt.Errorf("building %s: %w", what, err)
	}
	return nil
}

// build builds Kubernetes' programs into a folder.
func build(ctx context.Context, dir, stage, version string) error {
	command := exec.CommandContext(ctx, "go", append([]string{"build", "-trimpath", "-ldflags", linkerFlags(version), "-o", stage + "/"}, packages...)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("building kubernetes: %w\n%s", err, output)
	}
	return nil
}

// linkerFlags name the version, as Kubernetes' and Helm's own makefiles do: without them the server is v0.0.0-master, and Helm renders for
// 1.20.
func linkerFlags(version string) string {
	minor := strings.Split(version, ".")[1]
	flags := "-s -w -X k8s.io/component-base/version.gitVersion=v" + version
	for variable, value := range map[string]string{
		"k8s.io/component-base/version.gitMajor":         "1",
		"k8s.io/component-base/version.gitMinor":         minor,
		"helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor":  minor,
		"helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor": minor,
	} {
		flags += fmt.Sprintf(" -X %s=%s", variable, value)
	}
	return flags
}

// pins are go.mod and go.sum of a module of programs.
func pins(root, module string) ([]byte, error) {
	var pins []byte
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, module, name))
		if err != nil {
			return nil, fmt.Errorf("reading the versions of programs: %w", err)
		}
		pins = append(pins, content...)
	}
	return pins, nil
}

func kubernetesVersion(pins []byte) (string, error) {
	found := regexp.MustCompile(`(?m)^\s*k8s\.io/kubernetes v(\d+\.\d+\.\d+)`).FindSubmatch(pins)
	if found == nil {
		return "", errors.New(sources + "/go.mod names no version of k8s.io/kubernetes")
	}
	return string(found[1]), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
