package limits

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

const s3Guide = "S3 user guide, "

func lifecycleRules() []Rule {
	return []Rule{{"lifecycles of buckets", s3Guide + "'Lifecycle configuration elements' and 'Transitioning objects'",
		[]string{"s3 PutBucketLifecycleConfiguration"}, lifecycles}}
}

// lifecycle is a rule of a bucket's lifecycle configuration.
type lifecycle struct {
	ID         string
	Filter     any
	Expiration *struct {
		Days                      *int
		Date                      any
		ExpiredObjectDeleteMarker bool
	}
	Transitions []struct {
		Days         *int
		StorageClass string
	}
	NoncurrentVersionExpiration  *struct{ NoncurrentDays *int }
	NoncurrentVersionTransitions []struct {
		NoncurrentDays *int
		StorageClass   string
	}
	AbortIncompleteMultipartUpload any
}

func lifecycles(call *protocol.Call, report *Report) {
	var input struct {
		LifecycleConfiguration struct{ Rules []lifecycle }
	}
	call.Into(&input)
	rules, ids := input.LifecycleConfiguration.Rules, map[string]bool{}
	report.AtMost(".LifecycleConfiguration.Rules", "lifecycle rules of a bucket", len(rules), 1000)
	for i, one := range rules {
		at := fmt.Sprintf(".LifecycleConfiguration.Rules[%d]", i)
		if ids[one.ID] {
			report.Breaks(at+".ID", one.ID, "an ID that no other rule has")
		}
		ids[one.ID] = true
		report.AtMost(at+".ID", "characters of a lifecycle rule's ID", len(one.ID), 255)
		one.checkDays(at, report)
		one.checkTags(at, report)
	}
}

// leastInfrequent is how many days an object is old before it moves to an Infrequent Access class.
const leastInfrequent = 30

func (l lifecycle) checkDays(at string, report *Report) {
	last := -1
	for _, move := range l.Transitions {
		if move.Days == nil {
			continue
		}
		last = max(last, *move.Days)
		if strings.HasSuffix(move.StorageClass, "_IA") && *move.Days < leastInfrequent {
			report.Breaks(at+".Transitions", fmt.Sprintf("%s after %d days", move.StorageClass, *move.Days),
				">= 30 days before Infrequent Access")
		}
	}
	if l.Expiration != nil && l.Expiration.Days != nil && last >= *l.Expiration.Days {
		report.Breaks(at+".Expiration", *l.Expiration.Days,
			fmt.Sprintf("after the last transition, which is after %d days", last))
	}
	last = -1
	for _, move := range l.NoncurrentVersionTransitions {
		if move.NoncurrentDays == nil {
			continue
		}
		last = max(last, *move.NoncurrentDays)
		if strings.HasSuffix(move.StorageClass, "_IA") && *move.NoncurrentDays < leastInfrequent {
			report.Breaks(at+".NoncurrentVersionTransitions", *move.NoncurrentDays, ">= 30 days before Infrequent Access")
		}
	}
	expiration := l.NoncurrentVersionExpiration
	if expiration != nil && expiration.NoncurrentDays != nil && last >= *expiration.NoncurrentDays {
		report.Breaks(at+".NoncurrentVersionExpiration", *expiration.NoncurrentDays,
			fmt.Sprintf("after the last transition, which is after %d days", last))
	}
}

func (l lifecycle) checkTags(at string, report *Report) {
	isTagged := hasTagFilter(l.Filter)
	if e := l.Expiration; e != nil && e.ExpiredObjectDeleteMarker && (e.Days != nil || e.Date != nil || isTagged) {
		report.Breaks(at+".Expiration", "ExpiredObjectDeleteMarker", "alone, and without a filter of tags")
	}
	if isTagged && l.AbortIncompleteMultipartUpload != nil {
		report.Breaks(at+".AbortIncompleteMultipartUpload", l.ID, "without a filter of tags")
	}
}

// hasTagFilter is whether a filter of a lifecycle's or a replication's rule looks at tags.
func hasTagFilter(filter any) bool {
	found := false
	walk("", filter, func(path string, value any) {
		found = found || value != nil && (strings.HasSuffix(path, ".Tag") || strings.HasSuffix(path, ".Tags"))
	})
	return found
}
