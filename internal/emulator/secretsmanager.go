package emulator

import (
	"encoding/json"
	"net/http"
)

// removedReplicas answers what the provider asks before it deletes a secret with replicas, which AWS refuses to delete. The emulator's replicas go
// with their secret.
func removedReplicas(r *Request) *Reply {
	if r.Action != "RemoveRegionsFromReplication" {
		return nil
	}
	var given struct{ SecretId string }
	if json.Unmarshal(r.Body, &given) != nil || given.SecretId == "" {
		return r.failure(http.StatusBadRequest, "InvalidParameterException")
	}
	return jsonReply(map[string]any{"ARN": given.SecretId, "ReplicationStatus": []any{}})
}

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
