package emulator

import (
	"encoding/json"
	"sync"
)

// builds gives a build its time and its own environment variables. The emulator's builds are done at once, with the
// project's.
type builds struct {
	mutex     sync.Mutex
	started   map[string]bool  // by id, until it has been described once
	variables map[string][]any // of builds that were given some, by id
}

func newBuilds() *builds { return &builds{started: map[string]bool{}, variables: map[string][]any{}} }

func (b *builds) complete(r *Request, body []byte) ([]byte, []string) {
	var answer struct {
		Build          object   `json:"build,omitempty"`
		Builds         []object `json:"builds,omitempty"`
		BuildsNotFound []any    `json:"buildsNotFound,omitempty"`
	}
	if r.Action != "StartBuild" && r.Action != "BatchGetBuilds" || json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	if answer.Build == nil && len(answer.Builds) == 0 { // an error, or none found
		return body, nil
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if id, _ := answer.Build["id"].(string); id != "" {
		b.started[id] = true
		b.variables[id], _ = r.given()["environmentVariablesOverride"].([]any)
		b.asItIs(answer.Build, id)
	}
	for _, build := range answer.Builds {
		id, _ := build["id"].(string)
		b.asItIs(build, id)
		delete(b.started, id)
	}
	r.Source = FromGap
	return jsonReply(answer).Body, nil
}

// asItIs has a build say what it was given and how far it is.
func (b *builds) asItIs(build object, id string) {
	if b.started[id] {
		build["buildStatus"], build["currentPhase"], build["buildComplete"] = "IN_PROGRESS", "BUILD", false
		delete(build, "endTime")
		delete(build, "phases")
	}
	environment, _ := build["environment"].(object)
	if environment == nil {
		return
	}
	variables, _ := environment["environmentVariables"].([]any)
	environment["environmentVariables"] = overridden(variables, b.variables[id])
}

// overridden are a project's variables with those of a build, by name (CodeBuild API Reference, StartBuild).
func overridden(variables, overrides []any) []any {
	given := map[any]bool{}
	for _, variable := range overrides {
		v, _ := variable.(object)
		given[v["name"]] = true
	}
	merged := []any{}
	for _, variable := range variables {
		if v, _ := variable.(object); !given[v["name"]] {
			merged = append(merged, variable)
		}
	}
	return append(merged, overrides...)
}
