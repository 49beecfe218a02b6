package emulator

import "slices"

// promote answers StopReplicationToReplica.
func (s *secretReplicas) promote(r *Request, primary, name string) (*Reply, error) {
	if primary == "" {
		return r.badRequest("InvalidRequestException", "The secret is not a replica."), nil
	}
	described, err := s.describe(r, r.Region, name)
	if err != nil {
		return nil, err
	}
	s.detach(r.Region, name)
	reply := jsonReply(object{"ARN": described["ARN"]})
	reply.Body = s.shown(reply.Body)
	return reply, nil
}

// detach makes a replica an ordinary secret. A primary in a lost region keeps the entry: it will find the name taken.
func (s *secretReplicas) detach(region, name string) {
	primary := s.primaryOf(region, name)
	if primary == "" {
		return
	}
	if !s.proxy.isLost(primary) {
		s.drop(primary+"|"+name, region)
		return
	}
	for _, replica := range s.replicas[primary+"|"+name] {
		if replica.region == region {
			replica.failed, replica.behind = taken, ""
		}
	}
}

// drop removes a region from a primary's replicas.
func (s *secretReplicas) drop(primary, region string) {
	inRegion := func(r *secretReplica) bool { return r.region == region }
	s.replicas[primary] = slices.DeleteFunc(s.replicas[primary], inRegion)
	if len(s.replicas[primary]) == 0 {
		delete(s.replicas, primary)
	}
}
