package stacks

import (
	"slices"
	"testing"

	"golang.org/x/mod/semver"
)

func TestTheTableOfRenamedConstructs(t *testing.T) {
	if _, err := extensions(nil).moved(); err != nil {
		t.Error(err)
	}
	var versions []string
	for _, release := range renamed {
		if !semver.IsValid(release.version) || len(release.rows) == 0 {
			t.Errorf("release %q has %d rows; a version is v1.2.3", release.version, len(release.rows))
		}
		versions = append(versions, release.version)
	}
	if !slices.IsSortedFunc(versions, semver.Compare) {
		t.Errorf("the oldest is not the first: %v", versions)
	}
}
