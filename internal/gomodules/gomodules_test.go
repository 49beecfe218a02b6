package gomodules

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Stand-ins for npm and node, quick enough for a test: npm installs a package, node generates a module from it.
const (
	fakeNpm = `#!/bin/sh
set -eu
case $1 in
ci) test -s package-lock.json; mkdir -p node_modules/@cdktf/provider-helm node_modules/@cdktf/provider-kubernetes ;;
pack) sleep ${FAKE_SLEEP:-0}; for name in helm-10.5.0 kubernetes-11.12.1; do echo published >cdktf-provider-$name.tgz; done ;;
esac
`
	fakeNode = `#!/bin/sh
set -eu
echo generated >>"$FAKE_LOG"
for name in helm/v10 kubernetes/v11; do
	out=out/go/${name%%/*}
	mkdir -p "$out/jsii"
	echo "module github.com/cdktf/cdktf-provider-${name%%/*}-go/$name" >"$out/go.mod"
	echo "package x" >"$out/x.go"
	cp "$FAKE_README" "$out/README.md"
done
`
)

// workbench makes an empty module the working directory, with no Go proxy, an empty module cache and the stand-ins on
// PATH, and with a go.sum that fits what the stand-ins generate. It returns the folder and the log of the generator.
func workbench(t *testing.T) (root, log string) {
	t.Helper()
	readme, err := filepath.Abs("testdata/npm.README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, bin := t.TempDir(), t.TempDir()
	log = filepath.Join(t.TempDir(), "log")
	put(t, filepath.Join(root, "go.mod"), "module example.org/m\n\ngo 1.25.0\n")
	put(t, filepath.Join(bin, "npm"), fakeNpm)
	put(t, filepath.Join(bin, "node"), fakeNode)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("FAKE_LOG", log)
	t.Setenv("FAKE_README", readme)
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOPRIVATE", "github.com/*")

	var lines string
	for _, p := range providers {
		folder := t.TempDir()
		source, err := p.generate(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.pack(source, filepath.Join(folder, "proxy"))
		if err != nil {
			t.Fatal(err)
		}
		lines += fmt.Sprintf("%s %s %s\n%s %s/go.mod %s\n", p.Module, p.Version, got.zip, p.Module, p.Version, got.mod)
	}
	put(t, filepath.Join(root, "go.sum"), lines)
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	return root, log
}

func TestRebuildsOnceWhenTheProxyHasNoAnswer(t *testing.T) {
	root, log := workbench(t)
	sum := get(t, filepath.Join(root, "go.sum"))
	// Two runs at a time: the second waits for the first and finds its work done.
	t.Setenv("FAKE_SLEEP", "0.3")
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Add(1)
		go func() {
			defer wait.Done()
			errs[i] = Ensure(t.Context(), root, io.Discard)
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range providers {
		text := get(t, filepath.Join(os.Getenv("GOMODCACHE"), filepath.FromSlash(p.String()), "x.go"))
		if want := license + "package x\n"; text != want {
			t.Errorf("x.go of %s is %q, want %q", p.Name, text, want)
		}
		tarball := "cdktf-provider-" + p.Name + "-" + strings.TrimPrefix(p.Version, "v") + ".tgz"
		if text := get(t, filepath.Join(os.Getenv("GOMODCACHE"), filepath.FromSlash(p.String()), "jsii", tarball)); text != "published\n" {
			t.Errorf("the tarball of %s is %q, not the published one", p.Name, text)
		}
	}
	if text := get(t, log); text != strings.Repeat("generated\n", len(providers)) {
		t.Errorf("the generator ran %d times, want once a provider", strings.Count(text, "\n"))
	}
	if get(t, filepath.Join(root, "go.sum")) != sum {
		t.Error("go.sum has changed")
	}
	nothingLeft(t, root)
}

func TestRefusesAModuleThatIsNotTheOneInGoSum(t *testing.T) {
	root, _ := workbench(t)
	sum := get(t, filepath.Join(root, "go.sum"))
	got, err := providers[0].sums(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := "h1:C3JAmbvXGLGj2z2/6cUhvf4NhAbOiJhB5AOZJ/DDJqw="
	put(t, filepath.Join(root, "go.sum"), strings.Replace(sum, got.zip, wanted, 1))

	err = Ensure(t.Context(), root, io.Discard)
	if err == nil {
		t.Fatal("a module with another hash was accepted")
	}
	want := "the rebuilt " + providers[0].String() + " is not the one go.sum names:\n" +
		"\tgo.sum  " + wanted + ", go.mod " + got.mod + "\n" +
		"\trebuilt " + got.zip + ", go.mod " + got.mod + "\n" +
		"it was not put into the module cache;"
	if !strings.HasPrefix(err.Error(), want) {
		t.Errorf("the error is\n%v\nwant it to begin\n%s", err, want)
	}
	if _, err := os.Stat(filepath.Join(os.Getenv("GOMODCACHE"), filepath.FromSlash(providers[0].String()))); err == nil {
		t.Error("it is in the module cache all the same")
	}
	nothingLeft(t, root)
}

func TestNeedsTheHashes(t *testing.T) {
	root, _ := workbench(t)
	put(t, filepath.Join(root, "go.sum"), "")
	err := Ensure(t.Context(), root, io.Discard)
	want := "go.sum does not have both hashes of " + providers[0].String() +
		", so a rebuilt one can't be trusted; restore go.sum from git"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want %q in it", err, want)
	}
}

func TestInterruptLeavesNothing(t *testing.T) {
	root, _ := workbench(t)
	t.Setenv("FAKE_SLEEP", "60")
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	start := time.Now()
	if err := Ensure(ctx, root, io.Discard); err == nil || !strings.HasPrefix(err.Error(), "interrupted") {
		t.Errorf("the error is %v, want one that begins with interrupted", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("stopping took %s; npm was left running", took)
	}
	nothingLeft(t, root)
}

func TestRecipesFitGoMod(t *testing.T) {
	goMod := get(t, "../../go.mod")
	for _, p := range providers {
		if !strings.Contains(goMod, "\t"+p.Module+" "+p.Version) {
			t.Errorf("go.mod does not require %s; give the recipe and npm/%s the version that it does require", p, p.Name)
		}
		want := fmt.Sprintf("%q: %q", p.Package, strings.TrimPrefix(p.Version, "v"))
		if !strings.Contains(get(t, "npm/"+p.Name+"/package.json"), want) {
			t.Errorf("npm/%s/package.json does not have %s", p.Name, want)
		}
		if _, err := p.sums("../../go.sum"); err != nil {
			t.Error(err)
		}
	}
}

func TestGoReadme(t *testing.T) {
	got, err := goReadme([]byte(get(t, "testdata/npm.README.md")), "helm")
	if err != nil {
		t.Fatal(err)
	}
	if want := get(t, "testdata/go.README.md"); string(got) != want {
		t.Errorf("the README becomes\n%s\nwant\n%s", got, want)
	}
	if _, err := goReadme([]byte("# another layout\n"), "helm"); err == nil {
		t.Error("a README of another layout passes without an error")
	}
}

func TestGoesOnAfterAKilledRun(t *testing.T) {
	root, _ := workbench(t)
	stale := filepath.Join(root, ".titan", "gomodules", "123", "helm", "node_modules")
	if err := os.MkdirAll(stale, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Ensure(t.Context(), root, io.Discard); err != nil {
		t.Fatal(err)
	}
	nothingLeft(t, root)
}

func nothingLeft(t *testing.T, root string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, ".titan", "gomodules")); err == nil {
		t.Error("the scratch folder is still there")
	}
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
