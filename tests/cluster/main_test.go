//go:build cluster

// Package cluster has a real Kubernetes API server and Helm judge the charts, with the values of every environment.
//
// No controller runs here (internal/kubernetes), but with the tag control, for the tests named TestControl: Kubernetes' own, and its
// scheduler. That a container starts, that an ExternalSecret becomes a Secret, that a load balancer finds its targets, is not shown.
package cluster

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/kubernetes"
)

const (
	root    = "../.."
	chart   = root + "/charts/birthday-app"
	release = "birthday-app"
)

var (
	programs kubernetes.Programs
	server   *kubernetes.Server
)

// startControllers starts what moves the objects of the API server, with the tag control.
var startControllers = func(context.Context, string) (stop func(), err error) { return func() {}, nil }

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx := context.Background()
	start := time.Now()
	if programs, err = kubernetes.Install(ctx, root, root+"/.titan"); err != nil {
		return 1, err
	}
	fmt.Printf("programs: %.0f s\n", time.Since(start).Seconds())
	dir, err := os.MkdirTemp("", "titan-cluster-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // temporary
	start = time.Now()
	if server, err = kubernetes.Start(ctx, programs, dir); err != nil {
		return 1, err
	}
	defer server.Stop()
	fmt.Printf("kube-apiserver %s: ready after %.1f s\n", programs.Version, time.Since(start).Seconds())
	stop, err := startControllers(ctx, dir)
	if err != nil {
		return 1, err
	}
	defer stop()
	if err := reportDifference(); err != nil {
		return 1, err
	}

	// Helm's own folders, so that nothing of the user's is read or written.
	for _, name := range []string{"HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"} {
		if err := os.Setenv(name, filepath.Join(dir, name)); err != nil {
			return 1, err
		}
	}
	if err := os.Setenv("KUBECONFIG", server.Kubeconfig); err != nil {
		return 1, err
	}
	if err := synthesize(filepath.Join(dir, "cdktf.out")); err != nil {
		return 1, err
	}
	if err := prepare(); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// reportDifference names the environments with another minor version than the API server that judges them. It is no failure: an upgrade
// goes through the environments one by one.
func reportDifference() error {
	list, err := environments.Load(root+"/environments", "")
	if err != nil {
		return err
	}
	for _, e := range list {
		if !strings.HasPrefix(programs.Version, e.Cluster.Version+".") {
			fmt.Printf("note: environment %s runs Kubernetes %s\n", e.Name, e.Cluster.Version)
		}
	}
	return nil
}

// prepare gives the API server the custom resources that our charts use, and waits until its OpenAPI has them, as kubeconform needs.
func prepare() error {
	definitions, err := kubernetes.Definitions()
	if err != nil {
		return err
	}
	for _, d := range definitions {
		if _, err := try(programs.Kubectl, d.Manifest, "apply", "--server-side", "--filename", "-"); err != nil {
			return err
		}
	}
	for range 100 {
		openAPI, err := try(programs.Kubectl, "", "get", "--raw", "/openapi/v2")
		if err != nil {
			return err
		}
		if strings.Contains(openAPI, "io.external-secrets.v1.ExternalSecret") && strings.Contains(openAPI, "io.external-secrets.v1.ClusterSecretStore") &&
			strings.Contains(openAPI, "aws.k8s.elbv2.v1beta1.TargetGroupBinding") {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("the API server's OpenAPI lacks one of internal/kubernetes/definitions")
}

// try runs a program and returns what it writes; the error holds its complaint.
func try(program, input string, arguments ...string) (string, error) {
	command := exec.Command(program, arguments...)
	var output, complaint bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(input), &output, &complaint
	if err := command.Run(); err != nil {
		return output.String(), fmt.Errorf("%s %s: %w\n%s%s", filepath.Base(program), strings.Join(arguments, " "), err, output.String(), complaint.String())
	}
	return output.String(), nil
}

func kubectl(t *testing.T, input string, arguments ...string) string {
	t.Helper()
	output, err := try(programs.Kubectl, input, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	return output
}

func helm(t *testing.T, arguments ...string) string {
	t.Helper()
	output, err := try(programs.Helm, "", arguments...)
	if err != nil {
		t.Fatal(err)
	}
	return output
}
