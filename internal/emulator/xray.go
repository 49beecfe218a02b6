package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// xray stands in for X-Ray's control plane: groups, sampling rules, the encryption setting, and tags. There are no traces.
type xray struct {
	groups, rules, encryption *store[map[string]any] // by region and ARN or, for rules, name
	tags                      *store[any]            // by ARN
}

func newXRay() *xray {
	return &xray{newStore[map[string]any](), newStore[map[string]any](), newStore[map[string]any](), newStore[any]()}
}

// xrayCall is what the calls carry.
type xrayCall struct {
	GroupName, GroupARN   string
	RuleName              string
	Type                  string
	KeyId, ResourceARN    string
	Tags                  any
	SamplingRule          map[string]any
	SamplingRuleUpdate    map[string]any
	InsightsConfiguration map[string]any
	FilterExpression      string
}

func (x *xray) answer(r *Request) *Reply {
	var call xrayCall
	if len(r.Body) > 0 && json.Unmarshal(r.Body, &call) != nil { // asking for the encryption setting takes none
		return r.failure(http.StatusBadRequest, "InvalidRequestException")
	}
	operation := strings.TrimPrefix(r.Action, "POST /")
	switch operation {
	case "CreateGroup", "UpdateGroup", "GetGroup", "DeleteGroup", "Groups":
		return x.group(r, operation, call)
	case "CreateSamplingRule", "UpdateSamplingRule", "GetSamplingRules", "DeleteSamplingRule":
		return x.rule(r, operation, call)
	case "PutEncryptionConfig":
		config := map[string]any{"Type": call.Type, "Status": "ACTIVE"}
		if call.KeyId != "" {
			config["KeyId"] = call.KeyId
		}
		x.encryption.put(r.Region, config)
		return jsonReply(map[string]any{"EncryptionConfig": config})
	case "EncryptionConfig":
		config, ok := x.encryption.get(r.Region)
		if !ok {
			config = map[string]any{"Type": "NONE", "Status": "ACTIVE"}
		}
		return jsonReply(map[string]any{"EncryptionConfig": config})
	case "TagResource":
		x.tags.put(call.ResourceARN, call.Tags)
		return jsonReply(map[string]any{})
	case "ListTagsForResource":
		tags, ok := x.tags.get(call.ResourceARN)
		if !ok {
			tags = []any{}
		}
		return jsonReply(map[string]any{"Tags": tags})
	}
	return nil
}

func (x *xray) group(r *Request, operation string, call xrayCall) *Reply {
	if operation == "Groups" {
		return jsonReply(map[string]any{"Groups": x.groups.below(r.Region)})
	}
	if operation == "CreateGroup" {
		call.GroupARN = x.arn(r, "group", call.GroupName)
		x.tags.put(call.GroupARN, call.Tags)
	}
	key := r.Region + "|" + call.GroupARN
	group, ok := x.groups.get(key)
	if !ok && operation != "CreateGroup" {
		return notFound("Group not found")
	}
	switch operation {
	case "CreateGroup", "UpdateGroup":
		if !ok {
			group = map[string]any{"GroupName": call.GroupName, "GroupARN": call.GroupARN}
		}
		group["FilterExpression"] = call.FilterExpression
		if call.InsightsConfiguration != nil {
			group["InsightsConfiguration"] = call.InsightsConfiguration
		}
		x.groups.put(key, group)
	case "DeleteGroup":
		x.groups.remove(key)
		return jsonReply(map[string]any{})
	}
	return jsonReply(map[string]any{"Group": group})
}

func (x *xray) rule(r *Request, operation string, call xrayCall) *Reply {
	given := call.SamplingRule
	if operation == "UpdateSamplingRule" {
		given = call.SamplingRuleUpdate
	}
	if name, ok := given["RuleName"].(string); ok {
		call.RuleName = name
	}
	key := r.Region + "|" + call.RuleName
	rule, ok := x.rules.get(key)
	switch operation {
	case "GetSamplingRules":
		records := []any{}
		for _, one := range x.rules.below(r.Region) {
			records = append(records, record(one))
		}
		return jsonReply(map[string]any{"SamplingRuleRecords": records})
	case "CreateSamplingRule":
		rule = map[string]any{"RuleARN": x.arn(r, "sampling-rule", call.RuleName), "Attributes": map[string]any{}}
		x.tags.put(fmt.Sprint(rule["RuleARN"]), call.Tags)
	default:
		if !ok {
			return notFound("Sampling rule does not exist.")
		}
	}
	if operation == "DeleteSamplingRule" {
		x.rules.remove(key)
		return jsonReply(map[string]any{"SamplingRuleRecord": record(rule)})
	}
	for name, value := range given {
		rule[name] = value
	}
	x.rules.put(key, rule)
	return jsonReply(map[string]any{"SamplingRuleRecord": record(rule)})
}

func record(rule map[string]any) map[string]any { return map[string]any{"SamplingRule": rule} }

func (x *xray) arn(r *Request, kind, name string) string {
	return fmt.Sprintf("arn:aws:xray:%s:000000000000:%s/%s", r.Region, kind, name)
}

// notFound is X-Ray's way to say so: the code says nothing, the message does.
func notFound(message string) *Reply {
	return &Reply{
		Status: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/json"}, "X-Amzn-Errortype": {"InvalidRequestException"}},
		Body: []byte(fmt.Sprintf(`{"Message":%q}`, message)),
	}
}
