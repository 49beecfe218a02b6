package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// rdsSnapshots stands in for copies of cluster snapshots and clusters restored from them, which the emulator can't make, and for exports of
// snapshots. All are there, and complete, at once.
type rdsSnapshots struct {
	copies  *store[*Request] // by region and identifier, the call that made it
	exports *store[*Request]

	clusters *store[*Request] // the calls that made clusters, by region and identifier
	sources  *store[*Request] // the same calls by region and identifier of the clusters' snapshots and their copies

	data    *store[string]         // markers of clusters, by region and identifier, see MarkData
	frozen  *store[string]         // those of snapshots
	backups *store[backupSnapshot] // those that AWS Backup made

	isLost func(region string) bool
}

func newRDSSnapshots(isLost func(region string) bool) *rdsSnapshots {
	return &rdsSnapshots{
		isLost: isLost,
		copies: newStore[*Request](), exports: newStore[*Request](), clusters: newStore[*Request](), sources: newStore[*Request](),
		data: newStore[string](), frozen: newStore[string](), backups: newStore[backupSnapshot](),
	}
}

func (s *rdsSnapshots) answer(r *Request) *Reply {
	switch r.Action {
	case "CreateDBCluster":
		s.clusters.put(r.Region+"|"+r.Form.Get("DBClusterIdentifier"), r)
	case "CreateDBClusterSnapshot":
		if cluster, ok := s.clusters.get(r.Region + "|" + r.Form.Get("DBClusterIdentifier")); ok {
			s.sources.put(r.Region+"|"+r.Form.Get("DBClusterSnapshotIdentifier"), cluster)
		}
	case "RestoreDBClusterFromSnapshot":
		return s.restore(r)
	case "CopyDBClusterSnapshot":
		return s.copyTo(r, r.Region+"|"+r.Form.Get("TargetDBClusterSnapshotIdentifier"))
	case "DescribeDBClusterSnapshots", "DescribeDBClusterSnapshotAttributes", "DeleteDBClusterSnapshot":
		return s.copy(r, r.Form.Get("DBClusterSnapshotIdentifier"))
	case "ListTagsForResource":
		_, id, _ := strings.Cut(r.Form.Get("ResourceName"), ":cluster-snapshot:")
		if made, ok := s.copies.get(r.Region + "|" + id); ok {
			return rdsReply(r.Action, "<TagList>"+tagList(made)+"</TagList>")
		}
	case "StartExportTask":
		s.exports.put(r.Region+"|"+r.Form.Get("ExportTaskIdentifier"), r)
		return rdsReply(r.Action, exported(r))
	case "DescribeExportTasks":
		if made, ok := s.exports.get(r.Region + "|" + r.Form.Get("ExportTaskIdentifier")); ok {
			return rdsReply(r.Action, "<ExportTasks><ExportTask>"+exported(made)+"</ExportTask></ExportTasks>")
		}
		return rdsReply(r.Action, "<ExportTasks></ExportTasks>")
	case "CancelExportTask": // too late
		return r.failure(http.StatusBadRequest, "InvalidExportTaskStateFault")
	}
	return nil
}

// copyTo copies a snapshot, of this region or another.
func (s *rdsSnapshots) copyTo(r *Request, target string) *Reply {
	from := snapshotKey(r.Region, r.Form.Get("SourceDBClusterSnapshotIdentifier"))
	source, ok := s.sources.get(from)
	if !ok {
		return r.failure(http.StatusNotFound, "DBClusterSnapshotNotFoundFault")
	}
	if region, _, _ := strings.Cut(from, "|"); s.isLost(region) {
		return r.badRequest("InvalidDBClusterSnapshotStateFault", unreachable(region))
	}
	s.sources.put(target, source)
	carry(s.frozen, from, s.frozen, target)
	s.copies.put(target, r)
	return rdsReply(r.Action, "<DBClusterSnapshot>"+copied(r)+"</DBClusterSnapshot>")
}

// copy answers for a copy of ours; another snapshot is the emulator's.
func (s *rdsSnapshots) copy(r *Request, id string) *Reply {
	made, ok := s.copies.get(r.Region + "|" + id)
	if !ok {
		return s.ofBackup(r, id)
	}
	switch r.Action {
	case "DescribeDBClusterSnapshots":
		return rdsReply(r.Action, "<DBClusterSnapshots><DBClusterSnapshot>"+copied(made)+"</DBClusterSnapshot></DBClusterSnapshots>")
	case "DescribeDBClusterSnapshotAttributes":
		return rdsReply(r.Action, "<DBClusterSnapshotAttributesResult><DBClusterSnapshotIdentifier>"+escape(id)+"</DBClusterSnapshotIdentifier><DBClusterSnapshotAttributes>"+
			"<DBClusterSnapshotAttribute><AttributeName>restore</AttributeName><AttributeValues></AttributeValues></DBClusterSnapshotAttribute>"+
			"</DBClusterSnapshotAttributes></DBClusterSnapshotAttributesResult>")
	}
	s.copies.remove(r.Region + "|" + id)
	s.sources.remove(r.Region + "|" + id)
	s.frozen.remove(r.Region + "|" + id)
	return rdsReply(r.Action, "<DBClusterSnapshot>"+copied(made)+"</DBClusterSnapshot>")
}

// withCopies puts a region's copies into the list of its snapshots.
func (s *rdsSnapshots) withCopies(r *Request, body []byte) ([]byte, []string) {
	if r.Action != "DescribeDBClusterSnapshots" || r.Form.Get("DBClusterSnapshotIdentifier") != "" {
		return body, nil
	}
	var all strings.Builder
	for _, made := range s.copies.below(r.Region) {
		all.WriteString("<DBClusterSnapshot>" + copied(made) + "</DBClusterSnapshot>")
	}
	all.WriteString(s.backupList(r))
	return []byte(strings.Replace(string(body), "</DBClusterSnapshots>", all.String()+"</DBClusterSnapshots>", 1)), nil
}

// copied is a copy as RDS describes it; of its source only the name is known here.
func copied(made *Request) string {
	source, id := made.Form.Get("SourceDBClusterSnapshotIdentifier"), made.Form.Get("TargetDBClusterSnapshotIdentifier")
	account := "000000000000"
	if steps := strings.Split(source, ":"); len(steps) > 4 {
		account = steps[4]
	}
	return fmt.Sprintf("<DBClusterSnapshotIdentifier>%s</DBClusterSnapshotIdentifier><DBClusterSnapshotArn>arn:aws:rds:%s:%s:cluster-snapshot:%s</DBClusterSnapshotArn>"+
		"<SourceDBClusterSnapshotArn>%s</SourceDBClusterSnapshotArn><KmsKeyId>%s</KmsKeyId><StorageEncrypted>true</StorageEncrypted>"+
		"<Engine>aurora-postgresql</Engine><EngineVersion>17.9</EngineVersion><LicenseModel>postgresql-license</LicenseModel><AllocatedStorage>1</AllocatedStorage>"+
		"<SnapshotType>manual</SnapshotType><Status>available</Status><VpcId>vpc-00000000</VpcId><StorageType>aurora</StorageType><PercentProgress>100</PercentProgress>",
		escape(id), made.Region, account, escape(id), escape(source), escape(made.Form.Get("KmsKeyId")))
}

func exported(made *Request) string {
	var text strings.Builder
	for _, field := range []struct{ element, given string }{
		{"ExportTaskIdentifier", "ExportTaskIdentifier"}, {"SourceArn", "SourceArn"}, {"S3Bucket", "S3BucketName"}, {"S3Prefix", "S3Prefix"},
		{"IamRoleArn", "IamRoleArn"}, {"KmsKeyId", "KmsKeyId"},
	} {
		text.WriteString("<" + field.element + ">" + escape(made.Form.Get(field.given)) + "</" + field.element + ">")
	}
	return text.String() + "<SourceType>SNAPSHOT</SourceType><Status>COMPLETE</Status><PercentProgress>100</PercentProgress>"
}

func tagList(made *Request) string {
	var text strings.Builder
	for i := 1; made.Form.Get(fmt.Sprintf("Tags.Tag.%d.Key", i)) != ""; i++ {
		fmt.Fprintf(&text, "<Tag><Key>%s</Key><Value>%s</Value></Tag>",
			escape(made.Form.Get(fmt.Sprintf("Tags.Tag.%d.Key", i))), escape(made.Form.Get(fmt.Sprintf("Tags.Tag.%d.Value", i))))
	}
	return text.String()
}

// rdsReply is an answer of RDS.
func rdsReply(action, content string) *Reply {
	body := fmt.Sprintf(`<%[1]sResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><%[1]sResult>%[2]s</%[1]sResult><ResponseMetadata><RequestId>titan</RequestId></ResponseMetadata></%[1]sResponse>`, action, content)
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, Body: []byte(body)}
}
