//go:build e2e

package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// overwrittenStateIsRestored follows docs/runbooks/state.md, 'The state was overwritten'.
func (d *deployment) overwrittenStateIsRestored(t *testing.T) {
	t.Helper()
	c := d.client(t)
	object := "/" + d.Base(d.Region).StateBucket() + "/" + d.Name + "/terraform.tfstate"
	latest := func() string {
		_, versions := c.do(apiCall{service: "s3", path: "/" + d.Base(d.Region).StateBucket() + "?prefix=" + url.QueryEscape(d.Name+"/terraform.tfstate") + "&versions="})
		for _, version := range regexp.MustCompile(`(?s)<Version>.*?</Version>`).FindAllString(versions, -1) {
			if strings.Contains(version, "<IsLatest>true</IsLatest>") && strings.Contains(version, "terraform.tfstate</Key>") {
				return regexp.MustCompile(`<VersionId>([^<]+)</VersionId>`).FindStringSubmatch(version)[1]
			}
		}
		t.Fatalf("no version of %s in %s", object, versions)
		return ""
	}
	good := latest()
	if status, answer := c.do(apiCall{service: "s3", method: http.MethodPut, path: object, text: "not a state"}); status != http.StatusOK {
		t.Fatalf("overwriting the state: %d %s", status, answer)
	}
	if _, err := d.stack.Plan(t.Context(), "garbage.tfplan"); err == nil {
		t.Error("a plan goes on from a state that is garbage")
	}
	source := map[string]string{"X-Amz-Copy-Source": strings.TrimPrefix(object, "/") + "?versionId=" + good}
	if status, answer := c.do(apiCall{service: "s3", method: http.MethodPut, path: object, header: source}); status != http.StatusOK {
		t.Fatalf("putting version %s back: %d %s", good, status, answer)
	}
	if latest() == good {
		t.Error("the good version was not put on top")
	}
	d.planAgain(t, d.stack)
}
