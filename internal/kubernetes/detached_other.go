//go:build !linux

package kubernetes

import "syscall"

// detached keeps Ctrl-C of a terminal from the emulator, which whoever started it stops.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
