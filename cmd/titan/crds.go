package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/spf13/cobra"
	"k8s.io/client-go/dynamic"

	"github.com/titan-platform/titan/internal/crds"
	"github.com/titan-platform/titan/stacks/order"
)

// crdsOptions are what `titan crds` needs.
type crdsOptions struct {
	clusterOptions
	synthesize  func(ctx context.Context, out string, names []string) error
	synthesized func(out, stack string) ([]byte, error)
	client      *http.Client
	dynamic     func(context.Context) (dynamic.Interface, error)

	plans string // a folder of plans, whose charts are meant; empty synthesizes
}

func newCRDsCommand(t *terminal, run func(context.Context, crdsOptions) error) *cobra.Command {
	o := crdsOptions{
		clusterOptions: defaultClusterOptions(t),
		synthesize:     synthesize,
		synthesized:    readStack,
		client:         http.DefaultClient,
	}
	if run == nil {
		run = runCRDs
	}
	command := &cobra.Command{
		Use:   "crds ENVIRONMENT",
		Short: "Bring the definitions of charts' custom resources up to date, which Helm never does",
		Long: `Fetches the charts of ENVIRONMENT's platform stack at their pinned versions, and makes the custom resource
definitions of their crds/ folders those of the cluster, before the charts are upgraded: Helm installs these once and
never again. Archives are held to the checksums of their repositories. No object is touched, and a version that objects
are stored in is refused by the API server.

--plans takes the charts from a folder of "titan plan --out" and synthesizes nothing. The deployer's pipeline does that
before it applies; who deploys the platform's stack otherwise runs it by hand when a chart's version changes.`,
		Example: `  titan crds dev
  titan crds prod --plans plans`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
	command.Flags().StringVar(&o.plans, "plans", "", "the `FOLDER` of plans")
	return command
}

func runCRDs(ctx context.Context, o crdsOptions) error {
	charts, err := o.charts(ctx)
	if err != nil {
		return err
	}
	if o.dynamic == nil {
		o.dynamic = o.clusterObjects
	}
	client, err := o.dynamic(ctx)
	if err != nil {
		return err
	}
	for _, chart := range charts {
		definitions, err := chart.Definitions(ctx, o.client)
		if err != nil {
			return err
		}
		for _, definition := range definitions {
			change, err := crds.Apply(ctx, client, definition)
			if err != nil {
				return fmt.Errorf("chart %s %s: %w", chart.Name, chart.Version, err)
			}
			o.terminal.printf("%-9s %s (%s %s)\n", change, definition.GetName(), chart.Name, chart.Version)
		}
	}
	return nil
}

// charts are those of the platform stack that come from a repository and install their definitions.
func (o crdsOptions) charts(ctx context.Context) ([]crds.Chart, error) {
	all, err := o.environments()
	if err != nil {
		return nil, err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return nil, err
	}
	out := o.plans
	if out == "" {
		out = outDir
		if err := o.synthesize(ctx, out, []string{o.environment}); err != nil {
			return nil, err
		}
	}
	text, err := o.synthesized(out, order.Name(environment, order.Platform))
	if err != nil {
		return nil, fmt.Errorf("reading the platform's stack: %w", err)
	}
	return chartsOf(text)
}

func chartsOf(stack []byte) ([]crds.Chart, error) {
	var parsed struct {
		Resource struct {
			Releases map[string]struct {
				Chart, Version, Repository string
				SkipCRDs                   bool `json:"skip_crds"`
			} `json:"helm_release"`
		}
	}
	if err := json.Unmarshal(stack, &parsed); err != nil {
		return nil, fmt.Errorf("parsing the platform's stack: %w", err)
	}
	var charts []crds.Chart
	for _, id := range slices.Sorted(maps.Keys(parsed.Resource.Releases)) {
		if r := parsed.Resource.Releases[id]; r.Repository != "" && !r.SkipCRDs {
			charts = append(charts, crds.Chart{Name: r.Chart, Version: r.Version, Repository: r.Repository})
		}
	}
	return charts, nil
}

func (o crdsOptions) clusterObjects(ctx context.Context) (dynamic.Interface, error) {
	connection, err := o.connect(ctx)
	if err != nil {
		return nil, err
	}
	client, err := dynamic.NewForConfig(connection)
	if err != nil {
		return nil, fmt.Errorf("connecting to the cluster of %s: %w", o.environment, err)
	}
	return client, nil
}
