package faststart

import (
	"path/filepath"
	"testing"
)

// runtimeFiles are what of jsii's runtime starts the kernel. Its kernel prints, and answers on its channel.
func runtimeFiles(channel string) map[string]string {
	return map[string]string{
		"bin/jsii-runtime.js": `console.log("started a second process")`,
		"lib/program.js": `const channel = {` + channel + `};
			console.log("printed");
			require("fs").writeSync(channel.writeFD, ["answered", ...process.execArgv, process.env.NODE_PRESERVE_SYMLINKS].join());
			process.exit(require("fs").readSync(channel.readFD, Buffer.alloc(1)));`,
	}
}

func TestPreloadRunsTheKernelInOneProcess(t *testing.T) {
	const (
		printed = `{"stdout":"cHJpbnRlZAo="}` // "printed\n" in base64
		channel = "readFD:3,writeFD:3"
	)
	for name, c := range map[string]struct {
		channel, agent, symlinks string
		stdout, stderr           string
	}{
		"as jsii has it":     {channel, "test", "1", "answered,--preserve-symlinks,", printed},
		"another channel":    {"readFD:4,writeFD:4", "test", "1", "started a second process", ""},
		"symlinks followed":  {channel, "test", "", "started a second process", ""},
		"outside the kernel": {channel, "", "1", "started a second process", ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree(t, runtimeFiles(c.channel))
			file, err := installIn(filepath.Join(t.TempDir(), "cache"), fastPreload)
			if err != nil {
				t.Fatal(err)
			}
			main := []string{filepath.Join(root, "bin", "jsii-runtime.js")}
			stdout, stderr, code := nodeOf(t, root, file, main, "JSII_AGENT="+c.agent, symlinksVariable+"="+c.symlinks)
			if stdout != c.stdout || stderr != c.stderr || code != 0 {
				t.Errorf("got %q, stderr %q, exit code %d; want %q, stderr %q, 0", stdout, stderr, code, c.stdout, c.stderr)
			}
		})
	}
}
