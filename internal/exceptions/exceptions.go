// Package exceptions holds findings against a list of those that somebody lives with, for a reason.
package exceptions

import "slices"

// Judge parts findings into those that stand and those that an exception covers, and names the exceptions that covered
// nothing. A finding is covered by the first exception that fits.
func Judge[F, E any](findings []F, list []E, covers func(E, F) bool) (standing, covered []F, idle []E) {
	used := make([]bool, len(list))
	for _, finding := range findings {
		i := slices.IndexFunc(list, func(exception E) bool { return covers(exception, finding) })
		if i < 0 {
			standing = append(standing, finding)
			continue
		}
		used[i] = true
		covered = append(covered, finding)
	}
	for i, exception := range list {
		if !used[i] {
			idle = append(idle, exception)
		}
	}
	return standing, covered, idle
}
