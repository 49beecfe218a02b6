package emulator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// clusterStates stands in for the way between available and stopped, which the emulator's clusters go at once, and
// for what RDS refuses meanwhile. A transition lasts until somebody has described the cluster.
type clusterStates struct {
	states    *store[string] // stopping, stopped or starting, by region and identifier; an available cluster has none
	instances *store[string] // an instance's cluster, by region and the instance's identifier
}

func newClusterStates() *clusterStates { return &clusterStates{newStore[string](), newStore[string]()} }

// clusterChanges are the calls that RDS refuses unless the cluster is available.
var clusterChanges = []string{
	"ModifyDBCluster", "DeleteDBCluster", "CreateDBInstance", "ModifyDBInstance", "DeleteDBInstance",
}

// The refusals: of a change as in hashicorp/terraform-provider-aws issue 28262, of a start as the emulator words it.
const (
	notAvailable = "Db cluster %s is in %s state"
	notStopped   = "DbCluster %s is in %s state but expected it to be one of " +
		"stopped,inaccessible-encryption-credentials-recoverable."
)

func (c *clusterStates) answer(r *Request) *Reply {
	name := c.clusterOf(r)
	state, ok := c.states.get(r.Region + "|" + name)
	message := ""
	switch {
	case ok && slices.Contains(clusterChanges, r.Action):
		message = notAvailable
	case ok && r.Action == "StartDBCluster" && state != "stopped":
		message = notStopped
	default:
		return nil
	}
	return r.badRequest("InvalidDBClusterStateFault", fmt.Sprintf(message, name, state))
}

// clusterOf is the name of the cluster that a call is about, which may name it by ARN or one of its instances.
func (c *clusterStates) clusterOf(r *Request) string {
	name := r.Form.Get("DBClusterIdentifier")
	if instance := r.Form.Get("DBInstanceIdentifier"); name == "" && instance != "" {
		name, _ = c.instances.get(r.Region + "|" + instance)
	}
	return nameIn(name)
}

// complete notes what changes a cluster's state, and shows it.
func (c *clusterStates) complete(r *Request, body []byte) ([]byte, []string) {
	if !succeeded(r, body) {
		return body, nil
	}
	switch r.Action {
	case "CreateDBInstance":
		c.instances.put(r.Region+"|"+r.Form.Get("DBInstanceIdentifier"), r.Form.Get("DBClusterIdentifier"))
	case "StopDBCluster":
		c.states.put(r.Region+"|"+c.clusterOf(r), "stopping")
	case "StartDBCluster":
		c.states.put(r.Region+"|"+c.clusterOf(r), "starting")
	case "DescribeDBClusters":
	default:
		return body, nil
	}
	return c.shown(r, body), nil
}

var clusterStatus = regexp.MustCompile(`<Status>(available|stopped|starting)</Status>`)

// shown has the clusters' states in the place of the emulator's.
func (c *clusterStates) shown(r *Request, body []byte) []byte {
	parts := strings.SplitAfter(string(body), "</DBCluster>")
	for i, part := range parts {
		name := clusterName.FindStringSubmatch(part)
		if name == nil {
			continue
		}
		state, ok := c.states.get(r.Region + "|" + name[1])
		if !ok {
			continue
		}
		parts[i] = clusterStatus.ReplaceAllLiteralString(part, "<Status>"+state+"</Status>")
		r.Source = FromGap
		if r.Action == "DescribeDBClusters" {
			c.end(r.Region+"|"+name[1], state)
		}
	}
	return []byte(strings.Join(parts, ""))
}

// end ends a transition.
func (c *clusterStates) end(key, state string) {
	switch state {
	case "stopping":
		c.states.put(key, "stopped")
	case "starting":
		c.states.remove(key)
	}
}
