package emulator

import (
	"encoding/json"
	"strings"
	"sync"
)

// deletedByName gives DeleteProject the project's name instead of its ARN, which AWS takes and the emulator does not, and leaves the call to the
// emulator.
func deletedByName(r *Request) *Reply {
	given := r.given()
	arn, _ := given["name"].(string)
	if _, name, found := strings.Cut(arn, ":project/"); found && r.Action == "DeleteProject" {
		given["name"] = name
		r.Body, _ = json.Marshal(given) // it was JSON
	}
	return nil
}

// projectFields are what the emulator forgets of a project.
var projectFields = []string{"vpcConfig", "logsConfig", "queuedTimeoutInMinutes", "concurrentBuildLimit", "cache"}

// forgottenByCodeBuild keeps what makes or changes a project, and puts the fields that the emulator forgets into the answers that hold it.
func forgottenByCodeBuild() ResponsePatch {
	var mutex sync.Mutex
	projects := map[string]object{}
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		if given := r.given(); r.Action == "CreateProject" || r.Action == "UpdateProject" {
			name, _ := given["name"].(string)
			projects[r.Region+"/"+name] = given
		}
		var answer struct {
			Projects []object `json:"projects"`
		}
		if r.Action != "BatchGetProjects" || json.Unmarshal(body, &answer) != nil {
			return body, nil
		}
		var added []string
		for _, project := range answer.Projects {
			name, _ := project["name"].(string)
			for _, field := range projectFields {
				if value, ok := projects[r.Region+"/"+name][field]; ok && project[field] == nil {
					project[field] = value
					added = append(added, "BatchGetProjects."+field)
				}
			}
		}
		completed, err := json.Marshal(answer)
		if err != nil || added == nil {
			return body, nil
		}
		return completed, added
	}
}
