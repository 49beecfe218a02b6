package emulator

import (
	"encoding/json"
	"net/http"
)

// webACLLogging stands in for the logging configurations of web ACLs.
type webACLLogging struct{ configurations *store[any] }

func newWebACLLogging() *webACLLogging { return &webACLLogging{newStore[any]()} }

func (l *webACLLogging) answer(r *Request) *Reply {
	var given struct {
		LoggingConfiguration map[string]any
		ResourceArn          string
	}
	switch r.Action {
	case "PutLoggingConfiguration", "GetLoggingConfiguration", "DeleteLoggingConfiguration":
		if json.Unmarshal(r.Body, &given) != nil {
			return r.failure(http.StatusBadRequest, "WAFInvalidParameterException")
		}
	default:
		return nil
	}
	switch r.Action {
	case "PutLoggingConfiguration":
		arn, _ := given.LoggingConfiguration["ResourceArn"].(string)
		l.configurations.put(arn, given.LoggingConfiguration)
		return jsonReply(map[string]any{"LoggingConfiguration": given.LoggingConfiguration})
	case "DeleteLoggingConfiguration":
		l.configurations.remove(given.ResourceArn)
		return jsonReply(map[string]any{})
	}
	configuration, ok := l.configurations.get(given.ResourceArn)
	if !ok {
		return r.failure(http.StatusBadRequest, "WAFNonexistentItemException")
	}
	return jsonReply(map[string]any{"LoggingConfiguration": configuration})
}
