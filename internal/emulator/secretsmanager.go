package emulator

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

// replicateNewSecrets has a new secret replicated as its making asked: the emulator passes over AddReplicaRegions in CreateSecret.
func replicateNewSecrets(r *Request) (target string, body []byte, field string) {
	if r.Action != "CreateSecret" {
		return "", nil, ""
	}
	var given struct {
		Name                        string
		AddReplicaRegions           []json.RawMessage
		ForceOverwriteReplicaSecret bool
	}
	if json.Unmarshal(r.Body, &given) != nil || len(given.AddReplicaRegions) == 0 {
		return "", nil, ""
	}
	body, err := json.Marshal(object{
		"SecretId": given.Name, "AddReplicaRegions": given.AddReplicaRegions, "ForceOverwriteReplicaSecret": given.ForceOverwriteReplicaSecret,
	})
	if err != nil {
		return "", nil, ""
	}
	return "secretsmanager.ReplicateSecretToRegions", body, "CreateSecret.AddReplicaRegions"
}

// secretSuffix is what Secrets Manager adds to a secret's name in its ARN.
var secretSuffix = regexp.MustCompile(`-[0-9A-Za-z]{6}$`)

// secretOf is the name of the secret that a call is about.
func secretOf(r *Request) string {
	id, _ := r.given()["SecretId"].(string)
	if steps := strings.SplitN(id, ":", 7); len(steps) == 7 && steps[0] == "arn" {
		return secretSuffix.ReplaceAllString(steps[6], "")
	}
	return id
}

// shown has AWS's ARNs of replicas in the place of the emulator's.
func (s *secretReplicas) shown(body []byte) []byte {
	text := string(body)
	for arn, emulators := range s.arns {
		text = strings.ReplaceAll(text, emulators, arn)
	}
	return []byte(text)
}

func (s *secretReplicas) describe(r *Request, region, name string) (object, error) {
	return s.ask(r, region, "DescribeSecret", object{"SecretId": name})
}

func (s *secretReplicas) deleteSecret(r *Request, region, name string) error {
	_, err := s.ask(r, region, "DeleteSecret", object{"SecretId": name, "ForceDeleteWithoutRecovery": true})
	return err
}

func (s *secretReplicas) ask(r *Request, region, action string, given object) (object, error) {
	return s.proxy.askJSON(r, region, "secretsmanager."+action, given)
}

// isNotFound is whether the emulator does not have what a stand-in asked for.
func isNotFound(err error) bool {
	var refused *refusal
	return errors.As(err, &refused) && refused.code == "ResourceNotFoundException"
}
