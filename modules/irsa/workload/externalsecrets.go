package workload

// ExternalSecretsName ends the name of the operator's role.
const ExternalSecretsName = "external-secrets"

// ExternalSecrets copies these secrets into Kubernetes Secrets. Source: external-secrets.io, 'AWS Secrets Manager',
// without the listing, which only searches by name or tag need.
func ExternalSecrets(p Scope, secrets ...Secret) Workload {
	return Workload{
		Name:           ExternalSecretsName,
		Namespace:      SecretsNamespace,
		ServiceAccount: "external-secrets",
		Statements:     p.readSecrets(secrets...),
	}
}
