package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// secretReplicas stands in for the replication of secrets. The emulator's can neither be ended nor does it stop at a
// lost region, so a replica is an ordinary secret of the emulator here, and the stand-in keeps which primary it
// follows.
type secretReplicas struct {
	proxy *Proxy

	mutex    sync.Mutex
	replicas map[string][]*secretReplica // by region and name of the primary
	arns     map[string]string           // the emulator's ARN of a replica, by AWS's
}

// secretReplica is an entry of a primary's ReplicationStatus.
type secretReplica struct {
	region, key string
	behind      string // the reason for InProgress, empty if there is none
	failed      string // the reason for Failed: then there is no replica
}

func newSecretReplicas(proxy *Proxy) *secretReplicas {
	return &secretReplicas{proxy: proxy, replicas: map[string][]*secretReplica{}, arns: map[string]string{}}
}

// secretReads are the calls that a replica answers like any other secret.
var secretReads = []string{
	"DescribeSecret", "GetSecretValue", "BatchGetSecretValue", "ListSecretVersionIds", "GetResourcePolicy",
	"ListSecrets", "GetRandomPassword",
}

// The refusals are those in gruntwork-io/cloud-nuke issue 435.
const (
	onReplica    = "Operation not permitted on a replica secret. Call must be made in primary secret's region."
	withReplicas = "You can't delete secret %s that still has replica regions %v."
)

// answer refuses what AWS refuses on replicas and replicated secrets, and answers what the emulator lacks.
func (s *secretReplicas) answer(r *Request) *Reply {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for arn, emulators := range s.arns {
		r.Body = []byte(strings.ReplaceAll(string(r.Body), arn, emulators))
	}
	s.catchUp(r)
	reply, err := s.reply(r, secretOf(r))
	if err != nil {
		return r.Refused(http.StatusInternalServerError, "InternalServiceError", err.Error())
	}
	return reply
}

func (s *secretReplicas) reply(r *Request, name string) (*Reply, error) {
	primary, regions := s.primaryOf(r.Region, name), s.regionsOf(r.Region, name)
	switch {
	case r.Action == "StopReplicationToReplica":
		return s.promote(r, primary, name)
	case primary != "" && !slices.Contains(secretReads, r.Action):
		return r.badRequest("InvalidParameterException", onReplica), nil
	case r.Action == "ReplicateSecretToRegions":
		return s.replicate(r, name)
	case r.Action == "RemoveRegionsFromReplication":
		return s.remove(r, name)
	case r.Action == "DeleteSecret" && len(regions) > 0:
		return r.badRequest("InvalidParameterException", fmt.Sprintf(withReplicas, name, regions)), nil
	}
	return nil, nil
}

// complete brings replicas up after a change of their primary, and describes secrets as AWS does.
func (s *secretReplicas) complete(r *Request, body []byte) ([]byte, []string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	name := secretOf(r)
	if !slices.Contains(secretReads, r.Action) {
		s.follow(r, r.Region, name)
	}
	if r.Action == "DescribeSecret" {
		body = s.described(r, body, name)
	}
	return s.shown(body), nil
}

// described adds what replication adds to a secret's description.
func (s *secretReplicas) described(r *Request, body []byte, name string) []byte {
	primary, statuses := s.primaryOf(r.Region, name), s.statuses(r.Region, name)
	described := object{}
	if json.Unmarshal(body, &described) != nil || described["ARN"] == nil || primary == "" && len(statuses) == 0 {
		return body
	}
	described["PrimaryRegion"] = primary
	if primary == "" {
		described["PrimaryRegion"], described["ReplicationStatus"] = r.Region, statuses
	}
	r.Source = FromGap
	return jsonReply(described).Body
}

// statuses is a primary's ReplicationStatus.
func (s *secretReplicas) statuses(region, name string) []any {
	statuses := []any{}
	for _, replica := range s.replicas[region+"|"+name] {
		status := object{"Region": replica.region, "Status": "InSync", "StatusMessage": "Replication succeeded"}
		switch {
		case replica.failed != "":
			status["Status"], status["StatusMessage"] = "Failed", replica.failed
		case replica.behind != "":
			status["Status"], status["StatusMessage"] = "InProgress", replica.behind
		}
		if replica.key != "" {
			status["KmsKeyId"] = replica.key
		}
		statuses = append(statuses, status)
	}
	return statuses
}

// regionsOf are the regions in a primary's ReplicationStatus.
func (s *secretReplicas) regionsOf(region, name string) []string {
	var regions []string
	for _, replica := range s.replicas[region+"|"+name] {
		regions = append(regions, replica.region)
	}
	return regions
}

// primaryOf is the region of a replica's primary, empty if the secret is no replica.
func (s *secretReplicas) primaryOf(region, name string) string {
	for key, replicas := range s.replicas {
		primary, of, _ := strings.Cut(key, "|")
		isReplica := func(r *secretReplica) bool { return r.region == region && r.failed == "" }
		if of == name && slices.ContainsFunc(replicas, isReplica) {
			return primary
		}
	}
	return ""
}
