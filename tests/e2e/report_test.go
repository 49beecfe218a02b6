//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/stubprovider"
)

// report is what an environment's run amounts to. Its stacks are made side by side.
type report struct {
	name  string
	begun time.Time
	stubs []string // providers that a stub stands in for

	mutex   sync.Mutex
	types   map[string]int
	stubbed int // resources of the stubs
	times   []string
}

func newReport(t *testing.T, name string) *report {
	t.Helper()
	stubs, err := stubprovider.Needed()
	must(t, err)
	return &report{name: name, begun: time.Now(), types: map[string]int{}, stubs: stubs}
}

// time notes how long something took.
func (r *report) time(what string, do func() error) error {
	start := time.Now()
	err := do()
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.times = append(r.times, fmt.Sprintf("%s %.0f s", what, time.Since(start).Seconds()))
	return err
}

// made counts managed resources by type.
func (r *report) made(addresses []string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, address := range addresses {
		if !strings.HasPrefix(address, "data.") {
			kind, _, _ := strings.Cut(address, ".")
			if provider, _, _ := strings.Cut(kind, "_"); slices.Contains(r.stubs, provider) {
				r.stubbed++
				continue
			}
			r.types[kind]++
		}
	}
}

// print says what was deployed, and how long it took. It comes in one piece: environments run side by side.
func (r *report) print() {
	var text strings.Builder
	total := 0
	for _, count := range r.types {
		total += count
	}
	fmt.Fprintf(&text, "\n== %s: %d resources of %d types, and %d kept by a stub for want of %v\n",
		r.name, total, len(r.types), r.stubbed, r.stubs)
	fmt.Fprintf(&text, "   %.0f s, in part side by side: %s\n", time.Since(r.begun).Seconds(), strings.Join(r.times, ", "))
	for _, kind := range sortedKeys(r.types) {
		fmt.Fprintf(&text, "   %4d %s\n", r.types[kind], kind)
	}
	fmt.Print(text.String())
}

// printCalls says who answered the calls of a world, and what the emulator forgot.
func printCalls(world string, calls []emulator.Call) {
	var text strings.Builder
	fmt.Fprintf(&text, "\n== calls of %s\n", world)
	sources, services, completed := map[string]int{}, map[string]int{}, map[string]int{}
	for _, call := range calls {
		sources[string(call.Source)]++
		services[call.Service]++
		for _, field := range call.Completed {
			completed[field]++
		}
	}
	fmt.Fprintf(&text, "   %d by the emulator (E), %d by stand-ins of ours (G), %d faults (F)\n", sources["E"], sources["G"], sources["F"])
	fmt.Fprintf(&text, "   by service:%s\n", counts(services))
	fmt.Fprintf(&text, "   completed, the emulator forgot them:%s\n", counts(completed))
	fmt.Print(text.String())
}

func counts(of map[string]int) string {
	var text strings.Builder
	for _, key := range sortedKeys(of) {
		fmt.Fprintf(&text, " %s %d", key, of[key])
	}
	return text.String()
}

func sortedKeys(of map[string]int) []string {
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
