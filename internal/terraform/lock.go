package terraform

import (
	"fmt"
	"regexp"
	"strings"
)

// LockError says that the state is locked: by another run, or by one that was killed.
type LockError struct {
	ID, Who, Created string
	Dir              string // the stack's folder
}

// Error names the lock and says what to do.
func (e *LockError) Error() string {
	return fmt.Sprintf(`the state is locked: lock %s, held by %s since %s
If that run is alive, wait for it. If it was killed, take its lock away and run this again:
  cd %s && terraform force-unlock %s`, e.ID, e.Who, e.Created, e.Dir, e.ID)
}

// Terraform prints the lock as `  ID:        6f2c…` under 'Lock Info:', within a box of │.
var lockField = regexp.MustCompile(`(?m)^[│\s]*(ID|Who|Created):\s+(.+?)\s*$`)

// findLock is the lock that Terraform complains of, nil where it complains of something else.
func findLock(complaint string) *LockError {
	if !strings.Contains(complaint, "Error acquiring the state lock") {
		return nil
	}
	var lock LockError
	for _, field := range lockField.FindAllStringSubmatch(complaint, -1) {
		switch field[1] {
		case "ID":
			lock.ID = field[2]
		case "Who":
			lock.Who = field[2]
		case "Created":
			lock.Created = field[2]
		}
	}
	return &lock
}

// FindLock is the lock in the output of a program that runs Terraform, such as the cdktf CLI; nil where there is none.
func FindLock(output, dir string) *LockError {
	lock := findLock(output)
	if lock != nil {
		lock.Dir = dir
	}
	return lock
}
