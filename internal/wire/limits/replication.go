package limits

import (
	"fmt"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func replicationRules() []Rule {
	return []Rule{{"replication of buckets", s3Guide + "'Replication configuration file elements'",
		[]string{"s3 PutBucketReplication"}, replications}}
}

func replications(call *protocol.Call, report *Report) {
	var input struct {
		ReplicationConfiguration struct {
			Rules []struct {
				ID                      string
				Priority                *int
				Filter                  any
				DeleteMarkerReplication *struct{ Status string }
				SourceSelectionCriteria struct {
					SSEKMSEncryptedObjects struct{ Status string }
				}
				Destination struct {
					ReplicationTime         *struct{ Time struct{ Minutes int } }
					EncryptionConfiguration any
				}
			}
		}
	}
	call.Into(&input)
	priorities := map[int]bool{}
	for i, one := range input.ReplicationConfiguration.Rules {
		at := fmt.Sprintf(".ReplicationConfiguration.Rules[%d]", i)
		if one.Priority != nil {
			if priorities[*one.Priority] {
				report.Breaks(at+".Priority", *one.Priority, "a priority that no other rule has")
			}
			priorities[*one.Priority] = true
		}
		if one.Filter != nil && (one.Priority == nil || one.DeleteMarkerReplication == nil) {
			report.Breaks(at, one.ID, "Priority and DeleteMarkerReplication in a rule with Filter")
		}
		if hasTagFilter(one.Filter) && one.DeleteMarkerReplication != nil &&
			one.DeleteMarkerReplication.Status == "Enabled" {
			report.Breaks(at+".DeleteMarkerReplication", one.ID, "Disabled in a rule with a filter of tags")
		}
		if one.Destination.ReplicationTime != nil && one.Destination.ReplicationTime.Time.Minutes != 15 {
			report.Breaks(at+".Destination.ReplicationTime", one.Destination.ReplicationTime.Time.Minutes, "15 minutes")
		}
		if one.Destination.EncryptionConfiguration != nil &&
			one.SourceSelectionCriteria.SSEKMSEncryptedObjects.Status != "Enabled" {
			report.Breaks(at+".SourceSelectionCriteria", one.ID, "SseKmsEncryptedObjects enabled with EncryptionConfiguration")
		}
	}
}
