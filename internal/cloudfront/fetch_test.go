package cloudfront

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWaitingForAnOrigin(t *testing.T) {
	quick := strings.Replace(redirecting, `"alb"`, `"group"`, 1)
	for name, one := range map[string]struct {
		example
		waited time.Duration
		sent   []string
	}{
		"unreachable": {
			example{answer: Answer{Unreachable: true}, status: 504, from: FromEdge, kept: 10 * time.Second},
			30 * time.Second, []string{"alb"},
		},
		"refused": {
			example{answer: Answer{Refused: true}, status: 502, from: FromEdge, kept: 10 * time.Second}, 0,
			[]string{"alb"},
		},
		"a slow GET": {
			example{answer: Answer{Status: 200, After: 40 * time.Second}, status: 504, from: FromEdge, kept: 10 * time.Second},
			90 * time.Second, []string{"alb"},
		},
		"a slow POST": {
			example{request: method("POST"), answer: Answer{Status: 200, After: 40 * time.Second}, status: 504, from: FromEdge},
			30 * time.Second, []string{"alb"},
		},
		"just in time": {
			example{answer: Answer{Status: 200, After: 30 * time.Second}, status: 200, from: FromOrigin},
			30 * time.Second, []string{"alb"},
		},
		"a group, unreachable": {
			example{distribution: quick, answer: Answer{Unreachable: true}, status: 200, from: FromOrigin},
			2 * time.Second, []string{"s3", "s3-replica"},
		},
		"a slow bucket": {
			example{distribution: quick, answer: Answer{Status: 200, After: 31 * time.Second}, status: 200, from: FromOrigin},
			30 * time.Second, []string{"s3", "s3-replica"},
		},
		"a group by its codes": {
			example{distribution: quick, answer: Answer{Status: 503}, status: 200, from: FromOrigin}, 0,
			[]string{"s3", "s3-replica"},
		},
		"a group by another code": {
			example{distribution: quick, answer: Answer{Status: 404}, status: 404, from: FromOrigin, kept: 10 * time.Second},
			0, []string{"s3"},
		},
		"a group does not move a write": {
			example{distribution: quick, request: method("PUT"), answer: Answer{Status: 503}, status: 503, from: FromOrigin},
			0, []string{"s3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			one.check(t)
			got, err := one.serve(t)
			var sent []string
			for _, request := range got.Sent {
				sent = append(sent, request.Origin)
			}
			if err != nil || got.Waited != one.waited || !slices.Equal(sent, one.sent) {
				t.Errorf("waited %v for %v, %v; want %v for %v", got.Waited, sent, err, one.waited, one.sent)
			}
		})
	}
}
