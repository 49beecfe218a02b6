package platformdemo

// Report is what there is after an installation.
type Report struct {
	Releases []Release
	Nodes    []Node
	Pods     []Pod
	Counts   []Count // of objects, by kind
	Routes   []Route

	Missing     []Missing
	Failed      []error
	Definitions []string // kinds of custom resources whose definition stands in for the missing releases'
	Unanswered  []string // webhooks and APIs that were taken away: kind/name
}

// Release is an installed one, as `helm list` has it.
type Release struct {
	Name, Namespace, Status, Chart string // the chart with its version: traefik-41.3.0
	AppVersion                     string `json:"app_version"`
}

// Node is a simulated node.
type Node struct{ Name, Zone, Capacity, InstanceType string }

// Pod is where a pod was placed.
type Pod struct {
	Namespace, Name string
	Node            string // empty where it waits for one
	Ready           bool
	Reason          string // why it waits for a node, in the scheduler's words
}

// Count is how many objects there are of a kind.
type Count struct {
	Kind   string
	Number int
}

// Route is a rule of an Ingress.
type Route struct{ Host, Path, Service, Class string }
