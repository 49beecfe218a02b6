package emulator

import (
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// behind is a proxy before a stand-in of the emulator.
func behind(t *testing.T, handler http.HandlerFunc) *Proxy {
	t.Helper()
	backend := httptest.NewServer(handler)
	t.Cleanup(backend.Close)
	proxy, err := NewProxy(backend.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = proxy.Close() })
	return proxy
}

// call sends a signed call and returns status and body.
func call(t *testing.T, proxy *Proxy, method, path, service string, header map[string]string, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, proxy.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261123/eu-west-1/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
	for key, value := range header {
		request.Header.Set(key, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// rdsIn calls RDS in a region.
func rdsIn(t *testing.T, proxy *Proxy, region, form string) (int, string) {
	t.Helper()
	return call(t, proxy, "POST", "/", "rds", map[string]string{
		"Content-Type":  query["Content-Type"],
		"Authorization": "AWS4-HMAC-SHA256 Credential=test/20261123/" + region + "/rds/aws4_request, SignedHeaders=host, Signature=0",
	}, form)
}

var query = map[string]string{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}

func TestAnsweredCallsAreShownAsTheyCame(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // the test's own
		_, _ = fmt.Fprintf(w, "answer to %s", body)
	})
	proxy.AddStandIn("kms", func(r *Request) *Reply {
		r.Body = []byte("rewritten")
		return nil
	})
	var shown []string
	proxy.Answered(func(request *Request, reply *Reply) {
		if reply == nil {
			shown = append(shown, string(request.Body)+": dropped")
			return
		}
		shown = append(shown, fmt.Sprintf("%s: %d %s", request.Body, reply.Status, reply.Body))
	})
	call(t, proxy, "POST", "/", "kms", nil, "as it came")
	proxy.Break(Fault{Service: "kms", Action: "POST /", Drop: true})
	call(t, proxy, "POST", "/", "kms", nil, "lost")
	if want := []string{"as it came: 200 answer to rewritten", "lost: dropped"}; !slices.Equal(shown, want) {
		t.Errorf("got %q, want %q", shown, want)
	}
}

func TestCallsAreRecordedByServiceAndAction(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Host, "127.0.0.1") && r.Header.Get("Authorization") == "" {
			t.Error("the signature was not passed on")
		}
		_, _ = fmt.Fprint(w, "fine")
	})
	for _, c := range []struct {
		method, path, service string
		header                map[string]string
		body, want            string
	}{
		{"POST", "/", "ec2", query, "Action=CreateVpc&CidrBlock=10.0.0.0%2F16", "ec2 eu-west-1 CreateVpc"},
		{"POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.CreateKey"}, "{}", "kms eu-west-1 CreateKey"},
		{"PUT", "/bucket?versioning", "s3", nil, "<x/>", "s3 eu-west-1 PUT /bucket?versioning"},
		{"GET", "/bucket?list-type=2&prefix=a", "s3", nil, "", "s3 eu-west-1 GET /bucket?list-type&prefix"},
		{"POST", "/clusters", "eks", nil, "{}", "eks eu-west-1 POST /clusters"},
	} {
		if status, body := call(t, proxy, c.method, c.path, c.service, c.header, c.body); status != 200 || body != "fine" {
			t.Errorf("%s: %d %s", c.want, status, body)
		}
		calls := proxy.Calls()
		last := calls[len(calls)-1]
		if got := last.Service + " " + last.Region + " " + last.Action; got != c.want || last.Status != 200 || last.Source != FromEmulator {
			t.Errorf("recorded %q (%d, %s), want %q", got, last.Status, last.Source, c.want)
		}
	}
}

func TestAnswersStandInAndAreCountedApart(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotImplemented) })
	proxy.AddStandIn("shield", func(r *Request) *Reply {
		if r.Action != "POST /CreateProtection" {
			return nil
		}
		return &Reply{Status: 200, Body: []byte("made")}
	})
	if status, body := call(t, proxy, "POST", "/CreateProtection", "shield", nil, "{}"); status != 200 || body != "made" {
		t.Errorf("got %d %s", status, body)
	}
	if status, _ := call(t, proxy, "POST", "/ListProtections", "shield", nil, "{}"); status != http.StatusNotImplemented {
		t.Errorf("what is not answered went elsewhere: %d", status)
	}
	if calls := proxy.Calls(); calls[0].Source != FromGap || calls[1].Source != FromEmulator {
		t.Errorf("recorded %s and %s", calls[0].Source, calls[1].Source)
	}
}

func TestFaultsComeWhenAndAsOftenAsAsked(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "fine") })
	proxy.Break(Fault{Service: "ec2", Action: "CreateVpc", Skip: 1, Times: 2, Status: 503, Code: "RequestLimitExceeded"})
	proxy.Break(Fault{Service: "kms", Action: "CreateKey", Drop: true})
	proxy.Break(Fault{Service: "kms", Action: "TagResource", Delay: 50 * time.Millisecond})

	var statuses []int
	for range 4 {
		status, body := call(t, proxy, "POST", "/", "ec2", query, "Action=CreateVpc")
		if status == 503 && !strings.Contains(body, "<Errors><Error><Code>RequestLimitExceeded</Code>") {
			t.Errorf("not an error of EC2: %s", body)
		}
		statuses = append(statuses, status)
	}
	if want := "[200 503 503 200]"; fmt.Sprint(statuses) != want {
		t.Errorf("got %v, want %s", statuses, want)
	}
	if status, why := call(t, proxy, "POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.CreateKey"}, "{}"); status != 0 || !strings.Contains(why, "EOF") {
		t.Errorf("the connection was not dropped: %d %s", status, why)
	}
	start := time.Now()
	if status, _ := call(t, proxy, "POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.TagResource"}, "{}"); status != 200 || time.Since(start) < 50*time.Millisecond {
		t.Errorf("not late: %d after %s", status, time.Since(start))
	}
}

// The emulator forgets parts of a flow log; the proxy fills in what is missing and nothing else.
func TestForgottenFieldsAreFilledIn(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if bytes.Contains(body, []byte("Action=CreateFlowLogs")) {
			_, _ = fmt.Fprint(w, `<CreateFlowLogsResponse><flowLogIdSet><item>fl-1</item></flowLogIdSet></CreateFlowLogsResponse>`)
			return
		}
		_, _ = fmt.Fprint(w, `<DescribeFlowLogsResponse><flowLogSet>`+
			`<item><flowLogId>fl-0</flowLogId><tagSet></tagSet></item>`+
			`<item><flowLogId>fl-1</flowLogId><maxAggregationInterval>600</maxAggregationInterval><tagSet></tagSet></item>`+
			`</flowLogSet></DescribeFlowLogsResponse>`)
	})
	call(t, proxy, "POST", "/", "ec2", query, "Action=CreateFlowLogs&ResourceId.1=vpc-1&DeliverLogsPermissionArn=arn%3Ax&MaxAggregationInterval=60"+
		"&DestinationOptions.FileFormat=parquet&DestinationOptions.PerHourPartition=false&TagSpecification.1.ResourceType=vpc-flow-log&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=a%26b")
	_, body := call(t, proxy, "POST", "/", "ec2", query, "Action=DescribeFlowLogs")
	want := `<DescribeFlowLogsResponse><flowLogSet>` +
		`<item><flowLogId>fl-0</flowLogId><tagSet></tagSet></item>` +
		`<item><flowLogId>fl-1</flowLogId><maxAggregationInterval>600</maxAggregationInterval>` +
		`<deliverLogsPermissionArn>arn:x</deliverLogsPermissionArn>` +
		`<destinationOptions><fileFormat>parquet</fileFormat><perHourPartition>false</perHourPartition></destinationOptions><tagSet><item><key>Name</key><value>a&amp;b</value></item></tagSet></item>` +
		`</flowLogSet></DescribeFlowLogsResponse>`
	if body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
	if err := xml.Unmarshal([]byte(body), new(struct{})); err != nil {
		t.Errorf("not XML any more: %v", err)
	}
	calls := proxy.Calls()
	if got := fmt.Sprint(calls[1].Completed); got != "[DescribeFlowLogs.deliverLogsPermissionArn DescribeFlowLogs.destinationOptions DescribeFlowLogs.tagSet]" {
		t.Errorf("recorded %s", got)
	}
}

// TestEmulatorListensOnLoopbackOnly starts the real emulator and looks at its sockets.
func TestEmulatorListensOnLoopbackOnly(t *testing.T) {
	e, err := Start(t.Context(), filepath.Join("..", "..", ".titan"), "123456789012")
	if err != nil {
		t.Fatal(err)
	}
	pid := e.process.PID()
	if runtime.GOOS == "linux" {
		sockets := listening(t, e.process.port)
		if len(sockets) != 1 || sockets[0] != "0100007F" { // 127.0.0.1, as /proc writes it
			t.Errorf("the emulator listens on %v, want 127.0.0.1 alone", sockets)
		}
	}
	status, body := call(t, e.Proxy, "POST", "/", "sts", query, "Action=GetCallerIdentity&Version=2011-06-15")
	if status != 200 || !strings.Contains(body, "123456789012") {
		t.Errorf("it does not know its account: %d %s", status, body)
	}
	e.Stop()
	if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil {
		t.Errorf("process %d is still there", pid)
	}
	if len(listening(t, e.process.port)) > 0 {
		t.Error("its port is still open")
	}
}

// listening are the local addresses, in hexadecimal, that something listens on with a port.
func listening(t *testing.T, port int) []string {
	t.Helper()
	var addresses []string
	for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		content, err := os.ReadFile(file)
		if err != nil {
			continue // another system, or no IPv6
		}
		suffix := ":" + strings.ToUpper(hex.EncodeToString([]byte{byte(port >> 8), byte(port)}))
		for _, line := range strings.Split(string(content), "\n") {
			if columns := strings.Fields(line); len(columns) > 3 && columns[3] == "0A" && strings.HasSuffix(columns[1], suffix) { // 0A: LISTEN
				addresses = append(addresses, strings.TrimSuffix(columns[1], suffix))
			}
		}
	}
	return addresses
}

func TestSessionElsewhereIsRefused(t *testing.T) {
	for _, url := range []string{"https://sts.amazonaws.com", "http://127.0.0.1:80@example.com", ":"} {
		dir := t.TempDir()
		if err := os.WriteFile(sessionFile(dir), []byte(`{"pid": 1, "url": "`+url+`"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Find(dir); err == nil || !strings.Contains(err.Error(), "is not on this machine; remove the file") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestSessionOfAProcessThatIsGoneCountsAsNone(t *testing.T) {
	dir := t.TempDir()
	if session, err := Find(dir); session != nil || err != nil {
		t.Errorf("found %v, %v in an empty folder", session, err)
	}
	// A server that is not ours answers at the address.
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	text := fmt.Sprintf(`{"pid":%d,"url":%q,"account":"000000000000"}`, os.Getpid(), other.URL)
	if err := os.WriteFile(sessionFile(dir), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if session, err := Find(dir); session != nil || err != nil {
		t.Errorf("found %v, %v", session, err)
	}
}

// What a person has set for AWS itself must not lead past the emulator.
func TestEnvironmentWinsOverThePersonsOwn(t *testing.T) {
	t.Setenv("AWS_ENDPOINT_URL_S3", "https://elsewhere.example.com")
	t.Setenv("AWS_USE_FIPS_ENDPOINT", "true")
	t.Setenv("HTTP_PROXY", "http://proxy.example.com")
	t.Setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
	env := Environment("http://127.0.0.1:1")
	for _, want := range []string{"AWS_ENDPOINT_URL_S3=", "AWS_USE_FIPS_ENDPOINT=", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=", "HTTP_PROXY=http://127.0.0.1:1"} {
		if !slices.Contains(env, want) {
			t.Errorf("%s is not in %v", want, env)
		}
	}
}

func TestStartsComeOneAfterAnother(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	unlock, err := StartLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan struct{})
	go func() {
		defer close(second)
		if unlock, err := StartLock(dir); err == nil {
			unlock()
		}
	}()
	select {
	case <-second:
		t.Error("the second did not wait")
	case <-time.After(100 * time.Millisecond):
	}
	unlock()
	<-second
}
