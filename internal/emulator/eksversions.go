package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// eksVersions stand in for UpdateClusterVersion and UpdateNodegroupVersion, which the emulator lacks: they keep to what
// EKS takes, one minor version at a time and no node newer than its control plane (EKS User Guide, 'Update existing
// cluster to new Kubernetes version'), and put the version into later answers. An update is over at once.
type eksVersions struct {
	mutex    sync.Mutex
	versions map[string]string         // by path: /clusters/c, /clusters/c/node-groups/g
	changed  map[string]bool           // whose version was changed here
	updates  map[string]map[string]any // by id
}

func newEKSVersions() *eksVersions {
	return &eksVersions{versions: map[string]string{}, changed: map[string]bool{}, updates: map[string]map[string]any{}}
}

var (
	clusterPath      = regexp.MustCompile(`^(/clusters/[^/]+)$`)
	clusterVersion   = regexp.MustCompile(`^(/clusters/[^/]+)/updates$`)
	nodeGroupVersion = regexp.MustCompile(`^((/clusters/[^/]+)/node-groups/[^/]+)/update-version$`)
)

func (v *eksVersions) answer(r *Request) *Reply {
	path, _, _ := strings.Cut(r.Path, "?")
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if asked := updatePath.FindStringSubmatch(path); asked != nil && r.Method == http.MethodGet {
		if update, known := v.updates[asked[1]]; known {
			return jsonReply(map[string]any{"update": update})
		}
		return nil
	}
	if r.Method != http.MethodPost {
		return nil
	}
	var given struct{ Version string }
	if json.Unmarshal(r.Body, &given) != nil || given.Version == "" {
		return nil
	}
	if cluster := clusterVersion.FindStringSubmatch(path); cluster != nil {
		if now := v.versions[cluster[1]]; minorVersion(given.Version) != minorVersion(now)+1 {
			return invalidVersion("Unsupported Kubernetes minor version update from " + now + " to " + given.Version)
		}
		return v.change(cluster[1], given.Version)
	}
	if group := nodeGroupVersion.FindStringSubmatch(path); group != nil {
		if now := v.versions[group[2]]; minorVersion(given.Version) > minorVersion(now) {
			return invalidVersion("Nodegroup Kubernetes version " + given.Version + " is newer than its cluster's " + now)
		}
		return v.change(group[1], given.Version)
	}
	return nil
}

func (v *eksVersions) change(path, version string) *Reply {
	v.versions[path], v.changed[path] = version, true
	id := fmt.Sprintf("00000000-0000-4000-9000-%012d", len(v.updates)+1)
	v.updates[id] = map[string]any{
		"id": id, "status": "Successful", "type": "VersionUpdate", "params": []any{}, "errors": []any{},
		"createdAt": float64(time.Now().Unix()),
	}
	return jsonReply(map[string]any{"update": v.updates[id]})
}

func invalidVersion(message string) *Reply {
	reply := jsonReply(map[string]any{"message": message})
	reply.Status = http.StatusBadRequest
	if reply.Header == nil {
		reply.Header = http.Header{}
	}
	reply.Header.Set("X-Amzn-Errortype", "InvalidParameterException")
	return reply
}

func minorVersion(version string) int {
	_, text, _ := strings.Cut(version, ".")
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return number
}

// complete keeps what the emulator says of a version, and puts a changed one in its place.
func (v *eksVersions) complete(r *Request, body []byte) ([]byte, []string) {
	path, _, _ := strings.Cut(r.Path, "?")
	kind := "cluster"
	if nodeGroupPath.MatchString(path) {
		kind = "nodegroup"
	} else if !clusterPath.MatchString(path) {
		return body, nil
	}
	var answer map[string]any
	if json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	described, ok := answer[kind].(map[string]any)
	if !ok {
		return body, nil
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if r.Method == http.MethodDelete {
		delete(v.changed, path)
		delete(v.versions, path)
		return body, nil
	}
	if !v.changed[path] {
		v.versions[path], _ = described["version"].(string)
		return body, nil
	}
	described["version"] = v.versions[path]
	completed, err := json.Marshal(answer)
	if err != nil {
		return body, nil
	}
	return completed, []string{"Update" + strings.ToUpper(kind[:1]) + kind[1:] + "Version.version"}
}
