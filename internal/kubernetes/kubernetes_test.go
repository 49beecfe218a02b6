package kubernetes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestThePinnedVersionIsTheServers(t *testing.T) {
	pins, err := pins("../..", sources)
	if err != nil {
		t.Fatal(err)
	}
	version, err := kubernetesVersion(pins)
	if err != nil {
		t.Fatal(err)
	}
	// Its libraries stand apart in go.mod; one of another version is a server that never was.
	library := "k8s.io/apiserver => k8s.io/apiserver v0." + strings.SplitN(version, ".", 2)[1] + "\n"
	if !strings.Contains(string(pins), library) {
		t.Errorf("kubernetes is %s, but go.mod has no %q", version, library)
	}
	if flags := linkerFlags("1.35.4"); !strings.Contains(flags, "gitVersion=v1.35.4") || !strings.Contains(flags, "k8sVersionMinor=35") {
		t.Errorf("flags %q do not name the version", flags)
	}
}

func TestAProgramThatEndsIsNotWaitedFor(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "etcd")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho no space left on device\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Programs{Etcd: program}, dir)
	if err == nil || !strings.Contains(err.Error(), "etcd ended at once: no space left on device") {
		t.Error(err)
	}
}
