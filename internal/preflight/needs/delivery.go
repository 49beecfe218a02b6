package needs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// Connection is one of CodeConnections to a source repository.
type Connection struct {
	Region environments.Region
	ARN    string // where the stacks name one that is there, else empty
	Name   string // where the stacks make it
	Stack  string // that makes it, or uses it
}

// Build is an environment of CodeBuild's that builds run in.
type Build struct {
	Region  environments.Region
	Type    string // LINUX_CONTAINER
	Compute string // BUILD_GENERAL1_SMALL
}

func (n *Needs) readDelivery() {
	for _, node := range n.graph.Resources("aws_codeconnections_connection") {
		n.Connections = append(n.Connections, Connection{Region: n.region(node), Name: nameOf(node), Stack: node.Stack})
	}
	for _, pipeline := range n.graph.Resources("aws_codepipeline") {
		n.readSources(pipeline)
	}
	for _, node := range n.graph.Resources("aws_codebuild_project") {
		build := Build{
			Region: n.region(node), Type: node.Text("environment.type"), Compute: node.Text("environment.compute_type"),
		}
		if !slices.Contains(n.Builds, build) {
			n.Builds = append(n.Builds, build)
		}
	}
}

// readSources finds the connections that a pipeline's sources name by their ARN, each once. Its region stands in the
// ARN.
func (n *Needs) readSources(pipeline *graph.Node) {
	for stage := range pipeline.Len("stage") {
		for action := range pipeline.Len(fmt.Sprintf("stage.%d.action", stage)) {
			arn := literal(pipeline, fmt.Sprintf("stage.%d.action.%d.configuration.ConnectionArn", stage, action))
			parts := strings.Split(arn, ":")
			connection := Connection{ARN: arn, Stack: pipeline.Stack}
			if len(parts) > 3 {
				connection.Region = environments.Region(parts[3])
			}
			if arn != "" && !slices.Contains(n.Connections, connection) {
				n.Connections = append(n.Connections, connection)
			}
		}
	}
}
