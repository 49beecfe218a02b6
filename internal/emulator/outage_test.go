package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// in is the header of a call that is signed for a region.
func in(region, service string, more map[string]string) map[string]string {
	scope := region + "/" + service + "/aws4_request"
	header := map[string]string{
		"Authorization": "AWS4-HMAC-SHA256 Credential=test/20261123/" + scope + ", SignedHeaders=host, Signature=0",
	}
	for key, value := range more {
		header[key] = value
	}
	return header
}

func TestALostRegionIsLostByItsEndpointsWhateverIsSigned(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "fine") })
	proxy.Lose("us-east-1", Refusing)
	for _, c := range []struct {
		method, path, service, region string
		lost                          bool
	}{
		{"POST", "/", "iam", "eu-central-1", true},
		{"POST", "/2013-04-01/healthcheck", "route53", "eu-central-1", true},
		{"POST", "/", "sts", "eu-central-1", false},
		{"POST", "/", "sts", "us-east-1", true},
		{"POST", "/", "wafv2", "us-east-1", true},
		{"POST", "/", "wafv2", "eu-central-1", false},
		{"PUT", "/bucket/key", "s3", "eu-central-1", false},
		{"GET", "/bucket?policy", "s3", "eu-central-1", false},
		{"POST", "/bucket?delete", "s3", "eu-central-1", false}, // objects
		{"PUT", "/bucket?versioning", "s3", "eu-central-1", true},
		{"DELETE", "/bucket", "s3", "eu-central-1", true},
		{"GET", "/bucket/key", "s3", "us-east-1", true},
		{"POST", "/", "networkmanager", "us-east-1", false}, // in us-west-2
	} {
		status, _ := call(t, proxy, c.method, c.path, c.service, in(c.region, c.service, nil), "")
		if lost := status == 0; lost != c.lost {
			t.Errorf("%s %s of %s, signed for %s, is lost: %t, want %t", c.method, c.path, c.service, c.region, lost, c.lost)
		}
	}
	for _, lost := range proxy.LostCalls("us-east-1") {
		if lost.Source != FromFault || lost.Status != 0 {
			t.Errorf("recorded as %+v", lost)
		}
	}
	if n := len(proxy.LostCalls("us-east-1")); n < 7 { // a client may try again
		t.Errorf("%d calls were lost, want the 7 of the table", n)
	}
	if lost := proxy.LostCalls("eu-central-1"); lost != nil {
		t.Errorf("lost in a region that is there: %v", lost)
	}
	proxy.Restore("us-east-1")
	if status, _ := call(t, proxy, "POST", "/", "iam", nil, ""); status != http.StatusOK {
		t.Errorf("restored, it answers %d", status)
	}
}

func TestALostRegionThatTimesOutHoldsNobodyForEver(t *testing.T) {
	ends := map[string]func(*Proxy){
		"restored": func(p *Proxy) { p.Restore("eu-west-1") },
		"refusing": func(p *Proxy) { p.Lose("eu-west-1", Refusing) },
		"closed": func(p *Proxy) {
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			proxy := nowhere(t)
			proxy.Lose("eu-west-1", TimingOut)
			answered := make(chan int)
			go func() {
				status, _ := call(t, proxy, "POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.CreateKey"}, "{}")
				answered <- status
			}()
			waitUntil(t, func() bool { return len(proxy.LostCalls("eu-west-1")) == 1 })
			select {
			case status := <-answered:
				t.Fatalf("answered with %d", status)
			default:
			}
			end(proxy)
			if status := <-answered; status != 0 {
				t.Errorf("answered with %d", status)
			}
			waitUntil(t, func() bool { return !proxy.Pending("kms", "CreateKey") })
		})
	}
}

func TestACallerOfALostRegionMayGiveUp(t *testing.T) {
	proxy := nowhere(t)
	proxy.Lose("eu-west-1", TimingOut)
	request, err := http.NewRequest(http.MethodPost, proxy.URL()+"/", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range in("eu-west-1", "kms", map[string]string{"X-Amz-Target": "TrentService.CreateKey"}) {
		request.Header.Set(key, value)
	}
	if _, err := (&http.Client{Timeout: 20 * time.Millisecond}).Do(request); err == nil {
		t.Error("it was answered")
	}
	waitUntil(t, func() bool { return !proxy.Pending("kms", "CreateKey") })
}

// waitUntil waits for what happens on another goroutine.
func waitUntil(t *testing.T, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if condition() {
			return
		}
	}
	t.Fatal("it does not happen")
}

// TestControlPlanesAreWhereBotocoreHasThem compares the table with AWS's own data, which comes with the emulator.
func TestControlPlanesAreWhereBotocoreHasThem(t *testing.T) {
	data, err := Botocore(t.Context(), filepath.Join("..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(data, "endpoints.json"))
	if err != nil {
		t.Fatal(err)
	}
	type endpoint struct {
		CredentialScope struct{ Region string }
	}
	var endpoints struct {
		Partitions []struct {
			Services map[string]struct {
				IsRegionalized    *bool
				PartitionEndpoint string
				Endpoints         map[string]endpoint
			}
		}
	}
	if err := json.Unmarshal(content, &endpoints); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for service, s := range endpoints.Partitions[0].Services { // the first is aws
		region := s.Endpoints[s.PartitionEndpoint].CredentialScope.Region
		notRegional := s.IsRegionalized != nil && !*s.IsRegionalized && region != ""
		if notRegional && controlPlanes[service] != region {
			t.Errorf("%s has its endpoint in %s, the table says %q", service, region, controlPlanes[service])
		}
		_, alone := s.Endpoints[controlPlanes[service]]
		found[service] = region != "" || alone && len(s.Endpoints) == 1
	}
	for service := range controlPlanes {
		if !found[service] {
			t.Errorf("%s is in the table, and botocore does not have it in one region", service)
		}
	}
}
