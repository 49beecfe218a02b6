package emulator

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
)

// guardDuty stands in for GuardDuty's detectors. It finds nothing.
type guardDuty struct {
	number    atomic.Int64
	detectors *store[object] // by region and id
}

func newGuardDuty() *guardDuty { return &guardDuty{detectors: newStore[object]()} }

func (g *guardDuty) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	given := r.given()
	if path == "/detector" {
		if r.Method == "GET" {
			return jsonReply(object{"detectorIds": g.ids(r.Region)})
		}
		if len(g.ids(r.Region)) > 0 {
			return r.badRequest(
				"BadRequestException",
				"The request is rejected because a detector already exists for the current account.",
			)
		}
		id := fmt.Sprintf("%032d", g.number.Add(1))
		detector := object{
			"id":        id,
			"status":    "DISABLED",
			"createdAt": "2026-11-28T09:00:00.000Z",
			"features":  []any{},
			"tags":      given["tags"],
		}
		change(detector, given)
		g.detectors.put(r.Region+"|"+id, detector)
		return jsonReply(object{"detectorId": id})
	}
	id, ok := strings.CutPrefix(path, "/detector/")
	if !ok {
		return nil
	}
	detector, ok := g.detectors.get(r.Region + "|" + id)
	if !ok {
		return r.badRequest(
			"BadRequestException",
			"The request is rejected because the input detectorId is not owned by the current account.",
		)
	}
	switch r.Method {
	case "GET":
		return jsonReply(detector)
	case "DELETE":
		g.detectors.remove(r.Region + "|" + id)
	default:
		changed := object{}
		for name, value := range detector {
			changed[name] = value
		}
		change(changed, given)
		g.detectors.put(r.Region+"|"+id, changed)
	}
	return jsonReply(object{})
}

func (g *guardDuty) ids(region string) []any {
	ids := []any{}
	for _, detector := range g.detectors.below(region) {
		ids = append(ids, detector["id"])
	}
	return ids
}

// change puts what a call gives into a detector: a feature that is named replaces the one of its name.
func change(detector, given object) {
	if enabled, ok := given["enable"].(bool); ok {
		detector["status"] = map[bool]string{true: "ENABLED", false: "DISABLED"}[enabled]
	}
	if frequency, ok := given["findingPublishingFrequency"]; ok {
		detector["findingPublishingFrequency"] = frequency
	}
	features, _ := detector["features"].([]any)
	features = slices.Clone(features)
	changes, _ := given["features"].([]any)
	for _, one := range changes {
		feature, _ := one.(object)
		features = slices.DeleteFunc(
			features,
			func(other any) bool { return other.(object)["name"] == feature["name"] },
		)
		features = append(features, feature)
	}
	detector["features"] = features
}
