package main

import (
	"errors"
	"sync"

	"github.com/titan-platform/titan/internal/runner"
)

// meanwhile does something about each stack that is applied, while the next one is: an apply is mostly the provider's own
// fixed waits, and a plan is work for the processor. The runner calls its view by one goroutine at a time.
type meanwhile struct {
	runner.View
	do func(stack string) error

	applied []string // stacks, about which nothing is done yet
	running sync.WaitGroup
	mutex   sync.Mutex
	failed  []error
}

// Show begins what waited once another stack's plan is made.
func (m *meanwhile) Show(event runner.Event) {
	m.View.Show(event)
	switch event.Type {
	case runner.Applied, runner.Unchanged:
		m.applied = append(m.applied, event.Stack)
	case runner.Applying, runner.Finished:
		m.begin()
	}
}

func (m *meanwhile) begin() {
	for _, stack := range m.applied {
		m.running.Go(func() {
			if err := m.do(stack); err != nil {
				m.mutex.Lock()
				defer m.mutex.Unlock()
				m.failed = append(m.failed, err)
			}
		})
	}
	m.applied = nil
}

// wait waits until all is done, and says what failed of it.
func (m *meanwhile) wait() error {
	m.running.Wait()
	return errors.Join(m.failed...)
}
