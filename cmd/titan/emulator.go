package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// localEnvironment is the environment that lives on the emulator.
const localEnvironment = "local"

// emulatorDeadline leaves time for the emulator's first installation.
const emulatorDeadline = 3 * time.Minute

func runEmulator(ctx context.Context, args []string) error {
	return choose(ctx, args, map[string]func(context.Context) error{
		"start":  func(ctx context.Context) error { return emulatorStart(ctx) },
		"stop":   func(context.Context) error { return emulatorStop() },
		"status": func(context.Context) error { return emulatorStatus() },
		"env":    func(context.Context) error { return emulatorEnv() },
		"serve":  emulatorServe, // what start runs
	}, "emulator start|stop|status|env")
}

func emulatorStart(ctx context.Context) error {
	session, fresh, err := startedSession(ctx)
	if err != nil {
		return err
	}
	if !fresh {
		fmt.Printf("running since %s at %s\n", session.Started.Local().Format(time.TimeOnly), session.URL)
		return nil
	}
	fmt.Printf("started at %s, account %s\nto work with it:  eval \"$(go run ./cmd/titan emulator env)\"\n", session.URL, session.Account)
	return nil
}

func emulatorStop() error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		fmt.Println("no emulator is running")
		return nil
	}
	if err := session.Stop(); err != nil {
		return err
	}
	fmt.Println("stopped")
	return nil
}

func emulatorStatus() error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		fmt.Println("no emulator is running; start one: go run ./cmd/titan emulator start")
		return nil
	}
	fmt.Printf("process %d, %s, account %s, since %s\n", session.PID, session.URL, session.Account, session.Started.Local().Format(time.DateTime))
	return nil
}

// emulatorEnv prints shell commands that point Terraform, the cdktf CLI and the AWS CLI at the emulator.
func emulatorEnv() error {
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		return errors.New("no emulator is running; start one: go run ./cmd/titan emulator start")
	}
	here := map[string]bool{}
	for _, entry := range os.Environ() {
		here[entry] = true
	}
	all, err := terraform.Environment(emulator.Environment(session.URL)...)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, entry := range all {
		kept[entry] = true
		if !here[entry] {
			name, value, _ := strings.Cut(entry, "=")
			fmt.Printf("export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
		}
	}
	for entry := range here {
		if name, _, _ := strings.Cut(entry, "="); !kept[entry] {
			fmt.Printf("unset %s\n", name)
		}
	}
	return nil
}

// emulatorServe runs the emulator in the foreground.
func emulatorServe(ctx context.Context) error {
	account, err := localAccount()
	if err != nil {
		return err
	}
	return emulator.Serve(ctx, workDir, account)
}

// localAccount is the account number that the emulator has to have.
func localAccount() (string, error) {
	local, err := environments.Load("environments", localEnvironment)
	if err != nil {
		return "", err
	}
	return local[0].Account.ID, nil
}

// startedSession is the running emulator; fresh is whether it had to be started, and is therefore empty.
func startedSession(ctx context.Context) (session *emulator.Session, fresh bool, err error) {
	unlock, err := emulator.StartLock(workDir)
	if err != nil {
		return nil, false, err
	}
	defer unlock()
	account, err := localAccount()
	if err != nil {
		return nil, false, err // said here, not in a log
	}
	if session, err = emulator.Find(workDir); err != nil {
		return nil, false, err
	}
	if session != nil && session.Account != account {
		return nil, false, fmt.Errorf("the running emulator is account %q, but environments/%s.yaml says %q; stop it: go run ./cmd/titan emulator stop",
			session.Account, localEnvironment, account)
	}
	if session != nil {
		return session, false, nil
	}
	if _, err := emulator.Install(ctx, workDir); err != nil {
		return nil, false, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, false, fmt.Errorf("starting the emulator: %w", err)
	}
	logFile := filepath.Join(workDir, "emulator-serve.log")
	log, err := os.Create(logFile)
	if err != nil {
		return nil, false, fmt.Errorf("starting the emulator: %w", err)
	}
	defer func() { _ = log.Close() }() // the child has its own
	server := exec.Command(program, "emulator", "serve")
	server.Stdout, server.Stderr = log, log
	server.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // it outlives this command and its terminal
	if err := server.Start(); err != nil {
		return nil, false, fmt.Errorf("starting the emulator: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, emulatorDeadline)
	defer cancel()
	for {
		if session, err = emulator.Find(workDir); session != nil || err != nil {
			return session, true, err
		}
		select {
		case err := <-ended:
			said, _ := os.ReadFile(logFile) // whatever it got to say
			return nil, false, fmt.Errorf("the emulator ended at once (%v): %s", err, strings.TrimSpace(string(said)))
		case <-ctx.Done():
			_ = server.Process.Signal(syscall.SIGTERM) // it may have ended
			return nil, false, fmt.Errorf("starting the emulator: %w; its log: %s", ctx.Err(), logFile)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
