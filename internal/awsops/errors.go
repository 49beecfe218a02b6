package awsops

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/titan-platform/titan/environments"
)

// LostError says that a call was not made, because its region was said or found to be lost.
type LostError struct{ Region environments.Region }

func (e *LostError) Error() string { return fmt.Sprintf("%s is lost, and was not called", e.Region) }

// IsUnreachable is whether an operation ended without an answer of its region: no connection, none in time, or a
// gateway's error. It is not where the caller itself gave up.
func IsUnreachable(err error) bool {
	var canceled *smithy.CanceledError
	if errors.As(err, &canceled) {
		return false
	}
	var unsent *smithyhttp.RequestSendError
	if errors.As(err, &unsent) {
		return true
	}
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) {
		switch response.HTTPStatusCode() {
		case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
	}
	return false
}

// HasCode is whether AWS refused a call with one of these error codes.
func HasCode(err error, codes ...string) bool {
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return false
	}
	for _, code := range codes {
		if refused.ErrorCode() == code {
			return true
		}
	}
	return false
}
