// Command titan is the helper behind the Makefile: what is not synthesis. It runs at the repository's root.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// workDir is the ignored folder for what the helper makes: the emulator, its session, logs.
const workDir = ".titan"

type command struct {
	name, arguments, does string
	run                   func(ctx context.Context, args []string) error
}

var commands = []command{
	{"schema", "", "write environments/schema.json anew", runSchema},
	{"emulator", "start|stop|status|env", "an AWS on this machine, for working by hand", runEmulator},
	{"demo", "up|down", "deploy environments/local.yaml to the emulator; take it away", runDemo},
	{"scan", "[env[,env]]", "have a policy scanner judge the plans of environments", runScan},
	{"adopt", "<env>", "import what a bootstrap stack made, after its local state was lost", runAdopt},
}

func main() {
	// The first Ctrl-C asks for an orderly end, the second one kills.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("usage: titan <command>\n%s", usage())
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(ctx, args[1:])
		}
	}
	return fmt.Errorf("no command %q; there are\n%s", args[0], usage())
}

func usage() string {
	var text strings.Builder
	for _, c := range commands {
		fmt.Fprintf(&text, "  %-32s %s\n", c.name+" "+c.arguments, c.does)
	}
	return strings.TrimRight(text.String(), "\n")
}

// choose runs the sub-command that the first argument names.
func choose(ctx context.Context, args []string, choices map[string]func(context.Context) error, usage string) error {
	if len(args) == 1 {
		if chosen, ok := choices[args[0]]; ok {
			return chosen(ctx)
		}
	}
	return fmt.Errorf("usage: titan %s", usage)
}
