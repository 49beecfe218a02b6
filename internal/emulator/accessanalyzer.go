package emulator

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// accessAnalyzers stands in for IAM Access Analyzer: analyzers and their archive rules. It finds nothing.
type accessAnalyzers struct {
	analyzers *store[object] // by region and name
	rules     *store[object] // by region, analyzer and name
}

func newAccessAnalyzers() *accessAnalyzers {
	return &accessAnalyzers{newStore[object](), newStore[object]()}
}

func (a *accessAnalyzers) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	steps := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case steps[0] == "tags":
		return a.tags(r, path)
	case steps[0] != "analyzer":
		return nil
	case len(steps) == 1 && r.Method == http.MethodPut:
		return a.create(r)
	case len(steps) == 1:
		return jsonReply(object{"analyzers": a.analyzers.below(r.Region)})
	}
	key := r.Region + "|" + steps[1]
	analyzer, ok := a.analyzers.get(key)
	if !ok {
		return r.Refused(http.StatusNotFound, "ResourceNotFoundException", "no analyzer "+steps[1])
	}
	if len(steps) > 2 {
		return a.rule(r, key, steps[3:])
	}
	if r.Method == http.MethodDelete {
		a.analyzers.remove(key)
		return jsonReply(object{})
	}
	return jsonReply(object{"analyzer": analyzer})
}

func (a *accessAnalyzers) create(r *Request) *Reply {
	given := r.given()
	arn := fmt.Sprintf("arn:aws:access-analyzer:%s:000000000000:analyzer/%s", r.Region, given["analyzerName"])
	a.analyzers.put(fmt.Sprint(r.Region, "|", given["analyzerName"]), object{
		"arn":       arn,
		"name":      given["analyzerName"],
		"type":      given["type"],
		"tags":      given["tags"],
		"status":    "ACTIVE",
		"createdAt": "2026-11-28T09:00:00Z",
	})
	return jsonReply(object{"arn": arn})
}

// rule answers for the archive rules of an analyzer; name is one's, empty for all.
func (a *accessAnalyzers) rule(r *Request, analyzer string, name []string) *Reply {
	given := r.given()
	if len(name) == 0 && r.Method == http.MethodGet {
		return jsonReply(object{"archiveRules": a.rules.below(analyzer)})
	}
	if len(name) == 0 {
		name = []string{fmt.Sprint(given["ruleName"])}
	}
	key := analyzer + "|" + name[0]
	switch r.Method {
	case http.MethodPut:
		a.rules.put(
			key,
			object{
				"ruleName":  name[0],
				"filter":    given["filter"],
				"createdAt": "2026-11-28T09:00:00Z",
				"updatedAt": "2026-11-28T09:00:00Z",
			},
		)
	case http.MethodDelete:
		a.rules.remove(key)
	default:
		rule, ok := a.rules.get(key)
		if !ok {
			return r.Refused(http.StatusNotFound, "ResourceNotFoundException", "no archive rule "+name[0])
		}
		return jsonReply(object{"archiveRule": rule})
	}
	return jsonReply(object{})
}

func (a *accessAnalyzers) tags(r *Request, path string) *Reply {
	arn, err := url.PathUnescape(strings.TrimPrefix(path, "/tags/"))
	if err != nil {
		return r.badRequest("ValidationException", err.Error())
	}
	for _, analyzer := range a.analyzers.below(r.Region) {
		if analyzer["arn"] == arn {
			return jsonReply(object{"tags": analyzer["tags"]})
		}
	}
	return jsonReply(object{"tags": object{}})
}
