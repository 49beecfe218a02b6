package emulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestNodeGroupsKeepWhatTheyWereChangedTo(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		_, _ = fmt.Fprint(w, `{"nodegroup":{"scalingConfig":{"minSize":1,"maxSize":4,"desiredSize":1}}}`)
	})
	eks := func(method, path, body string) (int, string) { return call(t, proxy, method, path, "eks", nil, body) }
	const group = "/clusters/c/node-groups/g"

	if _, body := eks("GET", group, ""); !strings.Contains(body, `"maxSize":4`) {
		t.Errorf("before a change: %s", body)
	}
	status, body := eks("POST", group+"/update-config", `{"clientRequestToken":"t","scalingConfig":{"maxSize":6}}`)
	id := between(body, `"id":"`, `"`)
	if status != http.StatusOK || id == "" {
		t.Fatalf("changing it: %d %s", status, body)
	}
	if _, body := eks("GET", "/clusters/c/updates/"+id+"?nodegroupName=g", ""); !strings.Contains(body, `"Successful"`) {
		t.Errorf("the update: %s", body)
	}
	if _, body := eks("GET", group, ""); !strings.Contains(body, `"maxSize":6`) || !strings.Contains(body, `"minSize":1`) {
		t.Errorf("after the change, what it left out stays: %s", body)
	}
	if _, body := eks("GET", "/clusters/c/node-groups/other", ""); !strings.Contains(body, `"maxSize":4`) {
		t.Errorf("another group changed, too: %s", body)
	}
	if status, _ := eks("POST", group+"/update-config", `{"labels":{"addOrUpdateLabels":{"a":"b"}}}`); status != http.StatusBadRequest {
		t.Errorf("labels were taken and would be forgotten: %d", status)
	}
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	value, _, _ := strings.Cut(rest, after)
	return value
}
