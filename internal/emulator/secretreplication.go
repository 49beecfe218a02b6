package emulator

import (
	"slices"
	"strings"
)

// taken is ReplicationStatus's message for a name that is in use (Secrets Manager API Reference,
// ReplicationStatusType).
const taken = "Secret with this name already exists in this region"

// replicate answers ReplicateSecretToRegions.
func (s *secretReplicas) replicate(r *Request, name string) (*Reply, error) {
	var given struct {
		AddReplicaRegions           []struct{ Region, KmsKeyId string }
		ForceOverwriteReplicaSecret bool
	}
	if !r.decode(&given) {
		return r.badRequest("InvalidParameterException", "The call is no JSON."), nil
	}
	described, err := s.describe(r, r.Region, name)
	if isNotFound(err) {
		return nil, nil // the emulator says so too
	}
	if err != nil {
		return nil, err
	}
	for _, wanted := range given.AddReplicaRegions {
		if wanted.Region == r.Region {
			return r.badRequest("InvalidParameterException", "Invalid replica region."), nil
		}
		replica := &secretReplica{region: wanted.Region, key: wanted.KmsKeyId}
		if err := s.add(r, name, replica, given.ForceOverwriteReplicaSecret); err != nil {
			return nil, err
		}
	}
	return s.replicated(described["ARN"], r.Region, name), nil
}

// replicated is the answer to a call that changed a primary's replicas.
func (s *secretReplicas) replicated(arn any, region, name string) *Reply {
	reply := jsonReply(object{"ARN": arn, "ReplicationStatus": s.statuses(region, name)})
	reply.Body = s.shown(reply.Body)
	return reply
}

// add makes a replica. It takes the place of the entry that the primary has for the region.
func (s *secretReplicas) add(r *Request, name string, replica *secretReplica, overwrite bool) error {
	err := s.fill(r, name, replica, overwrite)
	primary := r.Region + "|" + name
	s.drop(primary, replica.region)
	s.replicas[primary] = append(s.replicas[primary], replica)
	return err
}

// fill makes the secret of a replica, or notes why it can't.
func (s *secretReplicas) fill(r *Request, name string, replica *secretReplica, overwrite bool) error {
	if s.proxy.isLost(replica.region) {
		replica.behind = unreachable(replica.region)
		return nil
	}
	_, err := s.describe(r, replica.region, name)
	isThere, isOurs := err == nil, s.primaryOf(replica.region, name) == r.Region
	switch {
	case !isThere && !isNotFound(err):
		return err
	case isThere && !isOurs && !overwrite:
		replica.failed = taken
		return nil
	case isThere && !isOurs:
		if err := s.overwrite(r, replica.region, name); err != nil {
			return err
		}
	}
	return s.copy(r, r.Region, name, replica)
}

// overwrite deletes a secret to make room for a replica. Its own replicas go with it: AWS does not say what becomes
// of them, and a caller that does without them is right in either case.
func (s *secretReplicas) overwrite(r *Request, region, name string) error {
	s.detach(region, name)
	for _, replica := range s.replicas[region+"|"+name] {
		if replica.failed != "" || replica.region == r.Region {
			continue
		}
		if err := s.deleteSecret(r, replica.region, name); err != nil {
			return err
		}
	}
	delete(s.replicas, region+"|"+name)
	return s.deleteSecret(r, region, name)
}

// remove answers RemoveRegionsFromReplication. A replica in a lost region stays.
func (s *secretReplicas) remove(r *Request, name string) (*Reply, error) {
	var given struct {
		SecretId             string
		RemoveReplicaRegions []string
	}
	if !r.decode(&given) || given.SecretId == "" {
		return r.badRequest("InvalidParameterException", "The call names no secret."), nil
	}
	primary := r.Region + "|" + name
	for _, replica := range slices.Clone(s.replicas[primary]) {
		if !slices.Contains(given.RemoveReplicaRegions, replica.region) || s.proxy.isLost(replica.region) {
			continue
		}
		if replica.failed == "" {
			if err := s.deleteSecret(r, replica.region, name); err != nil {
				return nil, err
			}
		}
		s.drop(primary, replica.region)
	}
	if strings.HasPrefix(given.SecretId, "arn:") {
		return s.replicated(given.SecretId, r.Region, name), nil
	}
	described, err := s.describe(r, r.Region, name)
	if err != nil {
		return nil, err
	}
	return s.replicated(described["ARN"], r.Region, name), nil
}
