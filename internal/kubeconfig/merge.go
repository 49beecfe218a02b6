package kubeconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// Merge adds the entries of a kubeconfig to the file at a path, which need not be there. Entries of titan's own are
// written anew; others stay, and one that is in the way is an error, before anything is written. The file's current
// context stays too, so that nobody's next kubectl goes to another cluster than their last.
func Merge(path string, added *api.Config) error {
	config, err := clientcmd.LoadFromFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		config, err = api.NewConfig(), nil
	}
	if err != nil {
		return fmt.Errorf("reading the kubeconfig %q: %w", path, err)
	}
	taken := slices.Concat(
		merge("cluster", config.Clusters, added.Clusters, func(e *api.Cluster) *map[string]runtime.Object {
			return &e.Extensions
		}),
		merge("user", config.AuthInfos, added.AuthInfos, func(e *api.AuthInfo) *map[string]runtime.Object {
			return &e.Extensions
		}),
		merge("context", config.Contexts, added.Contexts, func(e *api.Context) *map[string]runtime.Object {
			return &e.Extensions
		}),
	)
	if len(taken) > 0 {
		return fmt.Errorf("the kubeconfig %q has %s already, which titan did not make and leaves alone; "+
			"write to another file by --out, or take those entries away", path, strings.Join(taken, " and "))
	}
	if config.CurrentContext == "" {
		config.CurrentContext = added.CurrentContext
	}
	return write(path, config)
}

// merge adds entries to those that are there, and names the ones that are in the way.
func merge[E any, P interface{ *E }](
	kind string, into, from map[string]P, extensions func(P) *map[string]runtime.Object,
) []string {
	var taken []string
	for _, name := range slices.Sorted(maps.Keys(from)) {
		there, found := into[name]
		if found && !marked(*extensions(there)) && !same(there, from[name]) {
			taken = append(taken, fmt.Sprintf("a %s %q", kind, name))
			continue
		}
		if !found || marked(*extensions(there)) {
			into[name] = from[name]
		}
	}
	return taken
}

// same is whether two entries lead to the same place in the same way, whoever made them.
func same(there, added any) bool {
	switch there := there.(type) {
	case *api.Cluster:
		added := added.(*api.Cluster)
		return there.Server == added.Server &&
			equality.Semantic.DeepEqual(there.CertificateAuthorityData, added.CertificateAuthorityData)
	case *api.AuthInfo:
		added := added.(*api.AuthInfo)
		return there.Exec != nil && there.Exec.Command == added.Exec.Command &&
			sameArguments(there.Exec.Args, added.Exec.Args) && equality.Semantic.DeepEqual(there.Exec.Env, added.Exec.Env)
	case *api.Context:
		added := added.(*api.Context)
		return there.Cluster == added.Cluster && there.AuthInfo == added.AuthInfo
	}
	return false
}

// sameArguments is whether two calls have the same arguments, in any order: the AWS CLI writes its own in another.
func sameArguments(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// write writes a file that nobody else may read, and that is never half written.
func write(path string, config *api.Config) error {
	content, err := clientcmd.Write(*config)
	if err != nil {
		return fmt.Errorf("writing the kubeconfig %q: %w", path, err)
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // a link stays one
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("writing the kubeconfig: %w", err)
	}
	stage, err := os.CreateTemp(filepath.Dir(path), ".kubeconfig-") // 0600
	if err != nil {
		return fmt.Errorf("writing the kubeconfig: %w", err)
	}
	defer func() { _ = os.Remove(stage.Name()) }() // it is gone when all went well
	_, err = stage.Write(content)
	if err := errors.Join(err, stage.Close()); err != nil {
		return fmt.Errorf("writing the kubeconfig: %w", err)
	}
	if err := os.Rename(stage.Name(), path); err != nil {
		return fmt.Errorf("writing the kubeconfig: %w", err)
	}
	return nil
}
