package platformdemo

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Show writes the report for a person.
func (r *Report) Show(out io.Writer) {
	r.showReleases(out)
	r.showPods(out)
	var counts []string
	for _, c := range r.Counts {
		if c.Number > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", c.Kind, c.Number))
		}
	}
	fmt.Fprintf(out, "\nobjects: %s\n", strings.Join(counts, ", "))
	rows := [][]string{{"route", "to", "class"}}
	for _, route := range r.Routes {
		rows = append(rows, []string{route.Host + route.Path, route.Service, route.Class})
	}
	table(out, rows)
	r.showMissing(out)
	for _, err := range r.Failed {
		fmt.Fprintf(out, "\nfailed: %v\n", err)
	}
}

func (r *Report) showReleases(out io.Writer) {
	rows := [][]string{{"release", "namespace", "chart", "runs", "status"}}
	for _, release := range r.Releases {
		rows = append(rows, []string{release.Name, release.Namespace, release.Chart, release.AppVersion, release.Status})
	}
	table(out, rows)
}

func (r *Report) showPods(out io.Writer) {
	on := map[string]int{}
	for _, pod := range r.Pods {
		on[pod.Node]++
	}
	rows := [][]string{{"node", "zone", "bought as", "type", "pods"}}
	for _, node := range r.Nodes {
		rows = append(rows, []string{node.Name, node.Zone, node.Capacity, node.InstanceType, fmt.Sprint(on[node.Name])})
	}
	table(out, rows)
	rows = [][]string{{"namespace", "pods", "where the scheduler placed them"}}
	namespaces, where, number := placement(r.Pods)
	for _, namespace := range namespaces {
		rows = append(rows, []string{namespace, fmt.Sprint(number[namespace]), where[namespace]})
	}
	table(out, rows)
	for _, pod := range r.Pods {
		if pod.Reason != "" {
			fmt.Fprintf(out, "waiting: %s/%s: %s\n", pod.Namespace, pod.Name, pod.Reason)
		}
	}
}

// showMissing says which releases are left out, why, and how a machine without the network gets their charts.
func (r *Report) showMissing(out io.Writer) {
	if len(r.Missing) == 0 {
		return
	}
	fmt.Fprintf(out, `
releases left out, because their charts can't be fetched here: %d; of the first, Helm says:
  %v
fetch them on a machine that can, into a folder, and begin again: make demo-platform-down demo-platform CHARTS=FOLDER
`, len(r.Missing), r.Missing[0].Why)
	for _, m := range r.Missing {
		fmt.Fprintf(out, "  helm pull %s --version %s --repo %s\n", m.Chart, m.Version, m.Repository)
	}
}

// Simulated says what here is not as in a cluster.
func (r *Report) Simulated() string {
	text := `real:      API server, etcd, scheduler, controllers; Helm, and the charts with the values that Terraform
           evaluates; and so admission, Pod Security, priorities, placement, disruption budgets
simulated: nodes and kubelets (kwok): no container runs, no image is pulled, volumes hold nothing; what AWS
           would answer, such as ARNs and endpoints, is a sample
not there: EKS' own add-ons, so network policies are kept and not enforced; metrics, so autoscalers stay at
           their least
`
	if len(r.Definitions) > 0 {
		kinds := strings.Join(r.Definitions, ", ")
		text += "stand-ins: definitions with what our charts use of " + kinds + "\n"
	}
	if len(r.Unanswered) > 0 {
		text += "removed:   no pod would answer " + strings.Join(r.Unanswered, ",\n           ") + "\n"
	}
	return text
}

// placement is how many pods each namespace has on each node: `2 on spot-a-1, 1 on spot-b-1`, or without one.
func placement(pods []Pod) (namespaces []string, where map[string]string, number map[string]int) {
	counts := map[string]map[string]int{}
	number, where = map[string]int{}, map[string]string{}
	for _, p := range pods {
		if counts[p.Namespace] == nil {
			counts[p.Namespace] = map[string]int{}
		}
		counts[p.Namespace][p.Node]++
		number[p.Namespace]++
	}
	for namespace, nodes := range counts {
		var parts []string
		for _, node := range slices.Sorted(maps.Keys(nodes)) {
			part := fmt.Sprintf("%d on %s", nodes[node], node)
			if node == "" {
				part = fmt.Sprintf("%d without a node", nodes[node])
			}
			parts = append(parts, part)
		}
		where[namespace] = strings.Join(parts, ", ")
	}
	return slices.Sorted(maps.Keys(counts)), where, number
}

// table writes rows below their header, after an empty line.
func table(out io.Writer, rows [][]string) {
	if len(rows) == 1 {
		return
	}
	fmt.Fprintln(out)
	writer := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(writer, strings.Join(row, "\t"))
	}
	_ = writer.Flush() // as its writer
}
