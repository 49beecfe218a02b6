package environments

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Support is until when AWS mends a version.
type Support struct {
	Standard time.Time // the first day without it; the zero time is a day that nobody has named
	Extended time.Time // the same of support that costs more; the zero time is none that is offered here
}

// kubernetesVersions are the Kubernetes versions that EKS offers. Source: EKS User Guide, 'Understand the Kubernetes
// version lifecycle on EKS', read 2026-11-23; extended support is the twelve months after standard support.
var kubernetesVersions = map[string]Support{
	"1.33": {date(2026, time.July, 29), date(2027, time.July, 29)},
	"1.34": {date(2026, time.December, 2), date(2027, time.December, 2)},
	"1.35": {date(2027, time.March, 27), date(2028, time.March, 27)},
	"1.36": {date(2027, time.August, 2), date(2028, time.August, 2)},
}

// auroraVersions are Aurora PostgreSQL's major versions. Clusters refuse extended support (modules/database), so after
// its day Aurora upgrades them by itself. Source: Release Notes for Aurora PostgreSQL, 'Aurora PostgreSQL release
// calendars'.
var auroraVersions = map[string]Support{
	"15": {Standard: date(2028, time.February, 29)},
	"16": {Standard: date(2029, time.February, 28)},
	"17": {Standard: date(2030, time.February, 28)},
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// KubernetesSupport is the support of a minor version; false where EKS does not offer it.
func KubernetesSupport(version string) (Support, bool) {
	found, known := kubernetesVersions[version]
	return found, known
}

// KubernetesVersions are the minor versions that EKS offers, the oldest first: an upgrade goes through each of them.
func KubernetesVersions() []string { return knownVersions() }

// AuroraSupport is the support of the major version of an engine version, such as 17.9; false where no day is known.
func AuroraSupport(engineVersion string) (Support, bool) {
	major, _, _ := strings.Cut(engineVersion, ".")
	found, known := auroraVersions[major]
	return found, known
}

// PastSupport are the versions of an environment's file that have left standard support at a time, with the day and
// what happens then, as readers are told.
func (e Environment) PastSupport(now time.Time) []string {
	var past []string
	if support, known := KubernetesSupport(e.Cluster.Version); known && !now.Before(support.Standard) {
		past = append(past, fmt.Sprintf("%s: cluster.version %s left standard support on %s",
			e.Name, e.Cluster.Version, support.Standard.Format(time.DateOnly)))
	}
	if support, known := AuroraSupport(e.Database.EngineVersion); known && !now.Before(support.Standard) {
		past = append(past, fmt.Sprintf("%s: database.engine_version %s left standard support on %s",
			e.Name, e.Database.EngineVersion, support.Standard.Format(time.DateOnly)))
	}
	return past
}

func knownVersions() []string {
	var versions []string
	for version := range kubernetesVersions {
		versions = append(versions, version)
	}
	slices.Sort(versions) // 1.100 is far
	return versions
}
