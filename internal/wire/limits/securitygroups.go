package limits

import (
	"regexp"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// maxGroupRules is the quota of a group's rules, in a direction and for a family of addresses.
const maxGroupRules = 60

// prefixListWeight is how many rules a reference to one of AWS's lists counts as, by the list's name (CloudFront
// developer guide, 'Limit access to origins using AWS-managed prefix lists'; VPC user guide, 'AWS-managed prefix
// lists'). Others count as 1 here.
var prefixListWeight = map[string]int{
	"com.amazonaws.global.cloudfront.origin-facing":      55,
	"com.amazonaws.global.ipv6.cloudfront.origin-facing": 55,
}

func securityGroupTotals() []Total {
	return []Total{{"rules of a security group", "VPC user guide, 'Amazon VPC quotas'", rulesOfGroups}}
}

// groupKey is what a quota of rules is counted for.
type groupKey struct{ group, direction, family string }

func rulesOfGroups(calls []*protocol.Call, report *Report) {
	weights, counts := map[string]int{}, map[groupKey]int{}
	made := map[string]map[groupKey]int{} // what a rule counts as, by its id
	for _, call := range calls {
		learnPrefixLists(call, weights)
		var input struct {
			GroupID              string
			SecurityGroupRuleIDs []string
			IPPermissions        []permission
		}
		call.Into(&input)
		direction := "ingress"
		switch call.Name() {
		case "ec2 AuthorizeSecurityGroupEgress":
			direction = "egress"
		case "ec2 AuthorizeSecurityGroupIngress":
		case "ec2 RevokeSecurityGroupIngress", "ec2 RevokeSecurityGroupEgress":
			for _, id := range input.SecurityGroupRuleIDs {
				for key, count := range made[id] {
					counts[key] -= count
				}
				delete(made, id)
			}
			continue
		default:
			continue
		}
		added := map[groupKey]int{}
		for _, one := range input.IPPermissions {
			both := len(one.UserIDGroupPairs)
			for _, list := range one.PrefixListIDs {
				both += max(1, weights[list.PrefixListID])
			}
			added[groupKey{input.GroupID, direction, "IPv4"}] += len(one.IPRanges) + both
			added[groupKey{input.GroupID, direction, "IPv6"}] += len(one.IPv6Ranges) + both
		}
		if ids := ruleID.FindAllSubmatch(call.Request.Answer, -1); len(ids) == 1 { // the provider makes one a call
			made[string(ids[0][1])] = added
		}
		for key, count := range added {
			counts[key] += count
			report.About(call).AtMost(".IpPermissions", "rules of a security group, in a direction and for "+key.family,
				counts[key], maxGroupRules)
		}
	}
}

// permission is what a rule of a security group counts by.
type permission struct {
	IPRanges, IPv6Ranges, UserIDGroupPairs []any
	PrefixListIDs                          []struct{ PrefixListID string }
}

var ruleID = regexp.MustCompile(`<securityGroupRuleId>(sgr-\w+)<`)

var (
	listItem = regexp.MustCompile(`(?s)<item>.*?</item>`)
	listID   = regexp.MustCompile(`<prefixListId>(pl-\w+)<`)
	listName = regexp.MustCompile(`<prefixListName>([^<]+)<`)
)

// learnPrefixLists reads the names of AWS's prefix lists from the answers that describe them.
func learnPrefixLists(call *protocol.Call, weights map[string]int) {
	if call.Name() != "ec2 DescribeManagedPrefixLists" && call.Name() != "ec2 DescribePrefixLists" {
		return
	}
	for _, item := range listItem.FindAll(call.Request.Answer, -1) {
		id, name := listID.FindSubmatch(item), listName.FindSubmatch(item)
		if id != nil && name != nil {
			weights[string(id[1])] = prefixListWeight[string(name[1])]
		}
	}
}
