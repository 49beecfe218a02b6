package emulator

import (
	"io"
	"net/http"
	"testing"
)

func TestNewSecretsAreReplicatedAsAsked(t *testing.T) {
	var calls []string
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		calls = append(calls, r.Header.Get("X-Amz-Target")+" "+string(body))
		_, _ = io.WriteString(w, "{}")
	})
	create := map[string]string{"X-Amz-Target": "secretsmanager.CreateSecret"}
	call(t, proxy, "POST", "/", "secretsmanager", create, `{"Name":"alone"}`)
	call(t, proxy, "POST", "/", "secretsmanager", create, `{"Name":"a","AddReplicaRegions":[{"Region":"eu-central-1"}]}`)
	want := `secretsmanager.ReplicateSecretToRegions {"AddReplicaRegions":[{"Region":"eu-central-1"}],"SecretId":"a"}`
	if len(calls) != 3 || calls[2] != want {
		t.Errorf("calls %q, want the last to be %q", calls, want)
	}
	made := proxy.Calls()
	if len(made) != 2 || len(made[1].Completed) != 1 || made[1].Completed[0] != "CreateSecret.AddReplicaRegions" {
		t.Errorf("recorded %+v", made)
	}
}

func TestReplicasAreRemovedBeforeTheirSecret(t *testing.T) {
	remove := map[string]string{"X-Amz-Target": "secretsmanager.RemoveRegionsFromReplication"}
	status, body := call(t, nowhere(t), "POST", "/", "secretsmanager", remove, `{"SecretId":"arn:a","RemoveReplicaRegions":["eu-central-1"]}`)
	if status != 200 || body != `{"ARN":"arn:a","ReplicationStatus":[]}` {
		t.Errorf("got %d %s", status, body)
	}
}
