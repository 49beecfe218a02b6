package emulator

import (
	"fmt"
	"strings"
	"time"
)

// backupSnapshot is a cluster snapshot that AWS Backup made:
// arn:aws:rds:REGION:ACCOUNT:cluster-snapshot:awsbackup:job-….
type backupSnapshot struct {
	arn     string
	cluster string // ARN of what it was made of
	created time.Time
}

// backUp makes a snapshot of a cluster for AWS Backup. It returns false if there is no such cluster.
func (s *rdsSnapshots) backUp(made backupSnapshot) bool {
	cluster, key := snapshotKey("", made.cluster), snapshotKey("", made.arn)
	source, ok := s.clusters.get(cluster)
	if !ok {
		return false
	}
	s.sources.put(key, source)
	carry(s.data, cluster, s.frozen, key)
	s.backups.put(key, made)
	return true
}

// copyBackup copies a snapshot of AWS Backup. It does nothing if there is no such snapshot.
func (s *rdsSnapshots) copyBackup(from string, made backupSnapshot) {
	original, key := snapshotKey("", from), snapshotKey("", made.arn)
	if source, ok := s.sources.get(original); ok {
		s.sources.put(key, source)
		carry(s.frozen, original, s.frozen, key)
		s.backups.put(key, made)
	}
}

// removeBackup deletes a snapshot of AWS Backup.
func (s *rdsSnapshots) removeBackup(arn string) {
	key := snapshotKey("", arn)
	s.sources.remove(key)
	s.frozen.remove(key)
	s.backups.remove(key)
}

// ofBackup answers for one snapshot of AWS Backup, by its name or ARN.
func (s *rdsSnapshots) ofBackup(r *Request, id string) *Reply {
	made, ok := s.backups.get(snapshotKey(r.Region, id))
	switch {
	case !ok:
		return nil
	case r.Action == "DescribeDBClusterSnapshots":
		return rdsReply(r.Action, "<DBClusterSnapshots>"+s.backupXML(made)+"</DBClusterSnapshots>")
	case r.Action == "DeleteDBClusterSnapshot":
		return r.badRequest("InvalidDBClusterSnapshotStateFault", "AWS Backup deletes its snapshots.")
	}
	return nil
}

// backupList is AWS Backup's part of a list of snapshots. It is empty unless the call asks for it (RDS API Reference,
// DescribeDBClusterSnapshots, SnapshotType).
func (s *rdsSnapshots) backupList(r *Request) string {
	if r.Form.Get("SnapshotType") != "awsbackup" {
		return ""
	}
	var all strings.Builder
	of := r.Form.Get("DBClusterIdentifier")
	for _, made := range s.backups.below("") {
		isAsked := of == "" || of == made.cluster || of == nameIn(made.cluster)
		if strings.Split(made.arn, ":")[3] == r.Region && isAsked {
			all.WriteString(s.backupXML(made))
		}
	}
	return all.String()
}

// nameIn is the name in an ARN of RDS.
func nameIn(arn string) string {
	_, name, _ := strings.Cut(snapshotKey("", arn), "|")
	return name
}

func (s *rdsSnapshots) backupXML(made backupSnapshot) string {
	source, _ := s.sources.get(snapshotKey("", made.arn))
	var text strings.Builder
	for _, field := range []field{
		{"DBClusterSnapshotIdentifier", nameIn(made.arn)}, {"DBClusterSnapshotArn", made.arn},
		{"DBClusterIdentifier", nameIn(made.cluster)}, {"SnapshotCreateTime", made.created.UTC().Format(time.RFC3339)},
		{"MasterUsername", source.Form.Get("MasterUsername")}, {"Engine", source.Form.Get("Engine")},
		{"EngineVersion", source.Form.Get("EngineVersion")}, {"StorageEncrypted", "true"},
		{"SnapshotType", "awsbackup"}, {"Status", "available"}, {"PercentProgress", "100"},
	} {
		fmt.Fprintf(&text, "<%[1]s>%[2]s</%[1]s>", field.element, escape(field.content))
	}
	return "<DBClusterSnapshot>" + text.String() + "</DBClusterSnapshot>"
}
