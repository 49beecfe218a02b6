package emulator

import "strings"

// A marker stands for a cluster's data, of which the emulator has none. A snapshot takes its cluster's marker, copies
// and restored clusters take the snapshot's, and a new cluster has none.

// MarkData sets the marker of a cluster, by its ARN: arn:aws:rds:REGION:ACCOUNT:cluster:NAME.
func (p *Proxy) MarkData(clusterARN, text string) {
	p.snapshots.data.put(snapshotKey("", clusterARN), text)
}

// DataOf is the marker of a cluster, by its ARN. It is empty if nobody has set one or the cluster is deleted.
func (p *Proxy) DataOf(clusterARN string) string {
	text, _ := p.snapshots.data.get(snapshotKey("", clusterARN))
	return text
}

// carry copies a marker; without one the target has none either.
func carry(from *store[string], source string, to *store[string], target string) {
	if text, ok := from.get(source); ok {
		to.put(target, text)
		return
	}
	to.remove(target)
}

// carryData carries markers along after calls that succeeded. A final snapshot can be restored, though the emulator
// makes none.
func (s *rdsSnapshots) carryData(r *Request, body []byte) ([]byte, []string) {
	if !succeeded(r, body) {
		return body, nil
	}
	cluster := r.Region + "|" + r.Form.Get("DBClusterIdentifier")
	snapshot := r.Region + "|" + r.Form.Get("DBClusterSnapshotIdentifier")
	switch r.Action {
	case "RestoreDBClusterFromSnapshot":
		carry(s.frozen, snapshotKey(r.Region, r.Form.Get("SnapshotIdentifier")), s.data, cluster)
	case "CreateDBClusterSnapshot":
		carry(s.data, cluster, s.frozen, snapshot)
	case "DeleteDBClusterSnapshot":
		s.sources.remove(snapshot)
		s.frozen.remove(snapshot)
	case "DeleteDBCluster":
		s.keepFinal(r, cluster)
		s.data.remove(cluster)
		s.clusters.remove(cluster)
	}
	return body, nil
}

// keepFinal keeps what a deleted cluster's final snapshot is restored from.
func (s *rdsSnapshots) keepFinal(r *Request, cluster string) {
	final := r.Form.Get("FinalDBSnapshotIdentifier")
	source, ok := s.clusters.get(cluster)
	if final == "" || !ok {
		return
	}
	s.sources.put(r.Region+"|"+final, source)
	carry(s.data, cluster, s.frozen, r.Region+"|"+final)
}

// succeeded is whether an answer of the query protocol holds the call's result.
func succeeded(r *Request, body []byte) bool {
	return strings.Contains(string(body), "<"+r.Action+"Result>")
}
