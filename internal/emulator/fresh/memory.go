package fresh

import "time"

// memory is what was made, and when.
type memory struct {
	made    map[string]time.Time // by key
	refused map[string]bool      // by key, refusal and action: what is refused once
	vpcs    map[string]string    // of subnets
}

func newMemory() *memory {
	return &memory{made: map[string]time.Time{}, refused: map[string]bool{}, vpcs: map[string]string{}}
}

func (m *memory) make(at time.Time, keys ...string) {
	for _, key := range keys {
		m.made[key] = at
	}
}

// lacks is whether what a call needs is not seen at a time.
func (m *memory) lacks(needed string, by refusal, action string, now time.Time) bool {
	made, isMade := m.made[needed]
	if !isMade {
		if by.starts {
			m.make(now, needed)
		}
		return by.required
	}
	if !now.Before(made.Add(by.late)) {
		return false
	}
	if !by.once {
		return true
	}
	call := needed + "|" + by.name() + "|" + action
	before := m.refused[call]
	m.refused[call] = true
	return !before
}
