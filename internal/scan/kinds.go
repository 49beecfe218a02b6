package scan

import "github.com/titan-platform/titan/environments"

// What an environment is beside its tier, as far as a suppression may hold for that alone.
const (
	standby      = "standby"       // its data is a copy
	unprotected  = "unprotected"   // protection is not full
	singleRegion = "single-region" // it has no second region
)

// kinds are all that an environment can be, in the words of suppressions.
func kinds() []string {
	var all []string
	for _, tier := range environments.Tiers() {
		all = append(all, string(tier))
	}
	return append(all, standby, unprotected, singleRegion)
}

// KindsOf are what an environment is: suppressions hold for that, and not for a name, which differs from file to file.
func KindsOf(e environments.Environment) []string {
	of := []string{string(e.Tier)}
	for kind, is := range map[string]bool{
		standby: e.Standby(), unprotected: !e.Protected(), singleRegion: e.SecondRegion == "",
	} {
		if is {
			of = append(of, kind)
		}
	}
	return of
}
