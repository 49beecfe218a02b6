package emulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/titan-platform/titan/internal/daemon"
	"github.com/titan-platform/titan/internal/venv"
)

// Session is an emulator that outlives the command that started it, for a person to work with.
type Session struct {
	PID     int       `json:"pid"` // of the process that runs proxy and emulator
	URL     string    `json:"url"` // for AWS_ENDPOINT_URL
	Account string    `json:"account"`
	Started time.Time `json:"started"`
}

func sessionFile(dir string) string { return filepath.Join(dir, "emulator.json") }

// Serve runs an emulator in the foreground until the context ends, with a session file in dir for as long as it runs.
func Serve(ctx context.Context, dir, account string) error {
	running, err := Find(dir)
	if err != nil {
		return err
	}
	if running != nil {
		return fmt.Errorf("an emulator is running already; its session: %s", sessionFile(dir))
	}
	e, err := Start(ctx, dir, account)
	if err != nil {
		return err
	}
	defer e.Stop()
	e.InSyncAtOnce()
	session := Session{PID: os.Getpid(), URL: e.URL(), Account: account, Started: time.Now().UTC()}
	if err := daemon.WriteSession(sessionFile(dir), session); err != nil {
		return err
	}
	defer func() { _ = os.Remove(sessionFile(dir)) }() // a session file without its process is recognised
	select {
	case <-ctx.Done():
	case <-e.process.Exited():
		return fmt.Errorf("the emulator ended by itself; its log: %s", e.log.Name())
	}
	return nil
}

// StartLock waits until no other command starts a session in dir, an ignored folder: of two started at once, one would be lost to both.
func StartLock(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("locking the session: %w", err)
	}
	return venv.Lock(filepath.Join(dir, "emulator-start.lock"))
}

// Find is the running session of dir, nil where there is none. A session file whose process is gone, or whose process id has gone to
// another program, counts as none: the proxy itself has to say that it is that process.
func Find(dir string) (*Session, error) {
	text, err := os.ReadFile(sessionFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the session: %w", err)
	}
	var session Session
	if err := json.Unmarshal(text, &session); err != nil {
		return nil, fmt.Errorf("reading the session in %q: %w", sessionFile(dir), err)
	}
	// Everything that is deployed to the emulator goes there.
	if address, err := url.Parse(session.URL); err != nil || address.Hostname() != "127.0.0.1" {
		return nil, fmt.Errorf("the session in %q names %q, which is not on this machine; remove the file", sessionFile(dir), session.URL)
	}
	if !session.alive() {
		return nil, nil
	}
	return &session, nil
}

func (s *Session) alive() bool {
	client := &http.Client{Timeout: 5 * time.Second}
	response, err := client.Get(s.URL + sessionPath)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }() // read
	var who struct{ PID int }
	return json.NewDecoder(response.Body).Decode(&who) == nil && who.PID == s.PID
}

// Stop ends a session by its process id and waits until it has ended.
func (s *Session) Stop() error {
	err := syscall.Kill(s.PID, syscall.SIGTERM)
	if errors.Is(err, syscall.ESRCH) { // it ended by itself, or another command stopped it
		return nil
	}
	if err != nil {
		return fmt.Errorf("stopping the emulator, process %d: %w", s.PID, err)
	}
	for end := time.Now().Add(2 * stopDeadline); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if !s.alive() {
			return nil
		}
	}
	return fmt.Errorf("stopping the emulator: process %d does not end", s.PID)
}
