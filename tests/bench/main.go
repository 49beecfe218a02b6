// Command bench measures speed as ratios, in one run on one machine: the Go program with fast start, the same with it switched off,
// the same stack in TypeScript run by tsx, and this repository's own program with 1 and with 20 environments, those also by one kernel.
//
// Rounds are interleaved, so that what else the machine does falls on all alike, and nothing is compiled while the clock runs.
// The outputs are compared first: what is measured is the same work.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often each program is measured, after a warm-up")
	flag.Parse()
	if flag.NArg() > 0 || *rounds < 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./tests/bench [-rounds N], N at least 1")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bench(ctx, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func bench(ctx context.Context, rounds int) error {
	work, err := os.MkdirTemp("", "titan-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	built, err := build(ctx, work)
	if err != nil {
		return err
	}

	program := func(name string, env ...string) *subject {
		out := filepath.Join(work, name)
		return &subject{name: name, dir: work, out: out, command: []string{built.bench, "-out", out}, env: env}
	}
	fast := program("go-fast")
	plain := program("go-plain", "TITAN_PLAIN_START=1")
	tsx := program("tsx")
	tsx.command = []string{built.tsx, built.script, "1", tsx.out}
	envs1, err := environmentsSubject(built, work, 1)
	if err != nil {
		return err
	}
	envs20, err := environmentsSubject(built, work, 20)
	if err != nil {
		return err
	}
	alone := *envs20
	alone.name, alone.env = envs20.name+"-alone", append(slices.Clone(envs20.env), "GOMAXPROCS=1") // a kernel a core: one

	fmt.Printf("%s on %s, %d cores, %s; %d rounds after a warm-up\n", runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH,
		runtime.NumCPU(), built.node, rounds)
	all := []*subject{fast, plain, tsx, envs1, envs20, &alone}
	for _, one := range all {
		if err := one.run(ctx); err != nil { // the warm-up
			return err
		}
		one.runs = nil
	}
	if err := sameOutput(fast.out, plain.out, tsx.out); err != nil {
		return err
	}
	for round := range rounds {
		for i := range all {
			if err := all[(i+round)%len(all)].run(ctx); err != nil {
				return err
			}
		}
	}

	if err := table(os.Stdout, all); err != nil {
		return err
	}
	fmt.Println("aims: fast/plain at most 0.15, fast/tsx below 1, envs20/envs1 at most 4, envs1 at most 1 s, rss_mib at most 400")
	fmt.Println("of the fastest runs, because what else the machine does can only add:")
	fmt.Printf("ratio fast/plain=%.3f fast/tsx=%.2f envs20/envs1=%.2f envs20-alone/envs1=%.2f rss_mib=%s\n", ratio(fast, plain), ratio(fast, tsx),
		ratio(envs20, envs1), ratio(&alone, envs1), mib(fast.memory()))
	return nil
}

// environmentsSubject is this repository's own program with n environments.
func environmentsSubject(built *programs, work string, n int) (*subject, error) {
	name := "titan-envs" + strconv.Itoa(n)
	environments := filepath.Join(work, "environments", strconv.Itoa(n))
	if err := copyEnvironment(filepath.Join(built.root, "tests", "fixtures", "platform", "dev.yaml"), environments, n); err != nil {
		return nil, err
	}
	out := filepath.Join(work, name)
	return &subject{
		name:    name,
		dir:     built.root,
		out:     out,
		command: []string{built.titan},
		env:     []string{"TITAN_ENVIRONMENTS=", "TITAN_ENVIRONMENTS_DIR=" + environments, "CDKTF_OUTDIR=" + out},
	}, nil
}
