package wafrules

import (
	"slices"
	"strings"
)

// group is one of AWS's managed rule groups (AWS WAF Developer Guide, 'AWS Managed Rules rule groups list', read
// 2026-11-28).
type group struct {
	id, name  string
	capacity  int
	namespace string // of the labels of its rules
	// countOnly is a group whose findings are nobody's guilt: people behind a VPN or in a cloud are not attackers yet.
	countOnly bool
	rules     []managedRule
}

// managedRule is a rule of a group, and the last part of the label that it puts on what it matches.
type managedRule struct{ name, label string }

// groups are those of every web ACL, in the order in which they are asked: the cheap ones that refuse most come first.
// A group and a rule keep their places here, because priorities are made of them; new ones are added at the end.
var groups = []group{
	{
		id: "ip-reputation", name: "AWSManagedRulesAmazonIpReputationList", capacity: 25, namespace: "amazon-ip-list",
		rules: same("AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"),
	},
	{
		id: "anonymous-ip", name: "AWSManagedRulesAnonymousIpList", capacity: 50, namespace: "anonymous-ip-list",
		countOnly: true,
		rules:     same("AnonymousIPList", "HostingProviderIPList"),
	},
	{
		id: "common", name: "AWSManagedRulesCommonRuleSet", capacity: 700, namespace: "core-rule-set",
		rules: slices.Concat([]managedRule{
			{"NoUserAgent_HEADER", "NoUserAgent_Header"},
			{"UserAgent_BadBots_HEADER", "BadBots_Header"},
			{"SizeRestrictions_QUERYSTRING", "SizeRestrictions_QueryString"},
			{"SizeRestrictions_Cookie_HEADER", "SizeRestrictions_Cookie_Header"},
			{bodyRule, "SizeRestrictions_Body"},
			{"SizeRestrictions_URIPATH", "SizeRestrictions_URIPath"},
		}, parts("EC2MetaDataSSRF", "BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"),
			parts("GenericLFI", "QUERYARGUMENTS", "URIPATH", "BODY"),
			parts("RestrictedExtensions", "URIPATH", "QUERYARGUMENTS"),
			parts("GenericRFI", "QUERYARGUMENTS", "BODY", "URIPATH"),
			parts("CrossSiteScripting", "COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH")),
	},
	{ // Log4j's too
		id: "known-bad-inputs", name: "AWSManagedRulesKnownBadInputsRuleSet", capacity: 200, namespace: "known-bad-inputs",
		rules: slices.Concat(parts("JavaDeserializationRCE", "HEADER", "BODY", "URIPATH", "QUERYSTRING"), []managedRule{
			{"Host_localhost_HEADER", "Host_Localhost_Header"},
			{"PROPFIND_METHOD", "Propfind_Method"},
			{"ExploitablePaths_URIPATH", "ExploitablePaths_URIPath"},
		}, parts("Log4JRCE", "HEADER", "QUERYSTRING", "BODY", "URIPATH"), parts("ReactJSRCE", "BODY")),
	},
	{
		id: "sql-injection", name: "AWSManagedRulesSQLiRuleSet", capacity: 200, namespace: "sql-database",
		rules: slices.Concat(parts("SQLi", "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
			parts("SQLiExtendedPatterns", "QUERYARGUMENTS", "BODY")),
	},
}

// bodyRule of the common group refuses bodies over 8,192 bytes. It is only counted, because the limit of bodies is a
// setting.
const bodyRule = "SizeRestrictions_BODY"

// countingRules only count by AWS's own choice: to block on their label would be no exception, but a new rule.
var countingRules = []string{"AWSManagedIPDDoSList"}

// botControl costs extra. Its rules have no label of their own: a category's is on verified bots, too, which the rule
// lets through. So they count everywhere or nowhere.
var botControl = group{
	id: "bot-control", name: "AWSManagedRulesBotControlRuleSet", capacity: 50,
	rules: same("CategoryAdvertising", "CategoryArchiver", "CategoryContentFetcher", "CategoryEmailClient",
		"CategoryHttpLibrary", "CategoryLinkChecker", "CategoryMiscellaneous", "CategoryMonitoring",
		"CategoryScrapingFramework", "CategorySearchEngine", "CategorySecurity", "CategorySeo", "CategorySocialMedia",
		"CategoryAI", "SignalAutomatedBrowser", "SignalKnownBotDataCenter", "SignalNonBrowserUserAgent"),
}

// suffixes are the parts of a request at the end of a rule's name, as labels have them.
var suffixes = map[string]string{
	"BODY": "Body", "COOKIE": "Cookie", "HEADER": "Header", "QUERYARGUMENTS": "QueryArguments",
	"QUERYSTRING": "QueryString", "URIPATH": "URIPath",
}

// parts are the rules of one name, one for each part of a request.
func parts(name string, of ...string) []managedRule {
	rules := make([]managedRule, len(of))
	for i, part := range of {
		rules[i] = managedRule{name + "_" + part, name + "_" + suffixes[part]}
	}
	return rules
}

// same are rules whose labels have their names.
func same(names ...string) []managedRule {
	rules := make([]managedRule, len(names))
	for i, name := range names {
		rules[i] = managedRule{name, name}
	}
	return rules
}

// fullLabel is the whole label of a rule of the group.
func (g group) fullLabel(rule managedRule) string {
	return strings.Join([]string{"awswaf:managed:aws", g.namespace, rule.label}, ":")
}

// position is where a rule stands in its group, -1 for a rule of another.
func (g group) position(rule string) int {
	return slices.IndexFunc(g.rules, func(one managedRule) bool { return one.name == rule })
}
