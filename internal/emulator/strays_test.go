package emulator

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsForOtherHostsIsRefusedByName(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {})
	address, err := url.Parse(proxy.URL())
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(address)}}
	_, err = client.Get("https://sts.eu-west-1.amazonaws.com")
	if err == nil || !strings.Contains(err.Error(), "titan keeps calls to sts.eu-west-1.amazonaws.com:443 on this machine") {
		t.Errorf("got %v", err)
	}
	for host, want := range map[string]int{
		"169.254.169.254": 403, "127.0.0.1.evil.com": 403, "000000000000." + address.Host: 200, address.Host: 200,
	} {
		response, err := client.Get("http://" + host)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close() // only the status is wanted
		if response.StatusCode != want {
			t.Errorf("%s: %s, want %d", host, response.Status, want)
		}
	}
	if got := len(proxy.Strays()); got != 3 {
		t.Errorf("strays are %q", proxy.Strays())
	}
	if diff := cmp.Diff("sts.eu-west-1.amazonaws.com:443", proxy.Strays()[0]); diff != "" {
		t.Error(diff)
	}
}
