package secrets

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/titan-platform/titan/environments"
)

// IsHome is whether a secret's current value is the same in its home region and in the one that a replica of it was
// promoted in.
func (s Secrets) IsHome(ctx context.Context, name string, home, promoted environments.Region) (bool, error) {
	atHome, err := s.current(ctx, name, home)
	if err != nil {
		return false, err
	}
	away, err := s.current(ctx, name, promoted)
	if err != nil {
		return false, err
	}
	return aws.ToString(atHome.SecretString) == aws.ToString(away.SecretString), nil
}

// CarryHome makes the value of a promoted secret the current one in its home region, where the value before stays
// readable as AWSPREVIOUS. Terraform knows the value by its version number alone (secret_string_wo_version), so no
// later plan takes it back. The version keeps its id, by which a second call finds it there.
func (s Secrets) CarryHome(ctx context.Context, name string, home, promoted environments.Region) error {
	away, err := s.current(ctx, name, promoted)
	if err != nil {
		return err
	}
	_, err = s.In(home).PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{
		SecretId: &name, SecretString: away.SecretString, ClientRequestToken: away.VersionId,
	})
	if err != nil {
		return fmt.Errorf("putting the value of secret %s, renewed in %s, in %s: %w", name, promoted, home, err)
	}
	return nil
}

// Replicate makes the secret in a replica's region a replica again, in the place of what is there: its value must be
// at home already, and is compared here once more. It waits until the replica is in sync.
func (s Secrets) Replicate(
	ctx context.Context, name string, home environments.Region, replica environments.SecretReplica,
) error {
	isHome, err := s.IsHome(ctx, name, home, replica.Region)
	if err != nil {
		return err
	}
	if !isHome {
		return fmt.Errorf("secret %s has another value in %s than in %s: it is not overwritten", name, replica.Region, home)
	}
	_, err = s.In(home).ReplicateSecretToRegions(ctx, &secretsmanager.ReplicateSecretToRegionsInput{
		SecretId: &name,
		AddReplicaRegions: []types.ReplicaRegionType{
			{Region: aws.String(string(replica.Region)), KmsKeyId: &replica.KeyID},
		},
		ForceOverwriteReplicaSecret: true, // else the promoted one keeps the name, and the replica's status is Failed
	})
	if err != nil {
		return fmt.Errorf("replicating secret %s to %s: %w", name, replica.Region, err)
	}
	return s.WaitForReplicas(ctx, []string{name}, home, replica.Region)
}

// current is the version that is in use, with its value: it is handed on, and never shown.
func (s Secrets) current(
	ctx context.Context, name string, region environments.Region,
) (*secretsmanager.GetSecretValueOutput, error) {
	value, err := s.In(region).GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &name})
	if err != nil {
		return nil, fmt.Errorf("reading the value of secret %s in %s: %w", name, region, err)
	}
	return value, nil
}
