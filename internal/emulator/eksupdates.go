package emulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// nodeGroupUpdates stand in for UpdateNodegroupConfig, which the emulator lacks: they keep what a node group was changed to, and put it
// into later answers. An update is over at once.
type nodeGroupUpdates struct {
	mutex   sync.Mutex
	changed map[string]map[string]any // by cluster/group
	updates map[string]map[string]any // by id
}

func newNodeGroupUpdates() *nodeGroupUpdates {
	return &nodeGroupUpdates{changed: map[string]map[string]any{}, updates: map[string]map[string]any{}}
}

// nodeGroupChanges are the settings that a change replaces as a whole. Labels and taints are added and removed one by one, and no stack here
// changes them: such a call goes on to the emulator, which says that it has no such route.
var nodeGroupChanges = []string{"nodeRepairConfig", "scalingConfig", "updateConfig"}

var (
	updateConfigPath = regexp.MustCompile(`^/clusters/([^/]+)/node-groups/([^/]+)/update-config$`)
	updatePath       = regexp.MustCompile(`^/clusters/[^/]+/updates/([^/]+)$`)
)

func (u *nodeGroupUpdates) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	u.mutex.Lock()
	defer u.mutex.Unlock()
	if asked := updatePath.FindStringSubmatch(path); asked != nil && r.Method == http.MethodGet {
		if update, known := u.updates[asked[1]]; known {
			return jsonReply(map[string]any{"update": update})
		}
		return nil
	}
	group := updateConfigPath.FindStringSubmatch(path)
	if group == nil || r.Method != http.MethodPost {
		return nil
	}
	var given map[string]any
	if err := json.Unmarshal(r.Body, &given); err != nil {
		return nil
	}
	delete(given, "clientRequestToken")
	for key := range given {
		if !slices.Contains(nodeGroupChanges, key) {
			return nil
		}
	}
	return jsonReply(map[string]any{"update": u.change(group[1]+"/"+group[2], given)})
}

// change keeps a change and returns its update (EKS API Reference, Update).
func (u *nodeGroupUpdates) change(group string, given map[string]any) map[string]any {
	if u.changed[group] == nil {
		u.changed[group] = map[string]any{}
	}
	for key, value := range given {
		before, _ := u.changed[group][key].(map[string]any)
		merged := maps.Clone(before)
		if merged == nil {
			merged = map[string]any{}
		}
		if parts, ok := value.(map[string]any); ok {
			maps.Copy(merged, parts) // what a change leaves out stays
		}
		u.changed[group][key] = merged
	}
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", len(u.updates)+1)
	u.updates[id] = map[string]any{
		"id": id, "status": "Successful", "type": "ConfigUpdate", "params": []any{}, "errors": []any{}, "createdAt": float64(time.Now().Unix()),
	}
	return u.updates[id]
}

// complete puts a node group's changes into its description.
func (u *nodeGroupUpdates) complete(r *Request, body []byte) ([]byte, []string) {
	path, _, _ := strings.Cut(r.Path, "?")
	named := nodeGroupPath.FindStringSubmatch(path)
	if r.Method != http.MethodGet || named == nil {
		return body, nil
	}
	u.mutex.Lock()
	defer u.mutex.Unlock()
	changes := u.changed[named[1]+"/"+named[2]]
	var answer map[string]any
	if changes == nil || json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	group, ok := answer["nodegroup"].(map[string]any)
	if !ok {
		return body, nil
	}
	var added []string
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		settings, _ := group[key].(map[string]any)
		if settings == nil {
			settings = map[string]any{}
		}
		maps.Copy(settings, changes[key].(map[string]any))
		group[key] = settings
		added = append(added, "UpdateNodegroupConfig."+key)
	}
	completed, err := json.Marshal(answer)
	if err != nil {
		return body, nil
	}
	return completed, added
}
