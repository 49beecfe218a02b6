package daemon

import (
	"encoding/json"
	"fmt"
	"os"
)

// WriteSession writes to file, as JSON, where a program is that outlives the command that started it. It is renamed into
// place, so that nobody reads half of it.
func WriteSession(file string, session any) error {
	text, err := json.Marshal(session)
	if err != nil {
		return fmt.Errorf("writing the session: %w", err)
	}
	staged := file + ".new"
	if err := os.WriteFile(staged, text, 0o600); err != nil {
		return fmt.Errorf("writing the session: %w", err)
	}
	if err := os.Rename(staged, file); err != nil {
		return fmt.Errorf("writing the session: %w", err)
	}
	return nil
}
