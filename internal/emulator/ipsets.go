package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// ipSetsInUse refuses what AWS refuses and ministack does not: the deletion of an IP set that a web ACL names (WAFV2
// API Reference, DeleteIPSet, WAFAssociatedItemException). Everything else is passed on.
type ipSetsInUse struct{ rules *store[string] } // of web ACLs, by scope and name

func newIPSetsInUse() *ipSetsInUse { return &ipSetsInUse{newStore[string]()} }

func (s *ipSetsInUse) answer(r *Request) *Reply {
	var given struct {
		Name, ID, Scope string
		Rules           json.RawMessage
	}
	switch r.Action {
	case "CreateWebACL", "UpdateWebACL", "DeleteWebACL", "DeleteIPSet":
		if json.Unmarshal(r.Body, &given) != nil {
			return r.failure(http.StatusBadRequest, "WAFInvalidParameterException")
		}
	default:
		return nil
	}
	acl := given.Scope + "|" + given.Name
	switch r.Action {
	case "CreateWebACL", "UpdateWebACL":
		s.rules.put(acl, string(given.Rules))
	case "DeleteWebACL":
		s.rules.remove(acl)
	case "DeleteIPSet":
		for _, rules := range s.rules.below(given.Scope) {
			if strings.Contains(rules, fmt.Sprintf("/ipset/%s/%s", given.Name, given.ID)) {
				return r.failure(http.StatusBadRequest, "WAFAssociatedItemException")
			}
		}
	}
	return nil
}
