package emulator

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAnIPSetInUseIsNotDeleted(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	waf := func(action, body string) (int, string) {
		return call(t, proxy, "POST", "/", "wafv2", map[string]string{"X-Amz-Target": "AWSWAF_20190729." + action}, body)
	}
	const named = `{"Name":"acl","Scope":"CLOUDFRONT","Rules":[{"Statement":{"IPSetReferenceStatement":
		{"ARN":"arn:aws:wafv2:us-east-1:1:global/ipset/deny/1a"}}}]}`
	const set = `{"Name":"deny","Id":"1a","Scope":"CLOUDFRONT"}`
	for _, c := range []struct {
		action, body string
		want         int
	}{
		{"CreateWebACL", named, 200},
		{"DeleteIPSet", set, 400},
		{"DeleteIPSet", strings.Replace(set, "CLOUDFRONT", "REGIONAL", 1), 200},
		{"DeleteIPSet", strings.Replace(set, "1a", "2b", 1), 200},
		{"UpdateWebACL", `{"Name":"acl","Scope":"CLOUDFRONT","Rules":[]}`, 200},
		{"DeleteIPSet", set, 200},
		{"UpdateWebACL", named, 200},
		{"DeleteWebACL", `{"Name":"acl","Scope":"CLOUDFRONT"}`, 200},
		{"DeleteIPSet", set, 200},
	} {
		status, body := waf(c.action, c.body)
		if status != c.want || status == 400 && !strings.Contains(body, "WAFAssociatedItemException") {
			t.Errorf("%s %s: %d %s, want %d", c.action, c.body, status, body, c.want)
		}
	}
}

func TestQueryDefinitions(t *testing.T) {
	proxy := nowhere(t)
	logs := func(action, body string) (int, string) {
		return call(t, proxy, "POST", "/", "logs", map[string]string{"X-Amz-Target": "Logs_20140328." + action}, body)
	}
	const id = "00000000-0000-4000-8000-000000000001"
	_, body := logs("PutQueryDefinition", `{"name":"a/b","queryString":"fields @message","logGroupNames":["g"]}`)
	if !strings.Contains(body, id) {
		t.Fatalf("got %s", body)
	}
	logs("PutQueryDefinition", `{"queryDefinitionId":"`+id+`","name":"a/b","queryString":"limit 1"}`)
	_, body = logs("DescribeQueryDefinitions", `{"queryDefinitionNamePrefix":"a/"}`)
	if !strings.Contains(body, `"queryString":"limit 1"`) {
		t.Errorf("after it was changed: %s", body)
	}
	if status, _ := logs("PutQueryDefinition", `{"queryDefinitionId":"other","name":"a"}`); status != 400 {
		t.Errorf("one that is not there was changed: %d", status)
	}
	logs("DeleteQueryDefinition", `{"queryDefinitionId":"`+id+`"}`)
	if _, body := logs("DescribeQueryDefinitions", `{}`); !strings.Contains(body, `"queryDefinitions":[]`) {
		t.Errorf("after it was deleted: %s", body)
	}
}

func TestAWebACLKeepsWhatItInspects(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"WebACL":{"Name":"acl"}}`) })
	waf := func(action, body string) string {
		_, answer := call(t, proxy, "POST", "/", "wafv2", map[string]string{"X-Amz-Target": "AWSWAF_20190729." + action}, body)
		return answer
	}
	const inspects = `"AssociationConfig":{"RequestBody":{"CLOUDFRONT":{"DefaultSizeInspectionLimit":"KB_64"}}}`
	waf("CreateWebACL", `{"Name":"acl","Scope":"CLOUDFRONT",`+inspects+`}`)
	if got := waf("GetWebACL", `{"Name":"acl","Scope":"CLOUDFRONT"}`); !strings.Contains(got, inspects) {
		t.Errorf("got %s", got)
	}
	waf("UpdateWebACL", `{"Name":"acl","Scope":"CLOUDFRONT"}`)
	if got := waf("GetWebACL", `{"Name":"acl","Scope":"CLOUDFRONT"}`); strings.Contains(got, "AssociationConfig") {
		t.Errorf("after it was taken away: %s", got)
	}
}
