package observability

import "fmt"

// databaseAlarms declares what tells of Aurora. It returns what means that nobody takes writes; a database that scales
// to nothing has no such alarm.
func (o *observability) databaseAlarms() []declared {
	t := o.Settings.Thresholds
	var causes []declared
	if !o.Database.Pauses {
		causes = append(causes, o.alarm(alarm{
			id:          "database-writer",
			description: "The database has no writer: none has told of itself for three minutes",
			metric:      o.Database.metric("CPUUtilization", "SampleCount", "WRITER"),
			comparison:  below,
			threshold:   1,
			points:      3,
			missing:     breaching, // an instance that runs tells of itself every minute
			noActions:   true,
		}))
	}
	o.alarm(alarm{
		id:          "database-cpu",
		description: fmt.Sprintf("The writer has used more than %d %% of its CPU for ten minutes", t.CPUPercent),
		metric:      o.Database.metric("CPUUtilization", "Average", "WRITER"),
		comparison:  above,
		threshold:   t.CPUPercent,
		points:      10,
		missing:     notBreaching,
	})
	if o.Database.Readers {
		o.readerAlarms()
	}
	o.alarm(alarm{
		// Of a serverless instance this is what it would have free at its maximum (Aurora User Guide, 'Important Amazon
		// CloudWatch metrics for Aurora Serverless v2'), so it too is a matter of one threshold.
		id:          "database-memory",
		description: fmt.Sprintf("An instance has had less than %d MiB of memory free for five minutes", t.DatabaseMemoryMiB),
		metric:      o.Database.metric("FreeableMemory", "Minimum", ""),
		comparison:  below,
		threshold:   t.DatabaseMemoryMiB << 20,
		points:      5,
		missing:     notBreaching,
	})
	o.alarm(alarm{
		id:          "database-connections",
		description: fmt.Sprintf("An instance has had more than %d connections for five minutes", t.DatabaseConnections),
		metric:      o.Database.metric("DatabaseConnections", "Maximum", ""),
		comparison:  above,
		threshold:   t.DatabaseConnections,
		points:      5,
		missing:     notBreaching,
	})
	o.logAlarm("database-errors",
		"PostgreSQL has logged more than %d fatal errors, failed logins among them, in five minutes",
		t.DatabaseErrors, o.databaseErrors())
	return causes
}

// readerAlarms declares what tells of the readers. The alarms that add and take away readers are Application Auto
// Scaling's own (TargetTracking-…): it makes them, and they act.
func (o *observability) readerAlarms() {
	t := o.Settings.Thresholds
	o.alarm(alarm{
		id: "database-readers-cpu",
		description: fmt.Sprintf(
			"The readers have used more than %d %% of their CPU for ten minutes: autoscaling did not help, or has no room",
			t.CPUPercent),
		metric:     o.Database.metric("CPUUtilization", "Average", "READER"),
		comparison: above,
		threshold:  t.CPUPercent,
		points:     10,
		missing:    notBreaching,
	})
	o.alarm(alarm{
		id: "database-lag",
		description: fmt.Sprintf("A reader has been more than %d ms behind the writer for five minutes",
			t.ReplicaLagMilliseconds),
		metric:     o.Database.metric("AuroraReplicaLagMaximum", "Maximum", ""),
		comparison: above,
		threshold:  t.ReplicaLagMilliseconds,
		points:     5,
		missing:    notBreaching,
	})
}

// metric is a metric of the cluster's instances: of those with a role, WRITER or READER, or of all.
func (d Database) metric(name, statistic, role string) metric {
	dimensions := map[string]string{"DBClusterIdentifier": d.Identifier}
	if role != "" {
		dimensions["Role"] = role
	}
	return metric{namespace: "AWS/RDS", name: name, dimensions: dimensions, statistic: statistic}
}
