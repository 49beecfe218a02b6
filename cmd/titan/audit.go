package main

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/audit"
)

// auditOptions are what `titan audit` needs.
type auditOptions struct {
	terminal *terminal
	now      func() time.Time
	accepted func() ([]audit.Acceptance, error)
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
		Long: `Asks the public databases about every file that pins dependencies: govulncheck about Go's packages, npm
about lock files, pip-audit about Python's requirements. Where a database does not answer, it says 'not run' and why:
nothing is known then, good or bad. What is lived with for a while stands in internal/audit/accepted.yaml, with a reason.

Exit codes:
  0    every database answered, and knows of no vulnerability that is not accepted
  1    a vulnerability is known, or an acceptance matches nothing
  2    it was called wrongly; nothing was done
  3    no vulnerability is known, but not every database answered
  130  it was cancelled, by Ctrl-C`,
		Example: `  titan audit
  titan audit --go-database file:///srv/vulndb`,
		Args: none,
		RunE: func(command *cobra.Command, _ []string) error {
			a := audit.Audit{Root: ".", Work: workDir, Databases: databases}
			return run(command.Context(), auditOptions{terminal: t, now: time.Now, accepted: audit.Accepted, run: a.Run})
		},
	}
	flags := command.Flags()
	flags.StringVar(&databases.Go, "go-database", "", "`URL` of a copy of vuln.go.dev")
	flags.StringVar(&databases.NPM, "npm-registry", "", "`URL` of a registry that answers audits (default: npm's setting)")
	flags.StringVar(&databases.OSV, "osv", "", "`URL` of a copy of OSV's query endpoint")
	return command
}

// incompleteError says that a command found nothing wrong, but could not look everywhere.
type incompleteError struct{ message string }

func (e *incompleteError) Error() string { return e.message }

func runAudit(ctx context.Context, o auditOptions) error {
	list, err := o.accepted()
	if err != nil {
		return err
	}
	var known []audit.Vulnerability
	notRun, files := 0, 0
	err = o.run(ctx, func(r audit.Result) {
		files++
		if r.NotRun != nil {
			notRun++
			o.terminal.printf("%-52s not run: %v\n", r.File, r.NotRun)
			return
		}
		known = append(known, r.Vulnerabilities...)
		o.terminal.printf("%-52s %d known\n", r.File, len(r.Vulnerabilities))
	})
	if err != nil {
		return err
	}
	standing, accepted, idle := audit.Judge(known, list, o.now())
	if notRun > 0 {
		idle = nil // it may be for what nobody could be asked about
	}
	return o.report(standing, accepted, idle, notRun, files)
}

// report prints what stands, and says how it ended.
func (o auditOptions) report(
	standing, accepted []audit.Vulnerability, idle []audit.Acceptance, notRun, files int,
) error {
	for _, v := range standing {
		fixed := cmp.Or(v.Fixed, "no version that is named")
		o.terminal.printf("%s %s %s, fixed in %s: %s\n", v.ID, v.Package, v.Version, fixed, v.Summary)
	}
	for _, a := range idle {
		o.terminal.printf("acceptance of %s in %s matches nothing, or is over; remove it\n", a.ID, a.Package)
	}
	o.terminal.printf("%d vulnerabilities stand, %d are accepted; %d of %d files could not be asked about\n",
		len(standing), len(accepted), notRun, files)
	switch {
	case len(standing)+len(idle) > 0:
		return errors.New("the audit failed: raise the versions, or accept a vulnerability for a while, with a reason, " +
			"in internal/audit/accepted.yaml")
	case notRun > 0:
		return &incompleteError{"the audit is incomplete: run it where every database answers"}
	}
	return nil
}
