package faststart

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// node runs a script with a preload in a folder, the way the jsii kernel runs, and returns its output.
func node(t *testing.T, dir string, preload []byte, script string, env ...string) (stdout, stderr string, code int) {
	t.Helper()
	file, err := installIn(filepath.Join(t.TempDir(), `my "cache"`), preload)
	if err != nil {
		t.Fatal(err)
	}
	return nodeOf(t, dir, file, []string{"--preserve-symlinks", "-e", script}, env...)
}

// nodeOf runs Node with a preload that lies in a file.
func nodeOf(t *testing.T, dir, file string, args []string, env ...string) (stdout, stderr string, code int) {
	t.Helper()
	command := exec.Command("node", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "JSII_AGENT=test", symlinksVariable+"=1", "TITAN_DEBUG=",
		"NODE_OPTIONS="+withRequire("", file))
	command.Env = append(command.Env, env...)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String()), strings.TrimSpace(errs.String()), command.ProcessState.ExitCode()
}

// tree writes files, content by path, to a folder whose name has a space.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "jsii kernel")
	for path, content := range files {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// requireProvider loads the package as the kernel does.
const requireProvider = `
	const require = module.constructor.createRequire(process.cwd() + "/");
	console.log(require(require.resolve("@cdktf/provider-fake", { paths: [process.cwd()] })));
	console.log(require(require.resolve("@cdktf/provider-fake", { paths: [process.cwd()] })));`

func provider(lazy bool) map[string]string {
	files := map[string]string{
		"cache/package.json": `{"name": "@cdktf/provider-fake", "main": "lib/index.js"}`,
		"cache/lib/index.js": `module.exports = "plain"`,
	}
	if lazy {
		files["cache/lib/lazy-index.js"] = `module.exports = "lazy"`
	}
	return files
}

// linked links the package as the kernel does, from its cache.
func linked(t *testing.T, lazy bool) string {
	t.Helper()
	root := tree(t, provider(lazy))
	scope := filepath.Join(root, "node_modules", "@cdktf")
	if err := os.MkdirAll(scope, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "cache"), filepath.Join(scope, "provider-fake")); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestPreloadLoadsTheLazyIndex(t *testing.T) {
	stdout, stderr, _ := node(t, linked(t, true), fastPreload, requireProvider, "TITAN_DEBUG=1")
	if stdout != "lazy\nlazy" || stderr != "" {
		t.Errorf("got %q, stderr %q", stdout, stderr)
	}
}

func TestPreloadStepsAside(t *testing.T) {
	root := linked(t, false)
	if stdout, stderr, _ := node(t, root, fastPreload, requireProvider); stdout != "plain\nplain" || stderr != "" {
		t.Errorf("got %q, stderr %q", stdout, stderr)
	}
	stdout, stderr, _ := node(t, root, fastPreload, requireProvider, "TITAN_DEBUG=1")
	if stdout != "plain\nplain" || strings.Count(stderr, "stepped aside") != 1 ||
		!strings.Contains(stderr, "lazy-index.js") {
		t.Errorf("got %q, stderr %q; want one line that names lazy-index.js", stdout, stderr)
	}
}

func TestPreloadLeavesTheRestAlone(t *testing.T) {
	if stdout, _, _ := node(t, linked(t, true), fastPreload, requireProvider, "JSII_AGENT="); stdout != "plain\nplain" {
		t.Errorf("outside the kernel: got %q", stdout)
	}
	other := tree(t, map[string]string{
		"node_modules/@other/provider-fake/lib/index.js":      `module.exports = "plain"`,
		"node_modules/@other/provider-fake/lib/lazy-index.js": `module.exports = "lazy"`,
	})
	if stdout, _, _ := node(t, other, fastPreload, `console.log(require("@other/provider-fake/lib/index.js"))`); stdout != "plain" {
		t.Errorf("another package: got %q", stdout)
	}
	missing := `try { require("@cdktf/provider-missing") } catch (problem) { console.log(problem.code) }`
	if stdout, _, _ := node(t, other, fastPreload, missing); stdout != "MODULE_NOT_FOUND" {
		t.Errorf("a missing package: got %q", stdout)
	}
}

func TestPreloadAsksTerraformOnce(t *testing.T) {
	const ask = `const { execSync } = require("child_process");
		const answers = ["./terraform version", "./terraform version", "./terraform plan", "./terraform plan"].map((c) => String(execSync(c)).trim());
		console.log(answers.join("|"));`
	for name, c := range map[string]struct{ agent, want string }{
		"in the kernel":      {"test", "1|1|2|3"},
		"outside the kernel": {"", "1|2|3|4"},
	} {
		root := tree(t, map[string]string{"terraform": "#!/bin/sh\necho >> calls\nwc -l < calls | tr -d ' '\n"})
		if err := os.Chmod(filepath.Join(root, "terraform"), 0o700); err != nil {
			t.Fatal(err)
		}
		if stdout, stderr, _ := node(t, root, fastPreload, ask, "JSII_AGENT="+c.agent); stdout != c.want {
			t.Errorf("%s: got %q, stderr %q; want %q", name, stdout, stderr, c.want)
		}
	}
}

// cdktf is what of CDKTF loads its ZIP library and keeps stack traces.
var cdktf = map[string]string{
	"node_modules/cdktf/lib/private/fs.js":                 `module.exports = require("archiver")`,
	"node_modules/cdktf/lib/tokens/private/token.js":       `module.exports = require("./stack-trace").captureStackTrace`,
	"node_modules/cdktf/lib/tokens/private/stack-trace.js": `exports.captureStackTrace = () => ["a frame"]`,
	"node_modules/cdktf/node_modules/archiver/index.js":    `console.log("loaded"); module.exports = (...options) => options.join()`,
	"node_modules/other/lib/token.js":                      `module.exports = require("./stack-trace").captureStackTrace`,
	"node_modules/other/lib/stack-trace.js":                `exports.captureStackTrace = () => ["a frame"]`,
}

func TestPreloadLoadsTheZIPLibraryLate(t *testing.T) {
	const pack = `const archiver = require("cdktf/lib/private/fs.js"); console.log("required"); ` +
		`console.log(archiver("zip", 9));`
	root := tree(t, cdktf)
	if stdout, stderr, _ := node(t, root, fastPreload, pack); stdout != "required\nloaded\nzip,9" {
		t.Errorf("got %q, stderr %q", stdout, stderr)
	}
	if stdout, _, _ := node(t, root, fastPreload, pack, "JSII_AGENT="); stdout != "loaded\nrequired\nzip,9" {
		t.Errorf("outside the kernel: got %q", stdout)
	}
}

func TestPreloadLeavesStackTracesOfTokensOut(t *testing.T) {
	const trace = `console.log(require("cdktf/lib/tokens/private/token.js")().length, require("other/lib/token.js")().length)`
	root := tree(t, cdktf)
	if stdout, stderr, _ := node(t, root, fastPreload, trace); stdout != "0 1" {
		t.Errorf("got %q, stderr %q", stdout, stderr)
	}
	if stdout, _, _ := node(t, root, fastPreload, trace, "TITAN_DEBUG=1"); stdout != "1 1" {
		t.Errorf("with TITAN_DEBUG=1: got %q", stdout)
	}
}

// indexer is a kernel that starts jsii's builder of type indexes and exits at once.
var indexer = map[string]string{
	"runtime-index-worker.js": `setTimeout(() => require("fs").writeFileSync("index", ""), 300)`,
	"another-worker.js":       `setTimeout(() => require("fs").writeFileSync("index", ""), 300)`,
}

func TestPreloadFinishesTypeIndexes(t *testing.T) {
	run := func(worker string) (built bool, code int) {
		root := tree(t, indexer)
		_, _, code = node(t, root, fastPreload, `new (require("worker_threads").Worker)("./`+worker+`"); process.exit(3)`)
		_, err := os.Stat(filepath.Join(root, "index"))
		return err == nil, code
	}
	if built, code := run("runtime-index-worker.js"); !built || code != 3 {
		t.Errorf("the index was built: %v, exit code %d; want true, 3", built, code)
	}
	if built, code := run("another-worker.js"); built || code != 3 {
		t.Errorf("another worker was waited for: %v, exit code %d; want false, 3", built, code)
	}
}

func TestPreloadExitsWhenAnIndexFails(t *testing.T) {
	root := tree(t, map[string]string{"runtime-index-worker.js": `throw new Error("no")`})
	_, _, code := node(t, root, fastPreload,
		`new (require("worker_threads").Worker)("./runtime-index-worker.js").on("error", () => {}); process.exit(3)`)
	if code != 3 {
		t.Errorf("exit code %d, want 3", code)
	}
}

func TestPlainHidesTypeIndexes(t *testing.T) {
	root := linked(t, true)
	if stdout, _, _ := node(t, root, plainPreload, requireProvider); stdout != "plain\nplain" {
		t.Errorf("got %q", stdout)
	}
	if err := os.WriteFile(filepath.Join(root, ".jsii.runtime.v1.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, _, _ := node(t, root, plainPreload, `
		const attempt = (what) => { try { what(); return "there" } catch { return "hidden" } };
		console.log(attempt(() => require("fs").readFileSync(".jsii.runtime.v1.json", "utf-8")),
			attempt(() => require("fs").readFileSync("cache/package.json", "utf-8")),
			attempt(() => new (require("worker_threads").Worker)("./runtime-index-worker.js")));`)
	if stdout != "hidden there hidden" {
		t.Errorf("got %q", stdout)
	}
}
