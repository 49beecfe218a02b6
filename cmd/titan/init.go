package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/starter"
)

// kubernetesVersion is what a new repository's clusters begin with.
const kubernetesVersion = "1.35"

// initOptions are what `titan init` needs.
type initOptions struct {
	terminal *terminal
	about    starter.Repository
	folder   string
	checkout string // of Titan, in place of a version
	source   func(ctx context.Context, checkout string) (starter.Source, error)
}

func newInitCommand(t *terminal, run func(context.Context, initOptions) error) *cobra.Command {
	o := initOptions{terminal: t, source: starter.Find}
	if run == nil {
		run = runInit
	}
	command := &cobra.Command{
		Use:   "init DIR",
		Short: "Write a repository of your own that uses Titan",
		Long: `Writes a repository that uses Titan as a Go module: a page of Go, environments and accounts, their test, Makefile and CI.
What no flag says is asked. Nothing is written where an answer is wrong, and DIR has to be empty or not there.`,
		Example: `  titan init platform
  titan init platform --project acme --organization acme --repository acme/platform \
    --account 123456789012 --region eu-central-1 --zone acme.example --email oncall@acme.example --environments dev,prod`,
		Args: one("DIR"),
		RunE: func(command *cobra.Command, args []string) error {
			o.folder = args[0]
			return run(command.Context(), o)
		},
	}
	flags := command.Flags()
	for _, q := range o.questions() {
		flags.StringVar(q.answer, q.flag, "", q.about)
	}
	flags.StringSliceVar(&o.about.Environments, "environments", nil, "which environments: "+strings.Join(starter.Kinds, ", "))
	flags.StringVar(&o.checkout, "titan", "", "a checkout of Titan to use in place of a version")
	return command
}

// question is what a repository has to be told.
type question struct {
	flag, about string
	answer      *string
	suggested   func() string
}

func (o *initOptions) questions() []question {
	return []question{
		{"project", "begins every name in AWS", &o.about.Project, func() string { return filepath.Base(o.folder) }},
		{"organization", "whom it belongs to, a tag", &o.about.Organization, func() string { return o.about.Project }},
		{"repository", "the new repository on GitHub, OWNER/NAME", &o.about.Repository, func() string {
			return o.about.Organization + "/" + filepath.Base(o.folder)
		}},
		{"module", "its Go module path", &o.about.Module, func() string { return "github.com/" + o.about.Repository }},
		{"account", "the AWS account, 12 digits", &o.about.Account, nil},
		{"region", "the AWS region", (*string)(&o.about.Region), nil},
		{"second-region", "the region of production's copies", (*string)(&o.about.Second), func() string {
			return string(secondFor(o.about.Region))
		}},
		{"zone", "the DNS zone of production; the others get a part below it", &o.about.Zone, nil},
		{"email", "where alarms go", &o.about.Email, func() string { return "oncall@" + o.about.Zone }},
	}
}

func runInit(ctx context.Context, o initOptions) error {
	if err := o.ask(); err != nil {
		return err
	}
	source, err := o.source(ctx, o.checkout)
	if err != nil {
		return err
	}
	o.about.Kubernetes, o.about.ProjectID = kubernetesVersion, uuid.NewString()
	if err := o.about.Write(o.folder, source); err != nil {
		return err
	}
	o.terminal.printf("wrote %s. In it:\n", o.folder)
	o.terminal.printf("  make demo    deploys `local` to an emulated AWS on this machine\n")
	o.terminal.printf("  make golden  writes down what the environments are synthesized to; commit it\n")
	o.terminal.printf("  make test    holds them to the platform's promises from then on\n")
	return nil
}

// ask asks what no flag said. Where nobody can be asked, what has a usual answer gets it, and the rest is an error.
func (o *initOptions) ask() error {
	var missing []string
	for _, q := range o.questions() {
		if *q.answer != "" {
			continue
		}
		if q.suggested != nil {
			*q.answer = q.suggested()
		}
		if !o.terminal.interactive {
			if *q.answer == "" {
				missing = append(missing, "--"+q.flag)
			}
			continue
		}
		answer, err := o.terminal.question(q.about, *q.answer)
		if err != nil {
			return err
		}
		*q.answer = answer
	}
	if len(missing) > 0 {
		return wrongUsage("nobody can be asked here; say %s", strings.Join(missing, ", "))
	}
	for _, region := range []environments.Region{o.about.Region, o.about.Second} {
		if !slices.Contains(environments.Regions(), region) {
			return wrongUsage("there is no region %q; allowed: %s", region, joined(environments.Regions()))
		}
	}
	if len(o.about.Environments) == 0 {
		o.about.Environments = []string{"dev", "prod"}
	}
	return nil
}

// secondFor is a second region on a region's continent, empty without one. us-east-1 is where CloudFront and IAM are
// controlled from, and so is no second one.
func secondFor(region environments.Region) environments.Region {
	continent, _, _ := strings.Cut(string(region), "-")
	for _, other := range environments.Regions() {
		if other != region && other != environments.GlobalRegion && strings.HasPrefix(string(other), continent+"-") {
			return other
		}
	}
	return ""
}

func joined(regions []environments.Region) string {
	texts := make([]string, len(regions))
	for i, region := range regions {
		texts[i] = string(region)
	}
	return strings.Join(texts, ", ")
}

// question asks for a text; an empty answer is the suggested one.
func (t *terminal) question(about, suggested string) (string, error) {
	prompt := about
	if suggested != "" {
		prompt += fmt.Sprintf(" [%s]", suggested)
	}
	fmt.Fprintf(t.err, "%s: ", prompt)
	line, err := t.in.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("reading the answer: %w", err)
	}
	if answer := strings.TrimSpace(line); answer != "" {
		return answer, nil
	}
	return suggested, nil
}
