package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
)

// cdktf runs the cdktf CLI of node_modules.
type cdktf struct {
	env []string
	out io.Writer // the lines worth showing
}

// run runs a verb for a stack, shows what Terraform made, and says how long it took. The whole output goes to a log.
func (c cdktf) run(ctx context.Context, stack string, args ...string) error {
	logFile := filepath.Join(workDir, args[0]+"-"+stack+".log")
	log, err := os.Create(logFile)
	if err != nil {
		return fmt.Errorf("cdktf %s: %w", args[0], err)
	}
	defer func() { _ = log.Close() }() // what could be written was

	fmt.Fprintf(c.out, "\ncdktf %s\n", strings.Join(args, " "))
	start := time.Now()
	command := exec.CommandContext(ctx, filepath.Join("node_modules", ".bin", "cdktf"), args...)
	command.Env = append(append([]string(nil), c.env...), "CI=1", "FORCE_COLOR=0", "TITAN_ENVIRONMENTS="+localEnvironment,
		// Else it makes folders in HOME, which may not be written to, and a plugin cache there, which Terraform must not use
		// side by side (Terraform, 'CLI Configuration', 'Provider Plugin Cache').
		"CDKTF_DISABLE_PLUGIN_CACHE_ENV=1", "CDKTF_HOME="+filepath.Join(workDir, "cdktf"))
	terraform.Interruptible(command)
	var all bytes.Buffer
	read, write := io.Pipe()
	command.Stdout = io.MultiWriter(log, &all, write)
	command.Stderr = command.Stdout
	shown := make(chan struct{})
	go func() { show(c.out, read, stack); close(shown) }()
	err = command.Run()
	_ = write.Close() // it never fails
	<-shown
	if err != nil {
		said := plain(all.String())
		if lock := terraform.FindLock(said, stackDir(outDir, stack)); lock != nil {
			return lock
		}
		return fmt.Errorf("cdktf %s: %w; all of it is in %s\n%s", strings.Join(args, " "), err, logFile, errorsIn(said))
	}
	fmt.Fprintf(c.out, "  %.0f s\n", time.Since(start).Seconds())
	return nil
}

// control is what the CLI writes to move the cursor and to colour, also when nobody looks.
var control = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]`)

func plain(text string) string { return control.ReplaceAllString(text, "") }

// worthShowing are the lines of Terraform's that tell how far it is.
var worthShowing = regexp.MustCompile(
	`(Creation|Destruction|Modifications) complete|Apply complete|Destroy complete|No changes`)

// show prints the lines worth showing, each once: the CLI repeats its last lines as often as its spinner turns.
func show(out io.Writer, output io.Reader, stack string) {
	seen := map[string]bool{}
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(plain(lines.Text())), stack+" "))
		if worthShowing.MatchString(line) && !seen[line] {
			seen[line] = true
			fmt.Fprintln(out, " ", line)
		}
	}
	_, _ = io.Copy(io.Discard, output) // a line too long to scan must not stop the writer
}

// errorsIn is what an output says from its first error on, without the boxes around it.
func errorsIn(output string) string {
	if at := strings.Index(output, "Error:"); at >= 0 {
		output = output[at:]
	}
	const most = 3000
	return strings.TrimSpace(output[:min(len(output), most)])
}
