// Package secrets is the operations on replicated secrets: waiting for replicas, promoting one, and making replicas of
// promoted ones again.
package secrets

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// API is what of Secrets Manager is used.
type API interface {
	DescribeSecret(
		context.Context, *secretsmanager.DescribeSecretInput, ...func(*secretsmanager.Options),
	) (*secretsmanager.DescribeSecretOutput, error)
	GetSecretValue(
		context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options),
	) (*secretsmanager.GetSecretValueOutput, error)
	PutSecretValue(
		context.Context, *secretsmanager.PutSecretValueInput, ...func(*secretsmanager.Options),
	) (*secretsmanager.PutSecretValueOutput, error)
	ReplicateSecretToRegions(
		context.Context, *secretsmanager.ReplicateSecretToRegionsInput, ...func(*secretsmanager.Options),
	) (*secretsmanager.ReplicateSecretToRegionsOutput, error)
	StopReplicationToReplica(
		context.Context, *secretsmanager.StopReplicationToReplicaInput, ...func(*secretsmanager.Options),
	) (*secretsmanager.StopReplicationToReplicaOutput, error)
}

// Secrets are the secrets of an account.
type Secrets struct {
	In   func(environments.Region) API
	Wait awsops.Wait // for replicas
}

// Of are the secrets of an account.
func Of(account *awsops.Account, wait awsops.Wait) Secrets {
	in := func(region environments.Region) API { return secretsmanager.NewFromConfig(account.In(region)) }
	return Secrets{In: in, Wait: wait}
}

// Replica is a replica as its primary knows it.
type Replica struct {
	InSync bool
	Status string // in words: that of Secrets Manager, and its message
}

// Replica asks a secret's own region for its replica in another one.
func (s Secrets) Replica(ctx context.Context, name string, home, region environments.Region) (Replica, error) {
	secret, err := s.describe(ctx, name, home)
	if err != nil {
		return Replica{}, err
	}
	for _, status := range secret.ReplicationStatus {
		if aws.ToString(status.Region) == string(region) {
			text := string(status.Status)
			if message := aws.ToString(status.StatusMessage); message != "" {
				text += " (" + message + ")"
			}
			return Replica{InSync: status.Status == types.StatusTypeInSync, Status: text}, nil
		}
	}
	return Replica{Status: "without a replica in " + string(region)}, nil
}

// WaitForReplicas waits until the replicas of secrets have the values of their primaries.
func (s Secrets) WaitForReplicas(ctx context.Context, names []string, home, region environments.Region) error {
	for _, name := range names {
		what := fmt.Sprintf("the replica of %s in %s", name, region)
		err := s.Wait.Until(ctx, what, func(ctx context.Context) (bool, string, error) {
			replica, err := s.Replica(ctx, name, home, region)
			return replica.InSync, replica.Status, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// IsReplica is whether a secret in a region follows one in another region.
func (s Secrets) IsReplica(ctx context.Context, name string, region environments.Region) (bool, error) {
	secret, err := s.describe(ctx, name, region)
	if err != nil {
		return false, err
	}
	primary := aws.ToString(secret.PrimaryRegion)
	return primary != "" && primary != string(region), nil
}

// Promote makes a replica a secret of its own, which no longer follows its primary. One that is so already is left
// alone.
func (s Secrets) Promote(ctx context.Context, name string, region environments.Region) error {
	isReplica, err := s.IsReplica(ctx, name, region)
	if err != nil || !isReplica {
		return err
	}
	_, err = s.In(region).StopReplicationToReplica(ctx, &secretsmanager.StopReplicationToReplicaInput{SecretId: &name})
	if err != nil {
		return fmt.Errorf("promoting the replica of secret %s in %s: %w", name, region, err)
	}
	return nil
}

func (s Secrets) describe(
	ctx context.Context, name string, region environments.Region,
) (*secretsmanager.DescribeSecretOutput, error) {
	secret, err := s.In(region).DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &name})
	if err != nil {
		return nil, fmt.Errorf("describing secret %s in %s: %w", name, region, err)
	}
	return secret, nil
}
