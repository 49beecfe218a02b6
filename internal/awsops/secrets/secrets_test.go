package secrets

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

const (
	home = environments.Region("eu-west-1")
	away = environments.Region("eu-central-1")
	name = "db-credentials-prod"
)

// region is Secrets Manager in a region, with one secret.
type region struct {
	API
	value, version string
	primary        string
	statuses       []types.StatusType // of its replica, one an answer; the last one stays
	calls          []string
	replicated     *secretsmanager.ReplicateSecretToRegionsInput
}

func (r *region) DescribeSecret(
	context.Context, *secretsmanager.DescribeSecretInput, ...func(*secretsmanager.Options),
) (*secretsmanager.DescribeSecretOutput, error) {
	secret := &secretsmanager.DescribeSecretOutput{PrimaryRegion: &r.primary}
	if len(r.statuses) > 0 {
		secret.ReplicationStatus = []types.ReplicationStatusType{
			{Region: aws.String("us-east-1"), Status: types.StatusTypeInSync},
			{Region: aws.String(string(away)), Status: r.statuses[0], StatusMessage: aws.String("said why")},
		}
		r.statuses = r.statuses[min(1, len(r.statuses)-1):]
	}
	return secret, nil
}

func (r *region) GetSecretValue(
	context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options),
) (*secretsmanager.GetSecretValueOutput, error) {
	return &secretsmanager.GetSecretValueOutput{SecretString: &r.value, VersionId: &r.version}, nil
}

func (r *region) PutSecretValue(
	_ context.Context, in *secretsmanager.PutSecretValueInput, _ ...func(*secretsmanager.Options),
) (*secretsmanager.PutSecretValueOutput, error) {
	r.calls = append(r.calls, "put")
	r.value, r.version = *in.SecretString, *in.ClientRequestToken
	return &secretsmanager.PutSecretValueOutput{}, nil
}

func (r *region) StopReplicationToReplica(
	context.Context, *secretsmanager.StopReplicationToReplicaInput, ...func(*secretsmanager.Options),
) (*secretsmanager.StopReplicationToReplicaOutput, error) {
	r.calls = append(r.calls, "promote")
	r.primary = string(away)
	return &secretsmanager.StopReplicationToReplicaOutput{}, nil
}

func (r *region) ReplicateSecretToRegions(
	_ context.Context, in *secretsmanager.ReplicateSecretToRegionsInput, _ ...func(*secretsmanager.Options),
) (*secretsmanager.ReplicateSecretToRegionsOutput, error) {
	r.calls, r.replicated = append(r.calls, "replicate"), in
	return &secretsmanager.ReplicateSecretToRegionsOutput{}, nil
}

// account is the secrets of an account with the secret at home and in another region.
func account(atHome, elsewhere *region) Secrets {
	return Secrets{
		In: func(r environments.Region) API {
			return map[environments.Region]*region{home: atHome, away: elsewhere}[r]
		},
		Wait: awsops.Wait{Every: time.Microsecond, Most: 20 * time.Millisecond},
	}
}

func TestReplicasAreWaitedFor(t *testing.T) {
	at := &region{statuses: []types.StatusType{"InProgress", "InProgress", "InSync"}}
	if err := account(at, nil).WaitForReplicas(t.Context(), []string{name}, home, away); err != nil {
		t.Error(err)
	}
	at = &region{statuses: []types.StatusType{"Failed"}}
	err := account(at, nil).WaitForReplicas(t.Context(), []string{name}, home, away)
	if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "Failed (said why)") {
		t.Errorf("got %v", err)
	}
	err = account(&region{}, nil).WaitForReplicas(t.Context(), []string{name}, home, away)
	if err == nil || !strings.Contains(err.Error(), "without a replica in eu-central-1") {
		t.Errorf("without a replica: %v", err)
	}
}

func TestAReplicaIsPromotedOnce(t *testing.T) {
	there := &region{primary: string(home)}
	for range 2 {
		if err := account(nil, there).Promote(t.Context(), name, away); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(there.calls, " "); got != "promote" {
		t.Errorf("calls: %s", got)
	}
}

func TestARenewedValueIsCarriedHomeBeforeItsSecretBecomesAReplica(t *testing.T) {
	replica := environments.SecretReplica{Region: away, KeyID: "arn:aws:kms:eu-central-1:1:alias/a"}
	atHome := &region{value: "old", version: "1", statuses: []types.StatusType{"Failed", "InProgress", "InSync"}}
	there := &region{value: "renewed", version: "2"}
	secrets := account(atHome, there)
	if err := secrets.Replicate(t.Context(), name, home, replica); err == nil || atHome.replicated != nil {
		t.Fatalf("it was overwritten before its value was home: %v", err)
	}
	if err := secrets.CarryHome(t.Context(), name, home, away); err != nil {
		t.Fatal(err)
	}
	if atHome.value != "renewed" || atHome.version != "2" {
		t.Errorf("home has %q as version %s", atHome.value, atHome.version)
	}
	if isHome, err := secrets.IsHome(t.Context(), name, home, away); err != nil || !isHome {
		t.Errorf("is it home? %v, %v", isHome, err)
	}
	if err := secrets.Replicate(t.Context(), name, home, replica); err != nil {
		t.Fatal(err)
	}
	if in := atHome.replicated; !in.ForceOverwriteReplicaSecret || *in.AddReplicaRegions[0].KmsKeyId != replica.KeyID {
		t.Errorf("replicated by %+v", in)
	}
}
