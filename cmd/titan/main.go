// Command titan is the helper behind the Makefile: what is not synthesis. It runs at the repository's root.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// workDir is the ignored folder for what the helper makes: the emulator, its session, logs.
const workDir = ".titan"

// program is how this program is called, in a clone and in a repository that uses Titan, for messages that name a command.
const program = "go tool titan"

func main() {
	// A closed terminal is an interrupt too. The first one asks for an orderly end, the second one ends this program at
	// once, and leaves what it runs to end in order.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	// Ctrl-C in `titan deploy prod | tee log` ends tee first: writing to it must not end this program before Terraform
	// has saved its state.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Exit(withTemporaryFolder(func() int { return run(ctx, newTerminal(), os.Args[1:]) }))
}
