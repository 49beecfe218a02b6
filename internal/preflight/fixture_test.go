package preflight

import (
	"net/http"
	"path/filepath"
	"testing"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/preflight/needs"
	"github.com/titan-platform/titan/internal/preflight/needs/golden"
)

const (
	home    = environments.Region("eu-west-1")
	account = "333333333333"
	caller  = "arn:aws:sts::333333333333:assumed-role/deployer/titan"
)

// refusal is an error of AWS as the SDK has it.
func refusal(service, operation, code, message string) error {
	return &smithy.OperationError{ServiceID: service, OperationName: operation,
		Err: &smithy.GenericAPIError{Code: code, Message: message}}
}

// deniedCall is the refusal of a caller who lacks a permission.
func deniedCall(service, operation string) error {
	return refusal(service, operation, "AccessDenied", "User is not authorized to perform it")
}

// mayNot is the end of the line of a call that was denied.
func mayNot(call string) string {
	return "the caller may not call " + call + " -> run it as a caller who may"
}

// status is the answer of a service that says no more than a status.
func status(code int) error {
	return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: code}},
		Err: &smithy.GenericAPIError{Code: "UnknownError"}}
}

// line is a result as a table has it.
func line(r Result) string {
	text := string(r.Severity) + " " + r.Subject + ": " + r.Detail
	if r.Remedy != "" {
		text += " -> " + r.Remedy
	}
	return text
}

func lines(results []Result) []string {
	var all []string
	for _, result := range results {
		all = append(all, line(result))
	}
	return all
}

func expect(t *testing.T, got []Result, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, lines(got)); diff != "" {
		t.Error(diff)
	}
}

// needsOf are those of one stack in eu-west-1 that has these resources.
func needsOf(t *testing.T, resources string) *needs.Needs {
	t.Helper()
	n, err := needs.Read(graph.Stack{Name: "dev", JSON: []byte(
		`{"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {` + resources + `}}`)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// production are the needs of prod, of the golden files.
func production(t *testing.T) *needs.Needs {
	t.Helper()
	return golden.Needs(t, filepath.Join("..", ".."), "prod")
}
