package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// webACLs remember what ministack forgets of web ACLs: how much of a body they inspect, and that an IP set that they
// name can't be deleted (WAFV2 API Reference, DeleteIPSet, WAFAssociatedItemException).
type webACLs struct{ given *store[webACL] } // by scope and name

type webACL struct {
	Name, ID, Scope   string
	Rules             json.RawMessage
	AssociationConfig map[string]any
}

func newWebACLs() *webACLs { return &webACLs{newStore[webACL]()} }

// answer refuses the deletion of an IP set in use. Everything else is passed on.
func (w *webACLs) answer(r *Request) *Reply {
	var given webACL
	switch r.Action {
	case "CreateWebACL", "UpdateWebACL", "DeleteWebACL", "DeleteIPSet":
		if json.Unmarshal(r.Body, &given) != nil {
			return r.failure(http.StatusBadRequest, "WAFInvalidParameterException")
		}
	default:
		return nil
	}
	switch key := given.Scope + "|" + given.Name; r.Action {
	case "CreateWebACL", "UpdateWebACL":
		w.given.put(key, given)
	case "DeleteWebACL":
		w.given.remove(key)
	case "DeleteIPSet":
		for _, acl := range w.given.below(given.Scope) {
			if strings.Contains(string(acl.Rules), fmt.Sprintf("/ipset/%s/%s", given.Name, given.ID)) {
				return r.failure(http.StatusBadRequest, "WAFAssociatedItemException")
			}
		}
	}
	return nil
}

// complete adds how much of a body a web ACL inspects to what is read of it.
func (w *webACLs) complete(r *Request, body []byte) ([]byte, []string) {
	var asked webACL
	var answer map[string]any
	if r.Action != "GetWebACL" || json.Unmarshal(r.Body, &asked) != nil || json.Unmarshal(body, &answer) != nil {
		return body, nil
	}
	acl, isThere := answer["WebACL"].(map[string]any)
	made, found := w.given.get(asked.Scope + "|" + asked.Name)
	if !isThere || !found || made.AssociationConfig == nil {
		return body, nil
	}
	acl["AssociationConfig"] = made.AssociationConfig
	completed, err := json.Marshal(answer)
	if err != nil {
		return body, nil
	}
	return completed, []string{"GetWebACL.AssociationConfig"}
}
