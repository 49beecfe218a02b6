package tests

import (
	"testing"

	"github.com/titan-platform/titan/tests/platformtest"
)

// TestFixtures holds the fixtures to what any environments are held to, and to their golden files, so that a change to
// the platform is seen as the change to its JSON.
func TestFixtures(t *testing.T) {
	platformtest.Run(t, platformtest.Options{Environments: fixtures, Golden: "golden"})
}

// TestThisRepositorysEnvironments holds the files of environments/ to the same. They have no golden files: nobody has
// deployed the samples, and whoever makes them theirs has a repository of their own.
func TestThisRepositorysEnvironments(t *testing.T) {
	platformtest.Run(t, platformtest.Options{Environments: "../environments"})
}

// TestAnotherOrganization holds another organization's to the same.
func TestAnotherOrganization(t *testing.T) {
	platformtest.Run(t, platformtest.Options{Environments: otherOrganization})
}
