package preflight

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codeconnections"
	"github.com/aws/aws-sdk-go-v2/service/codeconnections/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// connectionsAPI is what of CodeConnections is used.
type connectionsAPI interface {
	codeconnections.ListConnectionsAPIClient
	GetConnection(
		context.Context, *codeconnections.GetConnectionInput, ...func(*codeconnections.Options),
	) (*codeconnections.GetConnectionOutput, error)
}

// askConnection asks for the state of a connection to GitHub. Terraform makes one that is pending, and a person has to
// accept it in the console: a pipeline that is made before may miss pushes (pulumi-aws#2167).
func askConnection(ctx context.Context, client connectionsAPI, wanted needs.Connection) Result {
	if wanted.ARN == "" {
		return askNamedConnection(ctx, client, wanted)
	}
	subject := "connection " + wanted.ARN
	answer, err := client.GetConnection(ctx, &codeconnections.GetConnectionInput{ConnectionArn: &wanted.ARN})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return bad(subject, "name the ARN of one that is there", "the account has no such connection")
	case err != nil:
		return unanswered(subject, err)
	}
	return accepted(subject, wanted, *answer.Connection)
}

func askNamedConnection(ctx context.Context, client connectionsAPI, wanted needs.Connection) Result {
	subject := "connection " + wanted.Name + " in " + string(wanted.Region)
	list := codeconnections.NewListConnectionsPaginator(client, &codeconnections.ListConnectionsInput{})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return unanswered(subject, err)
		}
		for _, found := range page.Connections {
			if aws.ToString(found.ConnectionName) == wanted.Name {
				return accepted(subject, wanted, found)
			}
		}
	}
	return good(subject, "not there yet: %s makes it pending; then accept it at %s", wanted.Stack, acceptAt(wanted))
}

func accepted(subject string, wanted needs.Connection, found types.Connection) Result {
	switch found.ConnectionStatus {
	case types.ConnectionStatusAvailable:
		return good(subject, "accepted")
	case types.ConnectionStatusPending:
		return bad(subject, "accept it at "+acceptAt(wanted), "pending: nobody has accepted it yet")
	}
	return bad(subject, "look at "+acceptAt(wanted), "it is %s", found.ConnectionStatus)
}

// acceptAt is where a person accepts connections of a region.
func acceptAt(connection needs.Connection) string {
	return "https://" + string(connection.Region) + ".console.aws.amazon.com/codesuite/settings/connections"
}
