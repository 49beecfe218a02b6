// Package preflight asks an account whether the first apply of an environment will go through: what the stacks need
// against what the account has, allows and offers. It only reads.
//
// A check asks one thing and says what it found, a result a line. What could not be asked is unknown, and never good.
package preflight

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/titan-platform/titan/internal/awsops"
)

// Severity is what a result means for an apply.
type Severity string

// The severities.
const (
	Good    Severity = "good"
	Bad     Severity = "bad"     // the apply would fail
	Unknown Severity = "unknown" // nobody could be asked, or the answer says too little
)

// Result is what a check found.
type Result struct {
	Severity Severity
	Subject  string // what was asked about: VPCs in eu-west-1
	Detail   string // what was found
	Remedy   string // what to do; empty where there is nothing to do
}

func good(subject, detail string, args ...any) Result {
	return Result{Severity: Good, Subject: subject, Detail: fmt.Sprintf(detail, args...)}
}

func bad(subject, remedy, detail string, args ...any) Result {
	return Result{Severity: Bad, Subject: subject, Remedy: remedy, Detail: fmt.Sprintf(detail, args...)}
}

func unknown(subject, remedy, detail string, args ...any) Result {
	return Result{Severity: Unknown, Subject: subject, Remedy: remedy, Detail: fmt.Sprintf(detail, args...)}
}

// unanswered is the result of a question that got no answer.
func unanswered(subject string, err error) Result {
	reason, remedy := reasonOf(err)
	return unknown(subject, remedy, "%s", reason)
}

// denied are the codes by which services refuse a caller who lacks a permission.
var denied = []string{
	"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden", "AuthorizationError", "NotAuthorized",
}

// absent are the codes by which an emulator says that it lacks an operation.
var absent = []string{"InvalidAction", "UnknownOperationException", "NotImplemented", "UnsupportedOperation"}

// unnamed is the SDK's code for an error that has none.
const unnamed = "UnknownError"

// reasonOf says why a call has no answer, in a few words, and what would give it one.
func reasonOf(err error) (reason, remedy string) {
	call := "the call"
	var operation *smithy.OperationError
	if errors.As(err, &operation) {
		call = operation.Service() + " " + operation.Operation()
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return call + " was not answered in time", "run it again; where the region is lost, nothing is deployed there now"
	case awsops.IsUnreachable(err):
		return "nothing answered " + call, "check the way to the region, and run it again"
	case awsops.HasCode(err, denied...):
		return "the caller may not call " + call, "run it as a caller who may"
	case awsops.HasCode(err, absent...):
		return call + " is not there", "an emulator lacks it; ask AWS itself"
	}
	var refused smithy.APIError
	var response *smithyhttp.ResponseError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode() != unnamed:
		return fmt.Sprintf("%s: %s %s", call, refused.ErrorCode(), firstLine(refused.ErrorMessage())), ""
	case errors.As(err, &response):
		return fmt.Sprintf("%s was answered with status %d", call, response.HTTPStatusCode()), ""
	}
	return firstLine(err.Error()), ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// Unanswered is the result of a question that got no answer: unknown, with why and what would give it one.
func Unanswered(subject string, err error) Result { return unanswered(subject, err) }
