package webacl

import (
	"net/url"
	"regexp"
	"slices"
)

// commonRuleSet is the core rule set. Sizes, examples and labels are those of the AWS WAF Developer Guide, 'Baseline
// rule groups'.
var commonRuleSet = managedGroup{
	labels: "awswaf:managed:aws:core-rule-set:",
	rules: slices.Concat(
		[]managedRule{
			{name: "NoUserAgent_HEADER", label: "NoUserAgent_Header", matches: func(e *evaluation) bool {
				_, sent := e.Headers["user-agent"]
				return !sent
			}},
			{name: "UserAgent_BadBots_HEADER", label: "BadBots_Header", matches: func(e *evaluation) bool {
				return badBots.MatchString(e.Headers["user-agent"])
			}},
			{name: "SizeRestrictions_QUERYSTRING", label: "SizeRestrictions_QueryString", matches: func(e *evaluation) bool {
				return len(e.Query) > 2048
			}},
			{name: "SizeRestrictions_Cookie_HEADER", label: "SizeRestrictions_Cookie_Header", matches: func(e *evaluation) bool {
				return len(e.Headers["cookie"]) > 10240
			}},
			{name: "SizeRestrictions_BODY", label: "SizeRestrictions_Body", matches: func(e *evaluation) bool {
				return e.size() > 8192
			}},
			{name: "SizeRestrictions_URIPATH", label: "SizeRestrictions_URIPath", matches: func(e *evaluation) bool {
				return len(e.Path) > 1024
			}},
		},
		inParts("EC2MetaDataSSRF", ec2Metadata, body, cookie, uriPath, queryArguments),
		inParts("GenericLFI", pathTraversal, queryArguments, uriPath, body),
		inParts("RestrictedExtensions", systemFile, uriPath, queryArguments),
		inParts("GenericRFI", urlOfIPv4, queryArguments, body, uriPath),
		inParts("CrossSiteScripting", script, cookie, queryArguments, body, uriPath),
	),
}

// The examples of the guide, as expressions.
var (
	badBots       = regexp.MustCompile(`(?i)nessus|nmap`)
	ec2Metadata   = regexp.MustCompile(`169\.254\.169\.254`)
	pathTraversal = regexp.MustCompile(`\.\./`)
	systemFile    = regexp.MustCompile(`(?i)\.(log|ini)$`)
	urlOfIPv4     = regexp.MustCompile(`(?i)(https?|ftps?|file)://\d{1,3}(\.\d{1,3}){3}`)
	script        = regexp.MustCompile(`(?i)<script`)
)

// part is a part of a request as the names of managed rules have it, and as their labels have it.
type part struct {
	name, label string
	values      func(*evaluation) []string
}

var (
	body           = part{"BODY", "Body", func(e *evaluation) []string { return []string{e.body()} }}
	cookie         = part{"COOKIE", "Cookie", func(e *evaluation) []string { return []string{e.Headers["cookie"]} }}
	uriPath        = part{"URIPATH", "URIPath", func(e *evaluation) []string { return []string{decoded(e.Path)} }}
	queryArguments = part{"QUERYARGUMENTS", "QueryArguments", (*evaluation).arguments}
	queryString    = part{"QUERYSTRING", "QueryString", func(e *evaluation) []string { return []string{decoded(e.Query)} }}
	header         = part{"HEADER", "Header", func(e *evaluation) []string { return e.Headers.all() }}
)

// inParts are the rules that look for one thing in several parts: GenericRFI_BODY with the label GenericRFI_Body.
func inParts(name string, expression *regexp.Regexp, parts ...part) []managedRule {
	var rules []managedRule
	for _, one := range parts {
		rules = append(rules, managedRule{
			name: name + "_" + one.name, label: name + "_" + one.label,
			matches: func(e *evaluation) bool { return slices.ContainsFunc(one.values(e), expression.MatchString) },
		})
	}
	return rules
}

// decoded is a text without percent signs; what can't be decoded is taken as it is.
func decoded(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}
