package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
)

// queryDefinitions stand in for saved queries of CloudWatch Logs Insights.
type queryDefinitions struct {
	saved *store[queryDefinition] // by id
	count atomic.Int64
}

// queryDefinition is one in the form of the API.
type queryDefinition struct {
	ID            string   `json:"queryDefinitionId"`
	Name          string   `json:"name"`
	Text          string   `json:"queryString"`
	LogGroupNames []string `json:"logGroupNames"`
	LastModified  int64    `json:"lastModified"`
}

func newQueryDefinitions() *queryDefinitions {
	return &queryDefinitions{saved: newStore[queryDefinition]()}
}

func (q *queryDefinitions) answer(r *Request) *Reply {
	var given struct {
		queryDefinition
		Prefix string `json:"queryDefinitionNamePrefix"`
	}
	switch r.Action {
	case "PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition":
		if json.Unmarshal(r.Body, &given) != nil {
			return r.failure(http.StatusBadRequest, "InvalidParameterException")
		}
	default:
		return nil
	}
	_, found := q.saved.get(given.ID)
	if given.ID != "" && !found {
		return r.failure(http.StatusBadRequest, "ResourceNotFoundException")
	}
	switch r.Action {
	case "PutQueryDefinition":
		if given.ID == "" {
			given.ID = fmt.Sprintf("00000000-0000-4000-8000-%012x", q.count.Add(1))
		}
		q.saved.put(given.ID, given.queryDefinition)
		return jsonReply(object{"queryDefinitionId": given.ID})
	case "DeleteQueryDefinition":
		q.saved.remove(given.ID)
		return jsonReply(object{"success": true})
	}
	list := []queryDefinition{}
	for _, one := range q.saved.below("") {
		if strings.HasPrefix(one.Name, given.Prefix) {
			list = append(list, one)
		}
	}
	return jsonReply(object{"queryDefinitions": list})
}
