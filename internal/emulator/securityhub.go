package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// securityHub stands in for Security Hub: whether it is on, and which standards are subscribed to. It judges nothing.
type securityHub struct {
	hubs          *store[object] // by region
	subscriptions *store[object] // by region and ARN
}

func newSecurityHub() *securityHub { return &securityHub{newStore[object](), newStore[object]()} }

func (s *securityHub) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	switch path {
	case "/accounts":
		return s.hub(r)
	case "/standards/register", "/standards/get", "/standards/deregister":
		return s.standards(r, path)
	}
	return nil
}

func (s *securityHub) hub(r *Request) *Reply {
	given := r.given()
	hub, ok := s.hubs.get(r.Region)
	switch {
	case r.Method == http.MethodPost && ok:
		return r.Refused(
			http.StatusConflict,
			"ResourceConflictException",
			"Account is already subscribed to Security Hub",
		)
	case r.Method == http.MethodPost:
		hub = object{
			"HubArn": fmt.Sprintf(
				"arn:aws:securityhub:%s:000000000000:hub/default",
				r.Region,
			),
			"SubscribedAt":            "2026-11-28T09:00:00.000Z",
			"AutoEnableControls":      true,
			"ControlFindingGenerator": "SECURITY_CONTROL",
		}
		if generator, ok := given["ControlFindingGenerator"]; ok {
			hub["ControlFindingGenerator"] = generator
		}
	case !ok:
		return r.Refused(
			http.StatusUnauthorized,
			"InvalidAccessException",
			"Account is not subscribed to AWS Security Hub",
		)
	case r.Method == http.MethodDelete:
		s.hubs.remove(r.Region)
		return jsonReply(object{})
	case r.Method == http.MethodGet:
		return jsonReply(hub)
	default: // PATCH
		changed := object{}
		for _, from := range []object{hub, given} {
			for name, value := range from {
				changed[name] = value
			}
		}
		hub = changed
	}
	s.hubs.put(r.Region, hub)
	return jsonReply(object{})
}

func (s *securityHub) standards(r *Request, path string) *Reply {
	given, answered := r.given(), []any{}
	requests, _ := given["StandardsSubscriptionRequests"].([]any)
	for _, one := range requests {
		request, _ := one.(object)
		arn := fmt.Sprint(request["StandardsArn"])
		_, name, _ := strings.Cut(arn, ":standards/")
		subscription := object{
			"StandardsArn":    arn,
			"StandardsInput":  object{},
			"StandardsStatus": "READY",
			"StandardsSubscriptionArn": fmt.Sprintf(
				"arn:aws:securityhub:%s:000000000000:subscription/%s",
				r.Region,
				name,
			),
		}
		s.subscriptions.put(fmt.Sprint(r.Region, "|", subscription["StandardsSubscriptionArn"]), subscription)
		answered = append(answered, subscription)
	}
	arns, _ := given["StandardsSubscriptionArns"].([]any)
	for _, arn := range arns {
		key := fmt.Sprint(r.Region, "|", arn)
		if subscription, ok := s.subscriptions.get(key); ok {
			answered = append(answered, subscription)
		}
		if path == "/standards/deregister" {
			s.subscriptions.remove(key)
		}
	}
	if path == "/standards/get" && arns == nil {
		for _, subscription := range s.subscriptions.below(r.Region) {
			answered = append(answered, subscription)
		}
	}
	return jsonReply(object{"StandardsSubscriptions": answered})
}
