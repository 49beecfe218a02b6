package kubernetes

import "syscall"

// detached keeps Ctrl-C of a terminal from the emulator, whoever started it stops it; and ends it when that process is killed.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
