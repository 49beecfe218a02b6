package platformdemo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/titan-platform/titan/internal/platformstack"
)

// fetchDeadline is how long one chart may take to be fetched.
const fetchDeadline = time.Minute

// Missing is a release whose chart is not to be had.
type Missing struct {
	platformstack.Release
	Why error
}

// archives are charts of repositories, as files of this machine.
type archives struct {
	folders []string // to look in, the last one to fetch to
	helm    func(ctx context.Context, arguments ...string) (string, error)
}

// file is the name that `helm pull` gives a chart's archive.
func file(r platformstack.Release) string { return r.Chart + "-" + r.Version + ".tgz" }

// fetch returns the archives of releases by name, and those that are not to be had.
func (a archives) fetch(ctx context.Context, releases []platformstack.Release) (map[string]string, []Missing) {
	found, missing := make([]string, len(releases)), make([]error, len(releases))
	var wait sync.WaitGroup
	for i, r := range releases {
		if r.Ours() {
			continue
		}
		wait.Go(func() { found[i], missing[i] = a.one(ctx, r) })
	}
	wait.Wait()
	byName, without := map[string]string{}, []Missing(nil)
	for i, r := range releases {
		if missing[i] != nil {
			without = append(without, Missing{r, missing[i]})
		} else if found[i] != "" {
			byName[r.Name] = found[i]
		}
	}
	return byName, without
}

func (a archives) one(ctx context.Context, r platformstack.Release) (string, error) {
	for _, folder := range a.folders {
		path := filepath.Join(folder, file(r))
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	ctx, cancel := context.WithTimeout(ctx, fetchDeadline)
	defer cancel()
	to := a.folders[len(a.folders)-1]
	if err := os.MkdirAll(to, 0o755); err != nil {
		return "", err
	}
	_, err := a.helm(ctx, "pull", r.Chart, "--repo", r.Repository, "--version", r.Version, "--destination", to)
	if err != nil {
		return "", fmt.Errorf("fetching %s %s: %w", r.Chart, r.Version, err)
	}
	return filepath.Join(to, file(r)), nil
}
