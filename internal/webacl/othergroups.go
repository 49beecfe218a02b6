package webacl

import (
	"regexp"
	"slices"
	"strings"
)

// knownBadInputs is of the AWS WAF Developer Guide, 'Baseline rule groups'.
var knownBadInputs = managedGroup{
	labels: "awswaf:managed:aws:known-bad-inputs:",
	rules: slices.Concat(
		inParts("JavaDeserializationRCE", regexp.MustCompile(`\(java\.lang\.Runtime\)`), header, body, uriPath, queryString),
		[]managedRule{
			{name: "Host_localhost_HEADER", label: "Host_Localhost_Header", matches: func(e *evaluation) bool {
				return strings.HasPrefix(e.Host, "localhost")
			}},
			{
				name:    "PROPFIND_METHOD",
				label:   "Propfind_Method",
				matches: func(e *evaluation) bool { return e.Method == "PROPFIND" },
			},
			{name: "ExploitablePaths_URIPATH", label: "ExploitablePaths_URIPath", matches: func(e *evaluation) bool {
				return strings.Contains(strings.ToLower(e.Path), "web-inf")
			}},
		},
		inParts("Log4JRCE", regexp.MustCompile(`(?i)\$\{jndi:`), header, queryString, body, uriPath),
	),
}

// adminProtection is of the AWS WAF Developer Guide, 'Baseline rule groups'.
var adminProtection = managedGroup{
	labels: "awswaf:managed:aws:admin-protection:",
	rules:  inParts("AdminProtection", regexp.MustCompile(`(?i)sqlmanager`), uriPath),
}

// sqlInjection is of the AWS WAF Developer Guide, 'Use-case specific rule groups'. What its patterns are AWS does not
// say: the classic example stands for them.
var sqlInjection = managedGroup{
	labels: "awswaf:managed:aws:sql-database:",
	rules: slices.Concat(
		inParts("SQLi", regexp.MustCompile(`(?i)'\s*or\s+'?1'?\s*=\s*'?1`), queryArguments, body, cookie, uriPath),
		inParts("SQLiExtendedPatterns", regexp.MustCompile(`(?i)\bunion\s+select\b`), queryArguments, body),
	),
}

// ipReputation and anonymousIP are of the AWS WAF Developer Guide, 'IP reputation rule groups'. Who is on the lists
// AWS does not say: the request does.
var (
	ipReputation = managedGroup{
		labels: "awswaf:managed:aws:amazon-ip-list:",
		rules:  lists("AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"),
	}
	anonymousIP = managedGroup{
		labels: "awswaf:managed:aws:anonymous-ip-list:",
		rules:  lists("AnonymousIPList", "HostingProviderIPList"),
	}
)

func lists(names ...string) []managedRule {
	var rules []managedRule
	for _, name := range names {
		rules = append(rules, managedRule{
			name: name, label: name, counts: name == "AWSManagedIPDDoSList",
			matches: func(e *evaluation) bool { return slices.Contains(e.Listed, name) },
		})
	}
	return rules
}

// botControl is of the AWS WAF Developer Guide, 'Bot Control rule group', as far as its common level tells a client by
// its User-Agent.
var botControl = managedGroup{
	labels: "awswaf:managed:aws:bot-control:",
	rules: []managedRule{
		{name: "CategoryHttpLibrary", label: "bot:category:http_library", matches: func(e *evaluation) bool {
			return httpLibrary.MatchString(e.Headers["user-agent"])
		}},
		{name: "SignalNonBrowserUserAgent", label: "signal:non_browser_user_agent", matches: func(e *evaluation) bool {
			return !strings.HasPrefix(e.Headers["user-agent"], "Mozilla/")
		}},
	},
}

var httpLibrary = regexp.MustCompile(`(?i)^(curl|python-requests|okhttp|go-http-client)/`)
