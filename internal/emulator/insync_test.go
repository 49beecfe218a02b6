package emulator

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The provider waits for a change that an answer of Route 53's says is under way, and for none without.
func TestAChangeIsInSyncAtOnceWhereThatIsAskedFor(t *testing.T) {
	const answer = `<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>INSYNC</Status>` +
		`</ChangeInfo></ChangeResourceRecordSetsResponse>`
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, answer)
	}))
	defer backend.Close()
	p, err := NewProxy(backend.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }() // nothing to do about it
	for _, c := range []struct {
		service string
		atOnce  bool
		want    bool // the answer has it
	}{{"route53", false, true}, {"route53", true, false}, {"route53domains", true, true}} {
		if c.atOnce {
			p.InSyncAtOnce()
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL()+"/2013-04-01/hostedzone/Z1/rrset/", strings.NewReader("<x/>"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/"+c.service+"/aws4_request")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close() // read
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(body), "ChangeInfo"); got != c.want || !strings.Contains(string(body), "</ChangeResourceRecordSetsResponse>") {
			t.Errorf("%+v: the answer is %s", c, body)
		}
	}
}
