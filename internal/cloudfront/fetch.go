package cloudfront

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/titan-platform/titan/internal/graph"
)

// fetch asks the origins of the request's behaviour, and makes of their answer the client's.
func (s *serving) fetch() error {
	s.response.Asked = true
	answer, own, err := s.ask(s.behavior, s.Request)
	if err != nil {
		return err
	}
	s.answer(answer.Status, whose(answer, own), answer.Body, answer.Headers)
	if answer.Status >= http.StatusBadRequest {
		return s.originError(answer)
	}
	s.response.Kept, err = s.kept(answer)
	return err
}

// ask sends a request to a behaviour's origins, and says whether the answer is CloudFront's own because none came. An
// origin group goes on to its second member after a failure to connect, a timeout or one of its status codes, for GET,
// HEAD and OPTIONS only (CloudFront Developer Guide, 'Optimize high availability with CloudFront origin failover').
func (s *serving) ask(behavior graph.Block, request Request) (Answer, bool, error) {
	members, codes, err := s.members(behavior.Text("target_origin_id"))
	if err != nil {
		return Answer{}, false, err
	}
	failsOver := slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, request.Method)
	var answer Answer
	var own bool
	for _, origin := range members {
		if answer, own, err = s.askOne(behavior, origin, request); err != nil {
			return Answer{}, false, err
		}
		if !failsOver || !own && !codes[answer.Status] {
			break
		}
	}
	return answer, own, nil
}

// askOne asks one origin. A refused connection or handshake is a 502; no connection in time is a 504 after every
// attempt (CloudFront Developer Guide, 'Origin connection attempts', 'HTTP 502 status code', 'HTTP 504 status code').
func (s *serving) askOne(behavior, origin graph.Block, request Request) (Answer, bool, error) {
	sent, err := s.originRequest(behavior, origin, request)
	if err != nil {
		return Answer{}, false, err
	}
	s.response.Sent = append(s.response.Sent, sent)
	answer, err := s.origins(sent)
	if err != nil {
		return Answer{}, false, fmt.Errorf("asking %s: %w", origin, err)
	}
	if answer.Headers.Get("Expires") != "" {
		return Answer{}, false, fmt.Errorf("%s answers with Expires, which is not modelled: say it by Cache-Control", origin)
	}
	attempts := int(number(origin, "connection_attempts", 3))
	read := seconds(number(origin, "custom_origin_config.origin_read_timeout", 30))
	switch {
	case answer.Unreachable:
		s.response.Waited += time.Duration(attempts) * seconds(number(origin, "connection_timeout", 10))
		return Answer{Status: http.StatusGatewayTimeout}, true, nil
	case answer.Refused:
		return Answer{Status: http.StatusBadGateway}, true, nil
	case answer.After > read:
		// Every attempt for GET and HEAD of a custom origin, else one (same guide, 'Origin response timeout').
		again := request.Method == http.MethodGet || request.Method == http.MethodHead
		if !again || origin.At("custom_origin_config") == nil {
			attempts = 1
		}
		s.response.Waited += time.Duration(attempts) * read
		return Answer{Status: http.StatusGatewayTimeout}, true, nil
	}
	s.response.Waited += answer.After
	return answer, false, nil
}

// number is the number at a path, or AWS's default.
func number(block graph.Block, path string, otherwise float64) float64 {
	if n, ok := block.Number(path); ok {
		return n
	}
	return otherwise
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// whose is who an answer is of; own is CloudFront's, because no origin gave one.
func whose(answer Answer, own bool) string {
	if own {
		return FromEdge
	}
	return cmp.Or(answer.By, FromOrigin)
}
