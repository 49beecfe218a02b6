package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/audit"
)

// auditOptions are what `titan audit` needs.
type auditOptions struct {
	terminal *terminal
	run      func(context.Context, func(audit.Result)) error
}

func newAuditCommand(t *terminal, run func(context.Context, auditOptions) error) *cobra.Command {
	if run == nil {
		run = runAudit
	}
	var databases audit.Databases
	command := &cobra.Command{
		Use:   "audit",
		Short: "Ask for known vulnerabilities of the dependencies that are pinned",
		Long: `Asks the public databases about every file that pins dependencies: govulncheck about Go's packages, npm about lock
files, pip-audit about Python's requirements. Where a database does not answer, it says 'not run' and why: nothing is
known then, good or bad.

Exit codes:
  0    every database answered, and knows of no vulnerability
  1    a vulnerability is known
  2    it was called wrongly; nothing was done
  3    no vulnerability is known, but not every database answered
  130  it was cancelled, by Ctrl-C`,
		Example: `  titan audit
  titan audit --go-database file:///srv/vulndb`,
		Args: none,
		RunE: func(command *cobra.Command, _ []string) error {
			a := audit.Audit{Root: ".", Work: workDir, Databases: databases}
			return run(command.Context(), auditOptions{terminal: t, run: a.Run})
		},
	}
	flags := command.Flags()
	flags.StringVar(&databases.Go, "go-database", "", "`URL` of a copy of vuln.go.dev")
	flags.StringVar(&databases.NPM, "npm-registry", "", "`URL` of a registry that answers audits (default is npm's own setting)")
	flags.StringVar(&databases.OSV, "osv", "", "`URL` of a copy of OSV's query endpoint")
	return command
}

// incompleteError says that a command found nothing wrong, but could not look everywhere.
type incompleteError struct{ message string }

func (e *incompleteError) Error() string { return e.message }

func runAudit(ctx context.Context, o auditOptions) error {
	known, notRun, files := 0, 0, 0
	err := o.run(ctx, func(r audit.Result) {
		files++
		if r.NotRun != nil {
			notRun++
			o.terminal.printf("%-46s not run: %v\n", r.File, r.NotRun)
			return
		}
		known += len(r.Vulnerabilities)
		o.terminal.printf("%-46s %d known\n", r.File, len(r.Vulnerabilities))
		for _, v := range r.Vulnerabilities {
			o.terminal.printf("  %s %s %s, fixed in %s: %s\n", v.ID, v.Package, v.Version, cmp.Or(v.Fixed, "no version that is named"), v.Summary)
		}
	})
	switch {
	case err != nil:
		return err
	case known > 0:
		return fmt.Errorf("%d vulnerabilities are known, %d of %d files could not be asked about; raise the versions", known, notRun, files)
	case notRun > 0:
		return &incompleteError{fmt.Sprintf("no vulnerability is known, but %d of %d files could not be asked about; "+
			"run it where the databases answer", notRun, files)}
	}
	o.terminal.printf("no vulnerability is known of what %d files pin\n", files)
	return nil
}
