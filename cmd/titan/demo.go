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
	if lock := (*terraform.LockError)(nil); errors.As(err, &lock) {
		return fmt.Errorf("%w\nbefore that, to reach the emulator:  eval \"$(go run ./cmd/titan emulator env)\"\nor begin again from nothing:         go run ./cmd/titan emulator stop && make demo", err)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		fmt.Println("\ninterrupted; stopping the emulator, and with it goes all that was deployed")
		return errors.Join(errors.New("run make demo to begin again"), session.Stop(), forgetBootstrap())
	}
	return err
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
	if err := destroyLocal(ctx, session); err != nil {
		return err
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
	for _, stack := range []string{localEnvironment, localBootstrap} {
		if err := cli.run(ctx, stack, "destroy", stack, "--auto-approve"); err != nil {
			return err
		}
	}
	// The bucket of the other state is gone with the bootstrap stack, and could not have been with anything in it but old versions.
	left, err := terraform.Workspace{Dir: "cdktf.out/stacks/" + localBootstrap, Env: env}.State(ctx)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return fmt.Errorf("%s still holds %s", localBootstrap, strings.Join(left, ", "))
	}
	return nil
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
