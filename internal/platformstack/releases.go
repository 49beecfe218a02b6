package platformstack

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Release is a helm_release as the provider gets it.
type Release struct {
	Name, Namespace, Version string

	// Chart is the chart's name in its Repository; without one, the path of a chart of ours.
	Chart, Repository string
	SkipCRDs          bool `json:"skip_crds"`

	// Values are its values, whole.
	Values Object `json:"-"`
}

// Ours is whether the chart is one of ours, and in no repository.
func (r Release) Ours() bool { return r.Repository == "" }

// Releases are the releases, each after those that it depends on.
func (s *Stack) Releases() ([]Release, error) {
	blocks := s.Resources["helm_release"]
	var releases []Release
	done := map[string]bool{}
	for len(done) < len(blocks) {
		before := len(done)
		for _, id := range slices.Sorted(maps.Keys(blocks)) {
			if done[id] || !isNext(blocks[id], done, blocks) {
				continue
			}
			release, err := s.release(id)
			if err != nil {
				return nil, err
			}
			releases = append(releases, release)
			done[id] = true
		}
		if len(done) == before {
			return nil, fmt.Errorf("%s: releases depend on each other in a circle", s.Dir)
		}
	}
	return releases, nil
}

// isNext is whether all releases that a block depends on are done.
func isNext(block Object, done map[string]bool, blocks map[string]Object) bool {
	list, _ := block["depends_on"].([]any)
	return !slices.ContainsFunc(list, func(address any) bool {
		id, isRelease := strings.CutPrefix(fmt.Sprint(address), "helm_release.")
		return isRelease && blocks[id] != nil && !done[id]
	})
}

func (s *Stack) release(id string) (Release, error) {
	block := s.Resources["helm_release"][id]
	encoded, err := json.Marshal(block)
	if err != nil {
		return Release{}, fmt.Errorf("reading release %s: %w", id, err)
	}
	var r Release
	if err := json.Unmarshal(encoded, &r); err != nil {
		return Release{}, fmt.Errorf("reading release %s: %w", id, err)
	}
	texts, _ := block["values"].([]any)
	if len(texts) != 1 {
		return Release{}, fmt.Errorf("release %s has %d documents of values, want one", id, len(texts))
	}
	if err := json.Unmarshal([]byte(fmt.Sprint(texts[0])), &r.Values); err != nil {
		return Release{}, fmt.Errorf("reading the values of release %s: %w", id, err)
	}
	if r.Ours() {
		r.Chart = filepath.Join(s.Dir, r.Chart)
	}
	return r, nil
}
