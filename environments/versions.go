package environments

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// supportNotice is how long before the end of support a warning begins: time enough for staging first.
const supportNotice = 60 * 24 * time.Hour

// validateVersion refuses a version that EKS does not have. One past its support stays legal: a committed file must not
// stop working by itself one morning.
func (c Cluster) validateVersion(say report) {
	if _, known := kubernetesVersions[c.Version]; !known {
		say("cluster.version", "is %q, which EKS does not offer; allowed: %s", c.Version, strings.Join(knownVersions(), ", "))
	}
}

// supportWarning is what to say of the version's standard support at a time, nothing while there is time.
func (c Cluster) supportWarning(now time.Time) string {
	support, known := kubernetesVersions[c.Version]
	end := support.Standard
	switch {
	case !known || now.Add(supportNotice).Before(end):
		return ""
	case now.Before(end):
		return fmt.Sprintf("%q leaves standard support on %s, when EKS begins to upgrade it by itself; upgrade to %s before",
			c.Version, end.Format(time.DateOnly), c.nextVersion())
	}
	return fmt.Sprintf(
		"%q left standard support on %s: EKS upgrades it by itself at a time of its own, "+
			"and this file then no longer fits; upgrade to %s", c.Version, end.Format(time.DateOnly), c.nextVersion())
}

// nextVersion is the version after the cluster's: EKS upgrades one minor version at a time.
func (c Cluster) nextVersion() string {
	versions := knownVersions()
	i := slices.Index(versions, c.Version)
	if i+1 == len(versions) {
		return "a newer one, once environments/versions.go knows it"
	}
	return versions[i+1]
}
