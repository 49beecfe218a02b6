package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// subject is one command that is measured.
type subject struct {
	name    string
	command []string
	env     []string
	dir     string // where it runs: a stack's local backend names this folder, so it is the same for those that are compared
	out     string // where it writes
	runs    []measured
}

type measured struct {
	took   time.Duration
	cpu    time.Duration // of all its processes
	memory int64         // bytes, the peak of the largest Node process; 0 where that can't be told
}

func (s *subject) run(ctx context.Context) error {
	if err := os.RemoveAll(s.out); err != nil {
		return err
	}
	command := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	command.Dir = s.dir
	command.Env = append(environ(), s.env...)
	var output strings.Builder
	command.Stdout, command.Stderr = &output, &output
	start := time.Now()
	if err := command.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", s.name, err)
	}
	peak := watchMemory(command.Process.Pid)
	err := command.Wait()
	took := time.Since(start)
	memory := peak()
	if err != nil {
		return fmt.Errorf("running %s: %w\n%s", s.name, err, output.String())
	}
	cpu := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	s.runs = append(s.runs, measured{took, cpu, memory})
	return nil
}

// environ is the environment without what would make the programs unequal.
func environ() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return name == "NODE_OPTIONS" || strings.HasPrefix(name, "TITAN_") || strings.HasPrefix(name, "CDKTF_")
	})
}

func (s *subject) times() []time.Duration {
	times := make([]time.Duration, len(s.runs))
	for i, run := range s.runs {
		times[i] = run.took
	}
	slices.Sort(times)
	return times
}

func (s *subject) median() time.Duration {
	times := s.times()
	return (times[(len(times)-1)/2] + times[len(times)/2]) / 2
}

// cpu is the processor time of the run that took least of it.
func (s *subject) cpu() time.Duration {
	least := s.runs[0].cpu
	for _, run := range s.runs {
		least = min(least, run.cpu)
	}
	return least
}

// ratio compares the fastest runs of two.
func ratio(a, b *subject) float64 { return a.times()[0].Seconds() / b.times()[0].Seconds() }

func (s *subject) memory() int64 {
	var peak int64
	for _, run := range s.runs {
		peak = max(peak, run.memory)
	}
	return peak
}

func table(w io.Writer, all []*subject) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "program\tmedian\tfastest\tslowest\tleast CPU\tNode's peak MiB\t\n")
	for _, one := range all {
		times := one.times()
		fmt.Fprintf(table, "%s\t%.2f s\t%.2f s\t%.2f s\t%.2f s\t%s\t\n", one.name, one.median().Seconds(), times[0].Seconds(),
			times[len(times)-1].Seconds(), one.cpu().Seconds(), mib(one.memory()))
	}
	return table.Flush()
}

func mib(bytes int64) string {
	if bytes == 0 {
		return "unknown"
	}
	return fmt.Sprint(bytes >> 20)
}
