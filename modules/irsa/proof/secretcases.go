package proof

import (
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// viaSecretsManager is what KMS sees when Secrets Manager decrypts a secret for its reader.
func viaSecretsManager(secret string) keys {
	return keys{"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com", "kms:EncryptionContext:SecretARN": secret}
}

// named is a call's context with an alias of the key that it uses.
func named(context keys, alias string) keys {
	context["kms:ResourceAliases"] = alias
	return context
}

// own is a secret under the environment's own key.
func own(arn string) workload.Secret { return workload.Secret{ARN: arn, KeyARN: secretsKey} }

func externalSecrets() Case {
	return Case{
		Workload: workload.ExternalSecrets(Scope, own(userSecret), own(grafanaSecret), workload.Secret{
			ARN:      replicatedSecret,
			KeyAlias: replicaKeyAlias,
		}),
		Needed: []Call{
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"secretsmanager:GetSecretValue", grafanaSecret, nil},
			{"secretsmanager:GetSecretValue", replicatedSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(userSecret)},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(replicatedSecret), replicaKeyAlias)},
		},
		Forbidden: []Call{
			{"secretsmanager:GetSecretValue", masterSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(masterSecret)},
			{"kms:Decrypt", secretsKey, viaSecretsManager(replicatedSecret)},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(replicatedSecret), "alias/other")},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(userSecret), replicaKeyAlias)},
			{"kms:Decrypt", otherKey, viaSecretsManager(userSecret)},
			{"secretsmanager:PutSecretValue", userSecret, nil},
			{"secretsmanager:ListSecrets", "*", nil},
		},
	}
}

func databaseBootstrap() Case {
	return Case{
		Workload: workload.DatabaseBootstrap(Scope, "birthday", own(masterSecret), workload.Secret{
			ARN:    Scope.SecretNamed("db-credentials-prod"),
			KeyARN: secretsKey,
		}),
		Needed: []Call{
			{"secretsmanager:GetSecretValue", masterSecret, nil},
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(masterSecret)},
		},
		Forbidden: []Call{
			{"secretsmanager:GetSecretValue", grafanaSecret, nil},
			{"secretsmanager:GetSecretValue", arns("secretsmanager")("secret:db-credentials-prod-old-AbCdEf"), nil},
			{"secretsmanager:UpdateSecret", masterSecret, nil},
			{"rds:ModifyDBCluster", arns("rds")("cluster:birthday-db-prod"), nil},
		},
	}
}

func application() Case {
	return Case{
		Workload: workload.Application("birthday-app", "birthday", workload.ApplicationAccess{
			DatabaseUserARNs: []string{databaseUser}, CacheARNs: []string{cache, cacheUser},
		}),
		Needed: []Call{
			{"rds-db:connect", databaseUser, nil},
			{"elasticache:Connect", cache, nil},
			{"elasticache:Connect", cacheUser, nil},
		},
		Forbidden: []Call{
			{"rds-db:connect", arns("rds-db")("dbuser:cluster-ABC/postgres"), nil},
			{"elasticache:Connect", arns("elasticache")("user:admin"), nil},
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"secretsmanager:GetSecretValue", masterSecret, nil},
		},
	}
}
