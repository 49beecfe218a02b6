// Package faststart makes the jsii kernel, the Node.js process behind every CDKTF construct, start in a tenth of the
// time and a tenth of the memory, and synthesize in two thirds of the time, with no setting by the user.
//
// Two things make a plain start slow: parsing the 120 MB type description of provider-aws, and loading all of its 2,100
// modules. Four more slow a synthesis down. Six levers undo them:
//
//  1. Each provider package ships a lazy-index.js that nothing uses: the same exports behind getters. A preload script
//     makes the kernel load it in place of index.js.
//  2. jsii-runtime-go 1.140 keeps an index of the type description beside the cached package. The preload sees to it
//     that the first run gets to write it.
//  3. CDKTF runs `terraform version` for each terraform_data resource. The preload has it run once.
//  4. CDKTF loads a ZIP library that only another process uses. The preload loads it when it is called.
//  5. Every token keeps a stack trace of the kernel, for error messages that mean callers in Go. The preload leaves it
//     out.
//  6. Every call of the kernel goes through a second Node that passes it on. The preload has the kernel run in the first
//     one.
//
// None changes what is synthesized; a test compares the bytes. `make bench` measures all together.
package faststart

import (
	_ "embed"
	"fmt"
	"os"
	"sync"

	"github.com/aws/jsii-runtime-go"
)

// Environment variables that steer a start.
const (
	// PlainVariable, set to 1, switches the levers off: for comparing, never needed in use.
	PlainVariable = "TITAN_PLAIN_START"
	// DebugVariable, set to 1, makes a lever that steps aside say why on standard error.
	DebugVariable = "TITAN_DEBUG"

	// symlinksVariable is Node's own, for its option --preserve-symlinks.
	symlinksVariable = "NODE_PRESERVE_SYMLINKS"
)

var (
	//go:embed preload.cjs
	fastPreload []byte
	//go:embed plain.cjs
	plainPreload []byte
)

// Enable gives the jsii kernel its environment. Call it before the first construct; a second call does nothing. It
// never fails: where the preload can't be written the start is slow, and TITAN_DEBUG=1 says why.
func Enable() { once.Do(enable) }

var once sync.Once

func enable() {
	if err := prepare(); err != nil && os.Getenv(DebugVariable) == "1" {
		fmt.Fprintln(os.Stderr, "titan faststart: slow start:", err)
	}
	// jsii-runtime-go copied the environment before main: the bindings register their types in init functions, and the
	// first of those makes the kernel's client. Closing that client, whose Node has not been started, has the next call
	// make one that sees ours.
	jsii.Close()
}

// prepare sets what the kernel will inherit.
func prepare() error {
	silenceNodeWarnings()
	if err := placePackageCache(); err != nil {
		return err
	}
	isPlain := os.Getenv(PlainVariable) == "1"
	preload := fastPreload
	if isPlain {
		preload = plainPreload
	}
	file, err := install(preload)
	if err != nil {
		return fmt.Errorf("installing the preload: %w", err)
	}
	if !isPlain {
		// A kernel that runs in the first process needs it from there; the preload takes it out of the environment again.
		if err := os.Setenv(symlinksVariable, "1"); err != nil {
			return err
		}
	}
	return os.Setenv("NODE_OPTIONS", withRequire(os.Getenv("NODE_OPTIONS"), file))
}
