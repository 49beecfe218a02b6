// Package app runs a CDKTF app: it builds the stacks, turns jsii's panics into errors that name the stack, writes the
// Terraform JSON, and says what that took.
package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/providerlock"
)

// App collects the stacks of one synthesis.
type App struct {
	root            cdktf.App // not embedded: jsii takes a struct that embeds one of its objects for a subclass
	built           []built
	helpers         []*helper
	outdir, staging string // where stacks are written to, and where they lie until all of them are right
	made            bool   // whether the output folder is this run's
	started         time.Time
}

// built is a row of the report.
type built struct {
	Stack      string
	Took       time.Duration
	Overridden []string
}

// New starts the jsii kernel and an app that writes to outdir; empty is CDKTF's own choice (CDKTF_OUTDIR, else
// cdktf.out). The caller closes it.
func New(outdir string) (app *App, err error) {
	defer func() {
		if err != nil && app != nil {
			_ = app.unstage()
		}
	}()
	defer recovered("starting jsii (is Node.js installed? `make setup` tells)", &err)
	app = &App{outdir: outputFolder(outdir), started: time.Now()}
	if err := app.stage(); err != nil {
		return nil, err
	}
	config := &cdktf.AppConfig{Outdir: jsii.String(app.staging), Context: &map[string]any{
		// Addresses without the stack's name are the same in every environment, so that a runbook can name them.
		"excludeStackIdFromLogicalIds": "true",
	}}
	app.root = cdktf.NewApp(config)
	return app, nil
}

// Root is the scope that stacks are declared in.
func (a *App) Root() cdktf.App { return a.root }

// Close stops the jsii kernel, and waits for helpers that Write did not wait for. Nothing is said on os.Stderr
// afterwards: jsii-runtime-go 1.140 waits for its process twice, and the one that comes second complains ('waitid: no
// child processes') of an end that was in order.
func (a *App) Close() {
	a.dismiss()
	_ = a.unstage() // which Write has done, unless a stack could not be built
	if null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stderr = null
	}
	jsii.Close()
}

// Build builds one stack by its constructor. A panic, which is how jsii reports a wrong argument, becomes an error.
func (a *App) Build(stack string, construct func()) (err error) {
	defer recovered(fmt.Sprintf("building stack %q", stack), &err)
	start := time.Now()
	construct()
	a.built = append(a.built, built{Stack: stack, Took: time.Since(start)})
	return nil
}

// Overridden keeps for the report which attributes of the stack built last are not the platform's own.
func (a *App) Overridden(overrides []string) {
	a.built[len(a.built)-1].Overridden = overrides
}

// Write validates all stacks and writes their JSON; where one is not valid, or two would make one name, nothing is
// written. The report, a line a stack, goes to w; a helper leaves it for who started it.
func (a *App) Write(w io.Writer) (err error) {
	defer recovered("writing the stacks", &err)
	defer func() { err = errors.Join(err, a.unstage()) }()
	a.root.Synth()
	if err := a.await(); err != nil {
		return err
	}
	if err := a.compareNames(); err != nil {
		return err
	}
	if err := a.publish(); err != nil {
		return err
	}
	if IsHelper() {
		return a.tell()
	}
	for _, stack := range a.built {
		if err := providerlock.Copy(".", filepath.Dir(stackFile(a.outdir, stack.Stack))); err != nil {
			return err
		}
	}
	return a.report(w)
}

func (a *App) report(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(table, format, args...) } // tabwriter keeps the error for Flush
	line("stack\tresources\tms\t\n")
	for _, stack := range a.built {
		count, err := resources(stackFile(a.outdir, stack.Stack))
		if err != nil {
			return err
		}
		line("%s\t%d\t%d\t\n", stack.Stack, count, stack.Took.Milliseconds())
	}
	line("all, written\t\t%d\t\n", time.Since(a.started).Milliseconds())
	if err := table.Flush(); err != nil {
		return fmt.Errorf("printing the table: %w", err)
	}
	for _, stack := range a.built {
		for _, override := range stack.Overridden {
			if _, err := fmt.Fprintf(w, "overridden in %s: %s\n", stack.Stack, override); err != nil {
				return fmt.Errorf("printing what is overridden: %w", err)
			}
		}
	}
	return nil
}

// resources counts the resource blocks of a stack's file.
func resources(file string) (int, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return 0, fmt.Errorf("counting resources: %w", err)
	}
	var stack struct {
		Resource map[string]map[string]json.RawMessage `json:"resource"`
	}
	if err := json.Unmarshal(content, &stack); err != nil {
		return 0, fmt.Errorf("counting resources of %q: %w", file, err)
	}
	count := 0
	for _, blocks := range stack.Resource {
		count += len(blocks)
	}
	return count, nil
}

// recovered turns a panic into an error. jsii panics with an error or a text that names neither stack nor construct.
func recovered(doing string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("%s: %v", doing, problem)
	}
}
