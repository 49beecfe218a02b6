package emulator

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// secretsIn calls Secrets Manager in a region.
func secretsIn(t *testing.T, proxy *Proxy, region, action, body string) (int, string) {
	t.Helper()
	header := in(region, "secretsmanager", map[string]string{"X-Amz-Target": "secretsmanager." + action})
	return call(t, proxy, "POST", "/", "secretsmanager", header, body)
}

// replicatedSecret is the secret a of eu-central-1 with replicas in eu-west-1 and us-east-1.
type replicatedSecret struct {
	*testing.T
	*Proxy
}

func newReplicatedSecret(t *testing.T) *replicatedSecret {
	t.Helper()
	s := &replicatedSecret{t, started(t)}
	s.does("eu-central-1", "CreateSecret", `{"Name":"a","SecretString":"one","Tags":[{"Key":"k","Value":"v"}],
		"AddReplicaRegions":[{"Region":"eu-west-1","KmsKeyId":"alias/k"},{"Region":"us-east-1"}]}`)
	return s
}

// does fails the test unless a call succeeds.
func (s *replicatedSecret) does(region, action, body string) string {
	s.Helper()
	status, answer := secretsIn(s.T, s.Proxy, region, action, body)
	if status != 200 {
		s.Fatalf("%s in %s: %d %s", action, region, status, answer)
	}
	return answer
}

// refuses fails the test unless a call is refused with a code and words.
func (s *replicatedSecret) refuses(region, action, body, code, words string) {
	s.Helper()
	status, answer := secretsIn(s.T, s.Proxy, region, action, body)
	if status != 400 || !strings.Contains(answer, `"`+code+`"`) || !strings.Contains(answer, words) {
		s.Errorf("%s in %s: %d %s, want %s: %s", action, region, status, answer, code, words)
	}
}

// holds fails the test unless a region's secret has a value.
func (s *replicatedSecret) holds(region, want string) {
	s.Helper()
	var got struct{ SecretString string }
	answer := s.does(region, "GetSecretValue", `{"SecretId":"a"}`)
	if err := json.Unmarshal([]byte(answer), &got); err != nil || got.SecretString != want {
		s.Errorf("%s has %s, want %s", region, answer, want)
	}
}

// describedSecret is what of DescribeSecret's answer these tests look at.
type describedSecret struct {
	ARN, PrimaryRegion string
	Tags               []struct{ Key string }
	ReplicationStatus  []struct{ Region, Status, KmsKeyId string }
}

func (s *replicatedSecret) described(region string) describedSecret {
	s.Helper()
	var described describedSecret
	if err := json.Unmarshal([]byte(s.does(region, "DescribeSecret", `{"SecretId":"a"}`)), &described); err != nil {
		s.Fatal(err)
	}
	return described
}

// statuses are those of a primary's replicas, as in 'eu-west-1 InSync, us-east-1 InSync'.
func (s *replicatedSecret) statuses(region string) string {
	s.Helper()
	var statuses []string
	for _, status := range s.described(region).ReplicationStatus {
		statuses = append(statuses, status.Region+" "+status.Status)
	}
	return strings.Join(statuses, ", ")
}

func TestReplicasFollowTheirPrimaryAndTakeNothingElse(t *testing.T) {
	s := newReplicatedSecret(t)
	primary, replica := s.described("eu-central-1"), s.described("eu-west-1")
	if want := strings.Replace(primary.ARN, "eu-central-1", "eu-west-1", 1); replica.ARN != want {
		t.Errorf("the replica is %s, want %s", replica.ARN, want)
	}
	if primary.PrimaryRegion != "eu-central-1" || replica.PrimaryRegion != "eu-central-1" {
		t.Errorf("described as %+v and %+v", primary, replica)
	}
	if got := s.statuses("eu-central-1"); got != "eu-west-1 InSync, us-east-1 InSync" || s.statuses("eu-west-1") != "" {
		t.Errorf("replicated as %s, and the replica as %s", got, s.statuses("eu-west-1"))
	}
	if primary.ReplicationStatus[0].KmsKeyId != "alias/k" {
		t.Errorf("the replica's key: %+v", primary.ReplicationStatus)
	}
	s.does("eu-central-1", "PutSecretValue", `{"SecretId":"a","SecretString":"two"}`)
	s.does("eu-central-1", "UntagResource", `{"SecretId":"a","TagKeys":["k"]}`)
	s.does("eu-central-1", "PutResourcePolicy", `{"SecretId":"a","ResourcePolicy":"{}"}`)
	for _, region := range []string{"eu-west-1", "us-east-1"} {
		s.holds(region, "two")
		if tags := s.described(region).Tags; len(tags) > 0 {
			t.Errorf("tags in %s: %v", region, tags)
		}
		if policy := s.does(region, "GetResourcePolicy", `{"SecretId":"a"}`); !strings.Contains(policy, `"ResourcePolicy"`) {
			t.Errorf("policy in %s: %s", region, policy)
		}
	}
	s.does("eu-west-1", "GetSecretValue", fmt.Sprintf(`{"SecretId":%q}`, replica.ARN))

	const a, invalid = `{"SecretId":"a"}`, "InvalidParameterException"
	for action, body := range map[string]string{
		"PutSecretValue": `{"SecretId":"a","SecretString":"x"}`, "DeleteSecret": a,
		"PutResourcePolicy":        `{"SecretId":"a","ResourcePolicy":"{}"}`,
		"ReplicateSecretToRegions": `{"SecretId":"a","AddReplicaRegions":[{"Region":"eu-west-2"}]}`,
	} {
		s.refuses("eu-west-1", action, body, invalid, onReplica)
	}
	s.refuses("eu-central-1", "DeleteSecret", a, invalid, "still has replica regions [eu-west-1 us-east-1]")
	s.refuses("eu-central-1", "StopReplicationToReplica", a, "InvalidRequestException", "not a replica")
	s.does("eu-central-1", "RemoveRegionsFromReplication",
		`{"SecretId":"a","RemoveReplicaRegions":["eu-west-1","us-east-1"]}`)
	s.refuses("eu-west-1", "GetSecretValue", a, "ResourceNotFoundException", "")
	s.does("eu-central-1", "DeleteSecret", `{"SecretId":"a","ForceDeleteWithoutRecovery":true}`)
}

func TestReplicasOfALostRegionAreBehindUntilItIsBack(t *testing.T) {
	s := newReplicatedSecret(t)
	s.Lose("us-east-1", Refusing)
	s.does("eu-central-1", "PutSecretValue", `{"SecretId":"a","SecretString":"two"}`)
	if got := s.statuses("eu-central-1"); got != "eu-west-1 InSync, us-east-1 InProgress" {
		t.Errorf("replicated as %s", got)
	}
	// What can't be reached is not removed.
	s.does("eu-central-1", "RemoveRegionsFromReplication", `{"SecretId":"a","RemoveReplicaRegions":["us-east-1"]}`)
	s.Restore("us-east-1")
	s.holds("us-east-1", "two")
	if got := s.statuses("eu-central-1"); got != "eu-west-1 InSync, us-east-1 InSync" {
		t.Errorf("after it is back: %s", got)
	}
}

func TestAReplicaIsPromotedWhileItsPrimaryIsLostAndReplicatedBack(t *testing.T) {
	s := newReplicatedSecret(t)
	s.Lose("eu-central-1", Refusing)
	replica := s.described("eu-west-1")
	s.does("eu-west-1", "StopReplicationToReplica", `{"SecretId":"a"}`)
	s.does("eu-west-1", "PutSecretValue", `{"SecretId":"a","SecretString":"renewed"}`)
	if promoted := s.described("eu-west-1"); promoted.ARN != replica.ARN || promoted.PrimaryRegion != "" {
		t.Errorf("promoted to %+v", promoted)
	}
	s.holds("us-east-1", "one")

	// What comes back is the old primary: it neither has nor overwrites what was renewed.
	s.Restore("eu-central-1")
	s.holds("eu-central-1", "one")
	s.does("eu-central-1", "PutSecretValue", `{"SecretId":"a","SecretString":"late"}`)
	s.holds("eu-west-1", "renewed")
	s.holds("us-east-1", "late")
	if got := s.statuses("eu-central-1"); got != "eu-west-1 Failed, us-east-1 InSync" {
		t.Errorf("the old primary's replicas: %s", got)
	}

	const back = `{"SecretId":"a","AddReplicaRegions":[{"Region":"eu-central-1"},{"Region":"us-east-1"}]`
	s.does("eu-west-1", "ReplicateSecretToRegions", back+"}")
	if got := s.statuses("eu-west-1"); got != "eu-central-1 Failed, us-east-1 Failed" {
		t.Errorf("over what is there, without being told to: %s", got)
	}
	s.does("eu-west-1", "ReplicateSecretToRegions", back+`,"ForceOverwriteReplicaSecret":true}`)
	if got := s.statuses("eu-west-1"); got != "eu-central-1 InSync, us-east-1 InSync" {
		t.Errorf("told to: %s", got)
	}
	s.holds("eu-central-1", "renewed")
	s.holds("us-east-1", "renewed")
	s.does("eu-central-1", "StopReplicationToReplica", `{"SecretId":"a"}`)
	if got := s.statuses("eu-west-1"); got != "us-east-1 InSync" {
		t.Errorf("after the primary's region has it again: %s", got)
	}
	s.does("eu-central-1", "PutSecretValue", `{"SecretId":"a","SecretString":"home"}`)
	s.holds("eu-west-1", "renewed")
}
