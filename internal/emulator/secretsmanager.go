package emulator

import "encoding/json"

// replicateNewSecrets has a new secret replicated as its making asked: the emulator knows ReplicateSecretToRegions, and passes over
// AddReplicaRegions in CreateSecret.
func replicateNewSecrets(r *Request) (target string, body []byte, field string) {
	if r.Action != "CreateSecret" {
		return "", nil, ""
	}
	var given struct {
		Name              string
		AddReplicaRegions []json.RawMessage
	}
	if json.Unmarshal(r.Body, &given) != nil || len(given.AddReplicaRegions) == 0 {
		return "", nil, ""
	}
	body, err := json.Marshal(map[string]any{"SecretId": given.Name, "AddReplicaRegions": given.AddReplicaRegions})
	if err != nil {
		return "", nil, ""
	}
	return "secretsmanager.ReplicateSecretToRegions", body, "CreateSecret.AddReplicaRegions"
}
