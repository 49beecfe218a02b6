package emulator

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// prefixListRules stands in for security group rules whose source or destination is a prefix list: the emulator makes such a rule without
// it, and then does not know the rule any more.
type prefixListRules struct {
	rules *store[*Request] // by id, the call that made it
	next  atomic.Int64
}

func newPrefixListRules() *prefixListRules { return &prefixListRules{rules: newStore[*Request]()} }

const prefixListField = "IpPermissions.1.PrefixListIds.1.PrefixListId"

func (p *prefixListRules) answer(r *Request) *Reply {
	switch r.Action {
	case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress":
		if r.Form.Get(prefixListField) == "" {
			return nil
		}
		id := fmt.Sprintf("sgr-%017x", p.next.Add(1))
		p.rules.put(id, r)
		return xmlReply(r.Action, "<return>true</return><securityGroupRuleSet>"+p.item(id, r)+"</securityGroupRuleSet>")
	case "DescribeSecurityGroupRules":
		if rule, id := p.named(r, "SecurityGroupRuleId.1"); rule != nil {
			return xmlReply(r.Action, "<securityGroupRuleSet>"+p.item(id, rule)+"</securityGroupRuleSet>")
		}
		if id := r.Form.Get("SecurityGroupRuleId.1"); strings.HasPrefix(id, "sgr-00000000") { // revoked
			return r.failure(400, "InvalidSecurityGroupRuleId.NotFound")
		}
	case "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress":
		if rule, id := p.named(r, "SecurityGroupRuleId.1"); rule != nil {
			p.rules.remove(id)
			return xmlReply(r.Action, "<return>true</return>")
		}
	}
	return nil
}

// named is the rule that a field of a call names, nil where it is none of ours.
func (p *prefixListRules) named(r *Request, field string) (*Request, string) {
	id := r.Form.Get(field)
	rule, _ := p.rules.get(id)
	return rule, id
}

func (p *prefixListRules) item(id string, made *Request) string {
	permission := func(field string) string { return escape(made.Form.Get("IpPermissions.1." + field)) }
	return fmt.Sprintf("<item><securityGroupRuleId>%s</securityGroupRuleId><groupId>%s</groupId><isEgress>%t</isEgress><ipProtocol>%s</ipProtocol>"+
		"<fromPort>%s</fromPort><toPort>%s</toPort><prefixListId>%s</prefixListId><description>%s</description><tagSet>%s</tagSet></item>",
		id, escape(made.Form.Get("GroupId")), made.Action == "AuthorizeSecurityGroupEgress", permission("IpProtocol"),
		permission("FromPort"), permission("ToPort"), permission("PrefixListIds.1.PrefixListId"), permission("PrefixListIds.1.Description"), tagItems(made.Form))
}
