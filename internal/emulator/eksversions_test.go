package emulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestVersionsGoUpOneAtATimeTheControlPlaneFirst(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		kind := "cluster"
		if strings.Contains(r.URL.Path, "node-groups") {
			kind = "nodegroup"
		}
		_, _ = fmt.Fprintf(w, `{%q:{"version":"1.34"}}`, kind)
	})
	eks := func(method, path, body string) (int, string) { return call(t, proxy, method, path, "eks", nil, body) }
	const cluster, group = "/clusters/c", "/clusters/c/node-groups/g"
	says := func(path, version string) {
		t.Helper()
		if _, body := eks("GET", path, ""); !strings.Contains(body, `"version":"`+version+`"`) {
			t.Errorf("%s is %s, want %s", path, body, version)
		}
	}
	says(cluster, "1.34")
	says(group, "1.34")
	if status, body := eks("POST", cluster+"/updates", `{"version":"1.36"}`); status != http.StatusBadRequest || !strings.Contains(body, "from 1.34 to 1.36") {
		t.Errorf("two at once: %d %s", status, body)
	}
	if status, body := eks("POST", group+"/update-version", `{"version":"1.35"}`); status != http.StatusBadRequest {
		t.Errorf("nodes before their control plane: %d %s", status, body)
	}
	for _, path := range []string{cluster + "/updates", group + "/update-version"} {
		status, body := eks("POST", path, `{"version":"1.35"}`)
		id := between(body, `"id":"`, `"`)
		if status != http.StatusOK || id == "" {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		if _, body := eks("GET", cluster+"/updates/"+id, ""); !strings.Contains(body, `"Successful"`) {
			t.Errorf("the update: %s", body)
		}
	}
	says(cluster, "1.35")
	says(group, "1.35")
	says("/clusters/c/node-groups/other", "1.34")
	if status, _ := eks("POST", cluster+"/updates", `{"version":"1.34"}`); status != http.StatusBadRequest {
		t.Error("there is a way back")
	}
}
