package observability

// replicationAlarms declare what tells of objects that S3 could not replicate. S3 sends no event of them to EventBridge
// (Amazon S3 User Guide, 'Using EventBridge'); the metric is there for rules whose metrics are on, in the source's
// region (same guide, 'Monitoring replication with metrics'), and only while objects are replicated.
func (r *region) replicationAlarms(replications []Replication) {
	for _, one := range replications {
		r.alarm(alarm{
			id:          "replication-failed",
			instance:    one.ID,
			description: "S3 could not copy an object to the other region",
			metric: metric{
				namespace: "AWS/S3",
				name:      "OperationsFailedReplication",
				statistic: "Sum",
				dimensions: map[string]string{
					"SourceBucket": one.Source, "DestinationBucket": one.Destination, "RuleId": one.RuleID,
				},
			},
			comparison: above,
			threshold:  0,
			period:     300,
			points:     1,
			missing:    notBreaching,
		})
	}
}
