package platformdemo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformstack"
	"github.com/titan-platform/titan/stacks/order"
)

// nodes makes the nodes that each group has at least, and waits until all are ready.
func (d *Demo) nodes(ctx context.Context, _ *Report) error {
	environment, err := platformstack.Read(d.Stacks, order.Name(d.Environment, order.Environment))
	if err != nil {
		return err
	}
	groups, err := platformstack.NodeGroups(environment)
	if err != nil {
		return err
	}
	var nodes []platformstack.Object
	for _, g := range groups {
		for i := range g.Minimum {
			nodes = append(nodes, kubernetes.Node{
				Name: fmt.Sprintf("%s-%d", g.Name, i+1), Zone: string(d.Environment.Region) + g.Zones[i%len(g.Zones)],
				InstanceType: g.InstanceType, Labels: g.Labels, Taints: g.Taints,
			}.Manifest())
		}
	}
	if len(nodes) == 0 {
		return fmt.Errorf("no node group of %s has a node at least: there is nothing to show", d.Environment.Name)
	}
	if err := d.apply(ctx, nodes); err != nil {
		return err
	}
	err = d.Progress.During(ctx, "the nodes", nil, func(ctx context.Context) error {
		_, err := d.kubectl(ctx, "", "wait", "nodes", "--all", "--for", "condition=Ready", "--timeout", releaseTimeout)
		return err
	})
	if err != nil {
		return err
	}
	d.Progress.Done("%d simulated nodes ready, as many as the node groups have at least", len(nodes))
	return nil
}

// manifests applies what the stack makes by itself.
func (d *Demo) manifests(ctx context.Context, _ *Report) error {
	manifests, err := d.stack.Manifests()
	if err != nil {
		return err
	}
	if err := d.apply(ctx, manifests); err != nil {
		return err
	}
	d.Progress.Done("%d objects of the stack's own: namespaces, network policies, priorities, storage class",
		len(manifests))
	return nil
}

// definitions stand in for those that missing releases bring: our charts make objects of them.
func (d *Demo) definitions(ctx context.Context, report *Report) error {
	all, err := kubernetes.Definitions()
	if err != nil {
		return err
	}
	for _, definition := range all {
		brings := func(m Missing) bool { return m.Name == definition.Release }
		if !slices.ContainsFunc(report.Missing, brings) {
			continue
		}
		if _, err := d.kubectl(ctx, definition.Manifest, "apply", "--server-side", "--filename", "-"); err != nil {
			return err
		}
		report.Definitions = append(report.Definitions, definition.Kind)
	}
	if len(report.Definitions) == 0 {
		return nil
	}
	_, err = d.kubectl(ctx, "", "wait", "customresourcedefinitions", "--all", "--for", "condition=Established",
		"--timeout", releaseTimeout)
	return err
}

// apply has the API server take objects, and refuse a field that it does not know.
func (d *Demo) apply(ctx context.Context, objects []platformstack.Object) error {
	var text strings.Builder
	for _, object := range objects {
		content, err := json.Marshal(object)
		if err != nil {
			return err
		}
		text.WriteString("---\n" + string(content) + "\n")
	}
	_, err := d.kubectl(ctx, text.String(),
		"apply", "--server-side", "--force-conflicts", "--validate=strict", "--filename", "-")
	return err
}
