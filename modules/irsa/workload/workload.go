// Package workload is the table of what runs in the cluster under an IAM role of its own: a file each, with the
// service account, the smallest policy that works, and the source that says so. Nothing here touches a construct, so a
// test can go through all of it.
package workload

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Workload is one service account and what it may do in AWS.
type Workload struct {
	Name           string // ends the role's name: titan-prod-vpc-cni
	Namespace      string
	ServiceAccount string
	Statements     []iampolicy.Statement // none is a role that may do nothing
}

// Scope is where workloads run.
type Scope struct {
	target.Target
	Cluster string // the cluster's name
}

// Namespaces of the platform's own workloads. The application's is in the environment file.
const (
	SystemNamespace     = "kube-system"
	MonitoringNamespace = "monitoring"
	TracingNamespace    = "tracing"
	SecretsNamespace    = "external-secrets"
)

// allow is a statement that holds without a condition.
func allow(sid string, resources []string, actions ...string) iampolicy.Statement {
	return iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Action: actions, Resource: resources}
}

// everything is for actions that IAM can't limit to a resource, as the Service Authorization Reference has them.
var everything = []string{"*"}

// Secret is a secret that a workload reads.
type Secret struct {
	ARN    string
	KeyARN string // encrypts it
	// KeyAlias names the key instead where another environment made it: alias/…
	KeyAlias string
}

// SecretNamed is the ARN of a secret of which only the name is known: Secrets Manager adds a hyphen and six
// characters, and a pattern of exactly six fits no other name (Secrets Manager User Guide, 'Access secrets by
// name or partial name').
func (p Scope) SecretNamed(name string) string {
	return p.ARN("secretsmanager", "secret:"+name+"-??????")
}

// readSecrets lets a workload read these secrets, and decrypt these alone, each with the key that encrypts it,
// through Secrets Manager (KMS gets the secret's ARN as encryption context: Secrets Manager User Guide, 'Secret
// encryption and decryption').
func (p Scope) readSecrets(secrets ...Secret) []iampolicy.Statement {
	var arns []string
	byKey := map[Secret][]string{} // a Secret without its ARN is a key
	var keys []Secret
	for _, s := range secrets {
		arns = append(arns, s.ARN)
		key := Secret{KeyARN: s.KeyARN, KeyAlias: s.KeyAlias}
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], s.ARN)
	}
	statements := []iampolicy.Statement{
		allow("ReadSecrets", arns, "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"),
	}
	for _, key := range keys {
		decrypt := allow("DecryptSecrets", []string{key.KeyARN}, "kms:Decrypt")
		decrypt.Condition = iampolicy.Conditions{
			"StringEquals": {"kms:ViaService": {"secretsmanager." + p.Region + ".amazonaws.com"}},
			"StringLike":   {"kms:EncryptionContext:SecretARN": byKey[key]},
		}
		if key.KeyAlias != "" {
			decrypt.Sid, decrypt.Resource = "DecryptReplicas", []string{p.KeysARN()}
			decrypt.Condition["ForAnyValue:StringEquals"] = map[string]iampolicy.Values{"kms:ResourceAliases": {key.KeyAlias}}
		}
		statements = append(statements, decrypt)
	}
	return statements
}
