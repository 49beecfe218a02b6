package terraform

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// interruptGrace is how long an interrupted command may take to end: Terraform writes down what it has made first.
const interruptGrace = 2 * time.Minute

// Interruptible has a command interrupted once when its context ends, and killed only where it has not ended by
// itself two minutes later.
func Interruptible(command *exec.Cmd) {
	// Out of the terminal's process group: Ctrl-C would else reach it twice, from the terminal and from here, and
	// Terraform that is interrupted a second time ends at once, without saving its state.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = interruptGrace
}

// InterruptibleGroup is Interruptible for a command that leaves an interrupt to the programs it has started.
func InterruptibleGroup(command *exec.Cmd) {
	Interruptible(command)
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGINT) }
}
