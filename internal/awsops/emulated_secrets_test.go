package awsops_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	secretstypes "github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/secrets"
	"github.com/titan-platform/titan/internal/emulator"
)

func testSecrets(t *testing.T, e *emulator.Emulator, account *awsops.Account) {
	const name = "db-credentials-prod"
	s := secrets.Of(account, soon)
	atHome, elsewhere := secretsmanager.NewFromConfig(account.In(home)), secretsmanager.NewFromConfig(account.In(away))
	ok[*secretsmanager.CreateSecretOutput](t)(atHome.CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{
		Name: aws.String(name), SecretString: aws.String("first"),
		AddReplicaRegions: []secretstypes.ReplicaRegionType{{Region: aws.String(string(away))}},
	}))
	if err := s.WaitForReplicas(t.Context(), []string{name}, home, away); err != nil {
		t.Fatal(err)
	}
	e.Lose(string(home), emulator.Refusing)
	if err := s.WaitForReplicas(t.Context(), []string{name}, home, away); !awsops.IsUnreachable(err) {
		t.Errorf("asked in an outage: %v", err)
	}
	for range 2 {
		if err := s.Promote(t.Context(), name, away); err != nil {
			t.Error(err)
		}
	}
	ok[*secretsmanager.PutSecretValueOutput](t)(elsewhere.PutSecretValue(t.Context(), &secretsmanager.PutSecretValueInput{
		SecretId: aws.String(name), SecretString: aws.String("renewed"),
	}))
	e.Restore(string(home))
	replica := environments.SecretReplica{Region: away, KeyID: environments.AWSSecretsKey}
	if err := s.Replicate(t.Context(), name, home, replica); err == nil {
		t.Error("a renewed value was overwritten")
	}
	for range 2 {
		if err := s.CarryHome(t.Context(), name, home, away); err != nil {
			t.Error(err)
		}
	}
	if err := s.Replicate(t.Context(), name, home, replica); err != nil {
		t.Error(err)
	}
	value := ok[*secretsmanager.GetSecretValueOutput](t)(atHome.GetSecretValue(t.Context(),
		&secretsmanager.GetSecretValueInput{SecretId: aws.String(name)}))
	isReplica, err := s.IsReplica(t.Context(), name, away)
	if err != nil || !isReplica || *value.SecretString != "renewed" {
		t.Errorf("a replica again: %v, %v; at home %q", isReplica, err, *value.SecretString)
	}
}
