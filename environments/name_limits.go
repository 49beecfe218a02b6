package environments

import (
	"fmt"
	"strings"
)

// nameLimit is AWS's limit for the longest name of a kind, and the settings in that name.
type nameLimit struct {
	kind, name string
	most       int // characters
}

// projectLimits are the limits of names made of project and environment. The buckets' are the first to break: those of
// the deployer and of the second region where a region's name is long, else the load balancer's.
func (e Environment) projectLimits() []nameLimit {
	limits := []nameLimit{
		// S3 User Guide, 'General purpose bucket naming rules'.
		{"bucket", e.Bucket("deployer"), 63},
		{"bucket", e.GlobalBucket("accesslogs"), 63},                      // the same
		{"load balancer", e.LoadBalancerName(), 32},                       // ELBv2 CreateLoadBalancer
		{"cache user", e.CacheUserName(), 40},                             // ElastiCache CreateUser
		{"IAM role", e.Prefix() + "-amazon-cloudwatch-observability", 64}, // IAM CreateRole; the longest of ours
		{"X-Ray sampling rule", e.Prefix(), 32},                           // X-Ray CreateSamplingRule
	}
	if e.SecondRegion != "" {
		limits = append(limits, nameLimit{"bucket", e.SecondBucket("artifacts"), 63})
	}
	return limits
}

// applicationLimits are the limits of names made of application and environment.
func (e Environment) applicationLimits() []nameLimit {
	return []nameLimit{
		{"X-Ray group", e.TraceGroupName(), 32}, // X-Ray CreateGroup
		// RDS DeleteDBCluster, FinalDBSnapshotIdentifier.
		{"last database snapshot", e.SnapshotName("final-20260101000000"), 63},
	}
}

// validateLengths holds all names to AWS's limits, by what their settings may have together.
func (f *file) validateLengths() {
	project := part{"the account's project", f.Project()}
	application := part{"application.name", f.Application.Name}
	name := part{"the file's name", f.Name}
	if f.Application.Name == defaultApplication { // the document's X-Ray group has not its name
		f.validateLength(tightest(f.applicationLimits()), name)
	} else {
		f.validateLength(tightest(f.applicationLimits()), application, name)
	}
	f.validateLength(tightest(f.projectLimits()), project, name)
}

// part is a setting that is in a name.
type part struct{ says, value string }

// validateLength reports a name that is too long, by the parts that can be made shorter.
func (f *file) validateLength(limit nameLimit, parts ...part) {
	over := len(limit.name) - limit.most
	if over <= 0 {
		return
	}
	var says []string
	have := 0
	for _, one := range parts {
		says = append(says, fmt.Sprintf("%s %q", one.says, one.value))
		have += len(one.value)
	}
	together, shorten := "", "it"
	if len(parts) > 1 {
		together, shorten = " together", "one of them"
	}
	f.whole("makes %s%s %d characters long, and there is room for %d: the %s would be called %q, %d characters of "+
		"at most %d; shorten %s by %d", strings.Join(says, " and "), together, have, have-over,
		limit.kind, limit.name, len(limit.name), limit.most, shorten, over)
}

// tightest is the limit that leaves the least room.
func tightest(limits []nameLimit) nameLimit {
	least := limits[0]
	for _, limit := range limits[1:] {
		if limit.most-len(limit.name) < least.most-len(least.name) {
			least = limit
		}
	}
	return least
}
