package emulator

import (
	"encoding/json"
	"slices"
	"strings"
)

// trailLogs are what CreateTrail says of a log group. The emulator remembers it of UpdateTrail alone.
var trailLogs = []string{"CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"}

// forgottenByCloudTrail fills them in.
func forgottenByCloudTrail() ResponsePatch {
	made := newStore[object]() // by region and name
	return func(r *Request, body []byte) ([]byte, []string) {
		if r.Action == "CreateTrail" {
			given := r.given()
			name, _ := given["Name"].(string)
			made.put(r.Region+"|"+name, given)
		}
		if r.Action == "ListTags" {
			return withTrailTags(r, body, made)
		}
		var answer struct {
			Trails []object `json:"trailList"`
		}
		if r.Action != "DescribeTrails" || json.Unmarshal(body, &answer) != nil {
			return body, nil
		}
		var added []string
		for _, trail := range answer.Trails {
			region, _ := trail["HomeRegion"].(string)
			name, _ := trail["Name"].(string)
			given, _ := made.get(region + "|" + name)
			for _, field := range trailLogs {
				if value, ok := given[field]; ok && trail[field] == nil {
					trail[field] = value
					added = append(added, "DescribeTrails."+field)
				}
			}
		}
		if added == nil {
			return body, nil
		}
		completed, err := json.Marshal(object{"trailList": answer.Trails})
		if err != nil {
			return body, nil
		}
		return completed, slices.Compact(added)
	}
}

// withTrailTags fills in the tags that CreateTrail was given, where the emulator knows none.
func withTrailTags(r *Request, body []byte, made *store[object]) ([]byte, []string) {
	var answer struct {
		Resources []object `json:"ResourceTagList"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	completed := false
	for _, resource := range answer.Resources {
		arn, _ := resource["ResourceId"].(string)
		_, name, _ := strings.Cut(arn, ":trail/")
		given, _ := made.get(r.Region + "|" + name)
		tags, _ := resource["TagsList"].([]any)
		if given["TagsList"] != nil && len(tags) == 0 {
			resource["TagsList"], completed = given["TagsList"], true
		}
	}
	text, err := json.Marshal(object{"ResourceTagList": answer.Resources})
	if err != nil || !completed {
		return body, nil
	}
	return text, []string{"ListTags.TagsList"}
}
