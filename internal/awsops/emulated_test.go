package awsops_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/emulator"
)

// The operations, with the SDK's own clients, against the emulator and its stand-ins for what an outage leaves behind.

const (
	home = environments.Region("eu-west-1")
	away = environments.Region("eu-central-1")
	id   = "123456789012"
)

var soon = awsops.Wait{Every: 10 * time.Millisecond, Most: 20 * time.Second}

func TestAgainstAnEmulatedAWS(t *testing.T) {
	e, err := emulator.Start(t.Context(), filepath.Join("..", "..", ".titan"), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	for _, entry := range emulator.Environment(e.URL()) {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	account, err := awsops.NewAccount(t.Context(), environments.Account{})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]func(*testing.T, *emulator.Emulator, *awsops.Account){
		"secrets": testSecrets, "database": testDatabase, "health checks": testHealthChecks, "delivery": testDelivery,
		"serving": testServing,
	} {
		t.Run(name, func(t *testing.T) { test(t, e, account) })
	}
}

// ok fails the test where setting it up failed.
func ok[T any](t *testing.T) func(T, error) T {
	return func(answer T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}
