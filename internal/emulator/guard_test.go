package emulator

import (
	"net/http"
	"strings"
	"testing"
)

// turnstile refuses every call of EKS and EC2, and counts what passed.
type turnstile struct{ passed []string }

func (g *turnstile) Refuse(r *Request) *Reply {
	if r.Service == "eks" || r.Service == "ec2" {
		return r.Refused(http.StatusBadRequest, "InvalidParameter", `role "a" is not there`)
	}
	return nil
}

func (g *turnstile) Passed(r *Request, _ *Reply) { g.passed = append(g.passed, r.Action) }

func TestAGuardRefusesBeforeAnythingAnswersAndIsToldOfWhatSucceeds(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") == "" {
			w.WriteHeader(http.StatusNotFound)
		}
	})
	guard := &turnstile{}
	proxy.Guard(guard)

	const addons = "/addons/supported-versions?addonName=vpc-cni" // a stand-in would answer
	_, body := call(t, proxy, "GET", addons, "eks", nil, "")
	if want := `"message":"role \"a\" is not there"`; !strings.Contains(body, want) {
		t.Errorf("EKS says %s, want %s", body, want)
	}
	_, body = call(t, proxy, "POST", "/", "ec2", query, "Action=CreateFlowLogs")
	if want := `<Errors><Error><Code>InvalidParameter</Code><Message>role &#34;a&#34; is`; !strings.Contains(body, want) {
		t.Errorf("EC2 says %s, want %s", body, want)
	}
	call(t, proxy, "POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.CreateKey"}, "{}")
	call(t, proxy, "GET", "/bucket?policy", "s3", nil, "")
	if got := strings.Join(guard.passed, " "); got != "CreateKey" {
		t.Errorf("the guard was told of %q, want CreateKey alone", got)
	}
	for i, want := range []Source{FromGuard, FromGuard, FromEmulator, FromEmulator} {
		if got := proxy.Calls()[i].Source; got != want {
			t.Errorf("call %d is recorded as %s, want %s", i, got, want)
		}
	}
}
