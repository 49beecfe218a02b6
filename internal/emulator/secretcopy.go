package emulator

import (
	"slices"
	"strings"
)

// follow brings the replicas of a primary up to it. One that can't be reached is behind.
func (s *secretReplicas) follow(r *Request, primary, name string) {
	for _, replica := range s.replicas[primary+"|"+name] {
		if replica.failed != "" {
			continue
		}
		replica.behind = ""
		switch {
		case s.proxy.isLost(primary):
			replica.behind = unreachable(primary)
		case s.proxy.isLost(replica.region):
			replica.behind = unreachable(replica.region)
		default:
			if err := s.copy(r, primary, name, replica); err != nil {
				replica.behind = err.Error()
			}
		}
	}
}

// unreachable is the reason for which something in a lost region is not done.
func unreachable(region string) string { return region + " can't be reached" }

// catchUp brings the replicas up that are behind, whose region may be back.
func (s *secretReplicas) catchUp(r *Request) {
	for key, replicas := range s.replicas {
		if slices.ContainsFunc(replicas, func(r *secretReplica) bool { return r.behind != "" }) {
			primary, name, _ := strings.Cut(key, "|")
			s.follow(r, primary, name)
		}
	}
}

// copy brings a replica up to its primary, and makes it if it is missing. Every change of a secret is copied whole.
func (s *secretReplicas) copy(r *Request, primary, name string, to *secretReplica) error {
	from, err := s.describe(r, primary, name)
	if err != nil {
		return err
	}
	made, err := s.describe(r, to.region, name)
	if isNotFound(err) {
		made, err = s.create(r, name, from, to)
	}
	if err != nil {
		return err
	}
	update := object{"SecretId": name, "Description": from["Description"]}
	if to.key != "" {
		update["KmsKeyId"] = to.key
	}
	if _, err := s.ask(r, to.region, "UpdateSecret", update); err != nil {
		return err
	}
	if err := s.copyTags(r, to.region, name, from["Tags"], made["Tags"]); err != nil {
		return err
	}
	if err := s.copyValue(r, primary, to.region, name); err != nil {
		return err
	}
	return s.copyPolicy(r, primary, to.region, name)
}

// create makes a replica's secret, as yet without a value. AWS's ARN of it is the primary's with another region
// (Secrets Manager API Reference, StopReplicationToReplica).
func (s *secretReplicas) create(r *Request, name string, from object, to *secretReplica) (object, error) {
	made, err := s.ask(r, to.region, "CreateSecret", object{"Name": name})
	if err != nil {
		return nil, err
	}
	primaryARN, _ := from["ARN"].(string)
	emulators, _ := made["ARN"].(string)
	if steps := strings.SplitN(string(s.shown([]byte(primaryARN))), ":", 5); len(steps) == 5 {
		steps[3] = to.region
		s.arns[strings.Join(steps, ":")] = emulators
	}
	return made, nil
}

func (s *secretReplicas) copyTags(r *Request, region, name string, wanted, has any) error {
	keep := tagKeys(wanted)
	gone := slices.DeleteFunc(tagKeys(has), func(key string) bool { return slices.Contains(keep, key) })
	if len(gone) > 0 {
		if _, err := s.ask(r, region, "UntagResource", object{"SecretId": name, "TagKeys": gone}); err != nil {
			return err
		}
	}
	if len(keep) == 0 {
		return nil
	}
	_, err := s.ask(r, region, "TagResource", object{"SecretId": name, "Tags": wanted})
	return err
}

func tagKeys(tags any) []string {
	list, _ := tags.([]any)
	var keys []string
	for _, tag := range list {
		t, _ := tag.(object)
		key, _ := t["Key"].(string)
		keys = append(keys, key)
	}
	return keys
}

// copyValue copies the current value under its own version id. A new secret has no value.
func (s *secretReplicas) copyValue(r *Request, primary, region, name string) error {
	value, err := s.ask(r, primary, "GetSecretValue", object{"SecretId": name})
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	call := object{"SecretId": name, "ClientRequestToken": value["VersionId"]}
	for _, field := range []string{"SecretString", "SecretBinary"} {
		if value[field] != nil {
			call[field] = value[field]
		}
	}
	_, err = s.ask(r, region, "PutSecretValue", call)
	return err
}

// copyPolicy copies the resource policy, which AWS replicates too (lgallard/terraform-aws-secrets-manager issue 188).
func (s *secretReplicas) copyPolicy(r *Request, primary, region, name string) error {
	policy, err := s.ask(r, primary, "GetResourcePolicy", object{"SecretId": name})
	if err != nil {
		return err
	}
	if policy["ResourcePolicy"] == nil {
		_, err = s.ask(r, region, "DeleteResourcePolicy", object{"SecretId": name})
		return err
	}
	_, err = s.ask(r, region, "PutResourcePolicy", object{"SecretId": name, "ResourcePolicy": policy["ResourcePolicy"]})
	return err
}
