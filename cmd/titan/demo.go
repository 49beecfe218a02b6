package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

const (
	localBootstrap = localEnvironment + "-bootstrap"
	localStack     = "cdktf.out/stacks/" + localEnvironment
	// bootstrapState is where the bootstrap stack's backend puts its state.
	bootstrapState = "terraform." + localBootstrap + ".tfstate"
)

func runDemo(ctx context.Context, args []string) error {
	return choose(ctx, args, map[string]func(context.Context) error{"up": demoUp, "down": demoDown}, "demo up|down")
}

// demoUp deploys the local environment as a person would deploy any: by the cdktf CLI, the bootstrap stack first.
func demoUp(ctx context.Context) error {
	session, fresh, err := startedSession(ctx)
	if err != nil {
		return err
	}
	if fresh {
		fmt.Printf("emulated AWS at %s, account %s\n", session.URL, session.Account)
		// What an earlier emulator held is gone, and so is the truth of the state that a killed run left.
		if err := forgetBootstrap(); err != nil {
			return err
		}
	} else {
		fmt.Printf("going on with the emulated AWS at %s\n", session.URL)
	}
	err = deployLocal(ctx, session)
	if errors.Is(ctx.Err(), context.Canceled) {
		fmt.Println("\ninterrupted; stopping the emulator, and with it goes all that was deployed")
		return errors.Join(errors.New("run make demo to begin again"), session.Stop(), forgetBootstrap())
	}
	return withWayOut(err, "make demo")
}

// withWayOut adds to a failure how to go on: a killed run may have made things that its state does not know and that are in the way of
// the next one, but everything is on the emulator, so beginning again costs nothing.
func withWayOut(err error, again string) error {
	if err == nil {
		return nil
	}
	if lock := (*terraform.LockError)(nil); errors.As(err, &lock) {
		err = fmt.Errorf("%w\nbefore that, to reach the emulator:  eval \"$(go run ./cmd/titan emulator env)\"", err)
	}
	return fmt.Errorf("%w\nto begin again from nothing:         go run ./cmd/titan emulator stop && %s", err, again)
}

func deployLocal(ctx context.Context, session *emulator.Session) error {
	env, err := terraform.Environment(emulator.Environment(session.URL)...)
	if err != nil {
		return err
	}
	cli := cdktf{env: env}
	for _, stack := range []string{localBootstrap, localEnvironment} {
		if err := cli.run(ctx, stack, "deploy", stack, "--auto-approve"); err != nil {
			return err
		}
	}
	workspace := terraform.Workspace{Dir: localStack, Env: env}
	start := time.Now()
	changes, err := workspace.Plan(ctx, "again.tfplan")
	if err != nil {
		return err
	}
	if changes {
		return fmt.Errorf("a second plan would change something; see: cd %s && terraform show again.tfplan", localStack)
	}
	planned := time.Since(start)
	if err := printOutputs(ctx, workspace); err != nil {
		return err
	}
	fmt.Printf("\nplanned again in %.0f s: no changes\n", planned.Seconds())
	fmt.Printf("work with it:    eval \"$(go run ./cmd/titan emulator env)\"; npx cdktf diff %s\ntake it away:    make demo-down\n", localEnvironment)
	return nil
}

func printOutputs(ctx context.Context, workspace terraform.Workspace) error {
	text, err := workspace.Run(ctx, "output", "-json", "-no-color")
	if err != nil {
		return err
	}
	var outputs map[string]struct{ Value any }
	if err := json.Unmarshal(text, &outputs); err != nil {
		return fmt.Errorf("reading the outputs: %w", err)
	}
	names := make([]string, 0, len(outputs))
	for name := range outputs {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Printf("\noutputs of %s\n", localEnvironment)
	for _, name := range names {
		value, err := json.Marshal(outputs[name].Value)
		if err != nil {
			return fmt.Errorf("printing output %q: %w", name, err)
		}
		fmt.Printf("  %-20s %s\n", name, strings.Trim(string(value), `"`))
	}
	return nil
}

// demoDown destroys what demoUp made and stops the emulator. Done already, it says so.
func demoDown(ctx context.Context) error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		fmt.Println("no emulator is running; there is nothing to take away")
		return forgetBootstrap()
	}
	err = destroyLocal(ctx, session)
	if errors.Is(ctx.Err(), context.Canceled) {
		return errors.New("\ninterrupted; the emulator is still running: run make demo-down again")
	}
	if err != nil {
		return withWayOut(err, "make demo-down")
	}
	if err := session.Stop(); err != nil {
		return err
	}
	fmt.Println("nothing is left in any state; the emulator is stopped")
	return forgetBootstrap()
}

func destroyLocal(ctx context.Context, session *emulator.Session) error {
	if _, err := os.Stat(bootstrapState); err != nil {
		return nil // nothing was ever deployed to this emulator
	}
	env, err := terraform.Environment(emulator.Environment(session.URL)...)
	if err != nil {
		return err
	}
	cli := cdktf{env: env}
	stacks := []string{localEnvironment, localBootstrap}
	bucket, err := stateBucketMade()
	if err != nil {
		return err
	}
	if !bucket { // a run was killed before it was made, or after it was destroyed: nothing can have been deployed into it
		stacks = stacks[1:]
	}
	for _, stack := range stacks {
		// No cluster runs here, and so <env>-platform, which the CLI would take along first, was never deployed.
		if err := cli.run(ctx, stack, "destroy", stack, "--auto-approve", "--ignore-missing-stack-dependencies"); err != nil {
			return err
		}
		left, err := terraform.Workspace{Dir: "cdktf.out/stacks/" + stack, Env: env}.State(ctx) // while there still is a bucket to ask
		if err != nil {
			return err
		}
		if len(left) > 0 {
			return fmt.Errorf("%s still holds %s", stack, strings.Join(left, ", "))
		}
	}
	return nil
}

// stateBucketMade is whether the bootstrap stack's state has the bucket for the other stack's state.
func stateBucketMade() (bool, error) {
	text, err := os.ReadFile(bootstrapState)
	if err != nil {
		return false, fmt.Errorf("reading the bootstrap stack's state: %w", err)
	}
	var state struct{ Resources []struct{ Mode, Type string } }
	if err := json.Unmarshal(text, &state); err != nil {
		return false, fmt.Errorf("reading the bootstrap stack's state in %q: %w", bootstrapState, err)
	}
	for _, resource := range state.Resources {
		if resource.Mode == "managed" && resource.Type == "aws_s3_bucket" {
			return true, nil
		}
	}
	return false, nil
}

// forgetBootstrap removes the local state of a bootstrap stack whose emulator is gone.
func forgetBootstrap() error {
	files, err := filepath.Glob(bootstrapState + "*")
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			return fmt.Errorf("removing the state of an emulator that is gone: %w", err)
		}
	}
	return nil
}
