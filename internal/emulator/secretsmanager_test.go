package emulator

import (
	"io"
	"net/http"
	"slices"
	"testing"
)

func TestNewSecretsAreReplicatedAsAsked(t *testing.T) {
	var calls []string
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		region := credential.FindStringSubmatch(r.Header.Get("Authorization"))[1]
		calls = append(calls, region+" "+r.Header.Get("X-Amz-Target"))
		if calls[len(calls)-1] == "eu-central-1 secretsmanager.DescribeSecret" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"__type":"ResourceNotFoundException"}`)
			return
		}
		_, _ = io.WriteString(w, "{}")
	})
	create := map[string]string{"X-Amz-Target": "secretsmanager.CreateSecret"}
	call(t, proxy, "POST", "/", "secretsmanager", create, `{"Name":"alone"}`)
	call(t, proxy, "POST", "/", "secretsmanager", create, `{"Name":"a","AddReplicaRegions":[{"Region":"eu-central-1"}]}`)
	if calls[1] != "eu-west-1 secretsmanager.CreateSecret" || !slices.Contains(calls, "eu-central-1 secretsmanager.PutSecretValue") {
		t.Errorf("calls %q, want the value in the other region", calls)
	}
	made := proxy.Calls()
	if len(made) != 2 || len(made[1].Completed) != 1 || made[1].Completed[0] != "CreateSecret.AddReplicaRegions" {
		t.Errorf("recorded %+v", made)
	}
}
