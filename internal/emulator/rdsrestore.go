package emulator

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// restore has the emulator make an empty cluster where a snapshot is restored, with what RDS takes from the snapshot: who the master is. The
// master's password is RDS's from the change that the provider makes at once; the emulator can only be told now.
func (s *rdsSnapshots) restore(r *Request) *Reply {
	snapshot := snapshotKey(r.Region, r.Form.Get("SnapshotIdentifier"))
	source, ok := s.sources.get(snapshot)
	if !ok || !strings.HasPrefix(snapshot, r.Region+"|") { // an ARN may be another region's
		return r.failure(http.StatusNotFound, "DBClusterSnapshotNotFoundFault")
	}
	form := url.Values{}
	for field, values := range r.Form {
		form[field] = values
	}
	form.Set("Action", "CreateDBCluster")
	form.Del("SnapshotIdentifier")
	form.Set("MasterUsername", source.Form.Get("MasterUsername"))
	form.Set("DatabaseName", source.Form.Get("DatabaseName"))
	form.Set("ManageMasterUserPassword", "true")
	form.Set("StorageEncrypted", "true")
	r.Body, r.Source = []byte(form.Encode()), FromGap
	s.clusters.put(r.Region+"|"+form.Get("DBClusterIdentifier"), source)
	return nil
}

// snapshotKey is a snapshot's region and identifier, of its ARN or of its name in a region.
func snapshotKey(region, snapshot string) string {
	if steps := strings.SplitN(snapshot, ":", 7); len(steps) == 7 && steps[0] == "arn" {
		return steps[3] + "|" + steps[6]
	}
	return region + "|" + snapshot
}

// namedAsAsked gives the answer to restore's call the name that the caller expects.
func namedAsAsked(r *Request, body []byte) ([]byte, []string) {
	if r.Action != "RestoreDBClusterFromSnapshot" {
		return body, nil
	}
	return []byte(strings.ReplaceAll(string(body), "CreateDBCluster", r.Action)), nil
}

var masterSecretKey = regexp.MustCompile(`(<MasterUserSecret>(?s:.*?)<KmsKeyId>)([^<]*)<`)

// masterSecretKeys keeps the key of the master's secret that a change of the cluster named, which the emulator takes from its making alone.
func masterSecretKeys() ResponsePatch {
	var mutex sync.Mutex
	changed := map[string]string{} // by cluster
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		if key := r.Form.Get("MasterUserSecretKmsKeyId"); r.Action == "ModifyDBCluster" && key != "" {
			changed[r.Form.Get("DBClusterIdentifier")] = key
		}
		if r.Action != "DescribeDBClusters" {
			return body, nil
		}
		var added []string
		parts := strings.SplitAfter(string(body), "</DBCluster>")
		for i, part := range parts {
			name, said := clusterName.FindStringSubmatch(part), masterSecretKey.FindStringSubmatch(part)
			if name == nil || said == nil || changed[name[1]] == "" || changed[name[1]] == said[2] {
				continue
			}
			parts[i] = strings.Replace(part, said[0], said[1]+escape(changed[name[1]])+"<", 1)
			added = append(added, "DescribeDBClusters.MasterUserSecret.KmsKeyId")
		}
		return []byte(strings.Join(parts, "")), added
	}
}
