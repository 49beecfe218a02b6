package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// scaling stands in for Application Auto Scaling: targets, policies and tags, by what identifies them. Nothing scales.
type scaling struct {
	targets, policies *store[map[string]any]
	tags              *store[map[string]any] // by ARN
}

func newScaling() *scaling {
	return &scaling{newStore[map[string]any](), newStore[map[string]any](), newStore[map[string]any]()}
}

// scalingCall is what the calls carry.
type scalingCall struct {
	ServiceNamespace, ScalableDimension, ResourceId string
	ResourceIds                                     []string
	PolicyName                                      string
	PolicyNames                                     []string
	ResourceARN                                     string
	Tags                                            map[string]any
	TagKeys                                         []string
}

func (s *scaling) answer(r *Request) *Reply {
	var call scalingCall
	var given map[string]any
	if json.Unmarshal(r.Body, &call) != nil || json.Unmarshal(r.Body, &given) != nil {
		return r.failure(http.StatusBadRequest, "ValidationException")
	}
	if len(call.ResourceIds) == 1 {
		call.ResourceId = call.ResourceIds[0]
	}
	target := strings.TrimRight(call.ServiceNamespace+"|"+call.ScalableDimension+"|"+call.ResourceId, "|") // a describe may name less
	switch r.Action {
	case "RegisterScalableTarget":
		arn := s.register(r, target, given)
		if call.Tags != nil {
			s.tags.put(arn, call.Tags)
		}
		return jsonReply(map[string]any{"ScalableTargetARN": arn})
	case "DescribeScalableTargets":
		return jsonReply(map[string]any{"ScalableTargets": s.targets.below(target)})
	case "DeregisterScalableTarget":
		return s.forget(r, s.targets, target)
	case "PutScalingPolicy":
		if _, ok := s.targets.get(target); !ok {
			return r.failure(http.StatusBadRequest, "ObjectNotFoundException")
		}
		arn := s.arn(r, "scalingPolicy", target+"|"+call.PolicyName)
		given["PolicyARN"], given["CreationTime"] = arn, 0
		s.policies.put(target+"|"+call.PolicyName, given)
		return jsonReply(map[string]any{"PolicyARN": arn, "Alarms": []any{}})
	case "DescribeScalingPolicies":
		if len(call.PolicyNames) == 1 {
			call.PolicyName = call.PolicyNames[0]
		}
		return jsonReply(map[string]any{"ScalingPolicies": s.policies.below(strings.TrimRight(target+"|"+call.PolicyName, "|"))})
	case "DeleteScalingPolicy":
		return s.forget(r, s.policies, target+"|"+call.PolicyName)
	}
	return s.tagging(r, call)
}

// register makes a target or changes what a call names of one.
func (s *scaling) register(r *Request, key string, given map[string]any) string {
	arn := s.arn(r, "scalable-target", key)
	target := map[string]any{
		"ScalableTargetARN": arn, "CreationTime": 0,
		"SuspendedState": map[string]any{"DynamicScalingInSuspended": false, "DynamicScalingOutSuspended": false, "ScheduledScalingSuspended": false},
		"RoleARN":        "arn:aws:iam::000000000000:role/aws-service-role/rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster",
	}
	if before, ok := s.targets.get(key); ok {
		target = before
	}
	for name, value := range given {
		if name != "Tags" {
			target[name] = value
		}
	}
	s.targets.put(key, target)
	return arn
}

func (s *scaling) forget(r *Request, things *store[map[string]any], key string) *Reply {
	if _, ok := things.get(key); !ok {
		return r.failure(http.StatusBadRequest, "ObjectNotFoundException")
	}
	things.remove(key)
	return jsonReply(map[string]any{})
}

func (s *scaling) tagging(r *Request, call scalingCall) *Reply {
	tags, ok := s.tags.get(call.ResourceARN)
	if !ok {
		tags = map[string]any{}
	}
	switch r.Action {
	case "ListTagsForResource":
		return jsonReply(map[string]any{"Tags": tags})
	case "TagResource":
		merged := map[string]any{}
		for _, some := range []map[string]any{tags, call.Tags} {
			for key, value := range some {
				merged[key] = value
			}
		}
		s.tags.put(call.ResourceARN, merged)
		return jsonReply(map[string]any{})
	case "UntagResource":
		kept := map[string]any{}
		for key, value := range tags {
			kept[key] = value
		}
		for _, key := range call.TagKeys {
			delete(kept, key)
		}
		s.tags.put(call.ResourceARN, kept)
		return jsonReply(map[string]any{})
	}
	return nil
}

func (s *scaling) arn(r *Request, kind, key string) string {
	return fmt.Sprintf("arn:aws:application-autoscaling:%s:000000000000:%s/%x", r.Region, kind, key)
}
