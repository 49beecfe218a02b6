package daemon

import "syscall"

// detached keeps Ctrl-C of a terminal from a program, which is for whoever started it to stop, and ends it when that
// process is killed.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
