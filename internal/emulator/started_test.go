package emulator

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// shared is one real emulator for the tests of stand-ins that lean on what it does.
var shared = sync.OnceValues(func() (*Emulator, error) {
	return Start(context.Background(), filepath.Join("..", "..", ".titan"), "123456789012")
})

var isShared bool

func TestMain(m *testing.M) {
	if isCaller() {
		callAWS()
		return
	}
	code := m.Run()
	if isShared {
		if e, err := shared(); err == nil {
			e.Stop()
		}
	}
	os.Exit(code)
}

// started is a new proxy before the shared emulator, which is empty.
func started(t *testing.T) *Proxy {
	t.Helper()
	isShared = true
	e, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(e.process.url()+"/_ministack/reset", "", nil)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("emptying the emulator: %v, %v", response, err)
	}
	_ = response.Body.Close() // only the status was wanted
	proxy, err := NewProxy(e.process.url())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = proxy.Close() })
	return proxy
}
