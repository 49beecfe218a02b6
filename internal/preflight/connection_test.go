package preflight

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codeconnections"
	"github.com/aws/aws-sdk-go-v2/service/codeconnections/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// fakeConnections has one connection, titan-dev, in a state.
type fakeConnections struct {
	state types.ConnectionStatus
	err   error
}

func (f fakeConnections) ListConnections(
	context.Context, *codeconnections.ListConnectionsInput, ...func(*codeconnections.Options),
) (*codeconnections.ListConnectionsOutput, error) {
	return &codeconnections.ListConnectionsOutput{Connections: []types.Connection{
		{ConnectionName: aws.String("titan-dev"), ConnectionStatus: f.state},
	}}, f.err
}

func (f fakeConnections) GetConnection(
	context.Context, *codeconnections.GetConnectionInput, ...func(*codeconnections.Options),
) (*codeconnections.GetConnectionOutput, error) {
	return &codeconnections.GetConnectionOutput{Connection: &types.Connection{ConnectionStatus: f.state}}, f.err
}

func TestConnections(t *testing.T) {
	const arn = "arn:aws:codeconnections:eu-west-1:333333333333:connection/x"
	byName := func(name string) needs.Connection { return needs.Connection{Region: home, Name: name, Stack: "dev"} }
	byARN := needs.Connection{Region: home, ARN: arn}
	const console = "https://eu-west-1.console.aws.amazon.com/codesuite/settings/connections"
	const subject = "connection titan-dev in eu-west-1: "
	available := fakeConnections{state: types.ConnectionStatusAvailable}
	pending := fakeConnections{state: types.ConnectionStatusPending}
	for _, c := range []struct {
		client fakeConnections
		wanted needs.Connection
		want   string
	}{
		{available, byName("titan-dev"), "good " + subject + "accepted"},
		{available, byARN, "good connection " + arn + ": accepted"},
		{available, byName("titan-new"),
			"good connection titan-new in eu-west-1: not there yet: dev makes it pending; then accept it at " + console},
		{pending, byName("titan-dev"), "bad " + subject + "pending: nobody has accepted it yet -> accept it at " + console},
		{pending, byARN, "bad connection " + arn + ": pending: nobody has accepted it yet -> accept it at " + console},
		{fakeConnections{state: types.ConnectionStatusError}, byARN, "bad connection " + arn + ": it is ERROR " +
			"-> look at " + console},
		{fakeConnections{err: &types.ResourceNotFoundException{}}, byARN,
			"bad connection " + arn + ": the account has no such connection -> name the ARN of one that is there"},
		{fakeConnections{err: deniedCall("CodeConnections", "ListConnections")}, byName("titan-dev"),
			"unknown " + subject + mayNot("CodeConnections ListConnections")},
		{fakeConnections{err: deniedCall("CodeConnections", "GetConnection")}, byARN,
			"unknown connection " + arn + ": " + mayNot("CodeConnections GetConnection")},
	} {
		expect(t, []Result{askConnection(t.Context(), c.client, c.wanted)}, c.want)
	}
}
