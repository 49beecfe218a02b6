// Package emulator runs an AWS on this machine: ministack on a loopback port, behind a proxy of ours that records every call, answers
// what ministack lacks, and breaks what a test wants broken. What Terraform needs to reach it is in environment variables alone.
package emulator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Emulator is a running emulator behind its proxy.
type Emulator struct {
	*Proxy
	process *process
	log     *os.File
}

// Start installs the emulator where it is missing, starts it for an account (12 digits) and puts a proxy in front. dir is an ignored
// folder for the installation and the log. extra are environment variables of the emulator: AUTH=true has it enforce IAM.
func Start(ctx context.Context, dir, account string, extra ...string) (*Emulator, error) {
	program, err := Install(ctx, dir)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "emulator-"+account+".log"))
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	process, err := startProcess(ctx, program, account, log, extra...)
	if err != nil {
		_ = log.Close() // the emulator wrote it
		return nil, err
	}
	proxy, err := NewProxy(process.url())
	if err != nil {
		process.stop()
		_ = log.Close() // as above
		return nil, err
	}
	return &Emulator{Proxy: proxy, process: process, log: log}, nil
}

// Stop stops the proxy and the emulator; everything in it is gone.
func (e *Emulator) Stop() {
	_ = e.Close() // there is nothing to do about it
	e.process.stop()
	_ = e.log.Close() // the emulator wrote it
}
