package platformdemo

import (
	"cmp"
	"context"
	"fmt"
	"strings"
)

// counted are the kinds whose objects are counted, by the names that kubectl takes.
var counted = []struct{ kind, resource string }{
	{"Deployment", "deployments"}, {"HorizontalPodAutoscaler", "horizontalpodautoscalers"},
	{"PodDisruptionBudget", "poddisruptionbudgets"}, {"NetworkPolicy", "networkpolicies"},
	{"ResourceQuota", "resourcequotas"}, {"PersistentVolumeClaim", "persistentvolumeclaims"},
	{"CustomResourceDefinition", "customresourcedefinitions"},
}

// item is an object as far as it is read here.
type item struct {
	Metadata struct {
		Name, Namespace   string
		DeletionTimestamp string
		Labels            map[string]string
	}
	Spec struct {
		NodeName         string
		IngressClassName string
		MinReplicas      int
		ScaleTargetRef   struct{ Name string }
		Rules            []struct {
			Host string
			HTTP struct{ Paths []path }
		}
	}
	Status struct {
		Phase           string
		CurrentReplicas int
		Conditions      []struct{ Type, Status, Message string }
	}
}

type path struct {
	Path    string
	Backend struct {
		Service struct {
			Name string
			Port struct {
				Name   string
				Number int
			}
		}
	}
}

type items struct{ Items []item }

// gather reads what there is.
func (d *Demo) gather(ctx context.Context, report *Report) error {
	list, err := d.helm(ctx, "list", "--all-namespaces", "--output", "json")
	if err != nil {
		return err
	}
	if err := decode(list, &report.Releases); err != nil {
		return err
	}
	var nodes, ingresses items
	if err := d.get(ctx, &nodes, "nodes"); err != nil {
		return err
	}
	for _, n := range nodes.Items {
		labels := n.Metadata.Labels
		report.Nodes = append(report.Nodes,
			Node{n.Metadata.Name, labels[zoneLabel], labels["capacity"], labels["node.kubernetes.io/instance-type"]})
	}
	if report.Pods, err = d.pods(ctx); err != nil {
		return err
	}
	for _, k := range counted {
		var all items
		if err := d.get(ctx, &all, k.resource, "--all-namespaces"); err != nil {
			return err
		}
		report.Counts = append(report.Counts, Count{k.kind, len(all.Items)})
	}
	if err := d.get(ctx, &ingresses, "ingresses", "--all-namespaces"); err != nil {
		return err
	}
	report.Routes = routes(ingresses)
	return nil
}

// pods are those that run or want to.
func (d *Demo) pods(ctx context.Context) ([]Pod, error) {
	var all items
	if err := d.get(ctx, &all, "pods", "--all-namespaces"); err != nil {
		return nil, err
	}
	var pods []Pod
	for _, p := range all.Items {
		if p.Metadata.DeletionTimestamp != "" || p.Status.Phase == "Succeeded" {
			continue
		}
		pod := Pod{Namespace: p.Metadata.Namespace, Name: p.Metadata.Name, Node: p.Spec.NodeName}
		for _, c := range p.Status.Conditions {
			pod.Ready = pod.Ready || c.Type == "Ready" && c.Status == "True"
			if c.Type == "PodScheduled" && c.Status == "False" {
				pod.Reason = c.Message
			}
		}
		pods = append(pods, pod)
	}
	return pods, nil
}

func routes(ingresses items) []Route {
	var all []Route
	for _, ingress := range ingresses.Items {
		for _, rule := range ingress.Spec.Rules {
			for _, p := range rule.HTTP.Paths {
				service := p.Backend.Service
				port := cmp.Or(service.Port.Name, fmt.Sprint(service.Port.Number))
				all = append(all, Route{rule.Host, p.Path,
					ingress.Metadata.Namespace + "/" + service.Name + ":" + port, ingress.Spec.IngressClassName})
			}
		}
	}
	return all
}

// unready is what is not ready: pods, and autoscalers with less than their least.
func (d *Demo) unready(ctx context.Context) string {
	var lacks []string
	pods, err := d.pods(ctx)
	if err != nil {
		return err.Error()
	}
	for _, p := range pods {
		if !p.Ready {
			lacks = append(lacks, strings.TrimSpace("pod "+p.Namespace+"/"+p.Name+" "+p.Reason))
		}
	}
	var autoscalers items
	if err := d.get(ctx, &autoscalers, "horizontalpodautoscalers", "--all-namespaces"); err != nil {
		return err.Error()
	}
	for _, a := range autoscalers.Items {
		if a.Status.CurrentReplicas < a.Spec.MinReplicas {
			lacks = append(lacks, fmt.Sprintf("%s has %d of %d pods", a.Spec.ScaleTargetRef.Name,
				a.Status.CurrentReplicas, a.Spec.MinReplicas))
		}
	}
	return strings.Join(lacks, "; ")
}
