// Package wafrules builds the rules of a web ACL as plain data, before anything is synthesized: the loader computes
// from them what they cost, and module webacl declares the same rules.
package wafrules

import "net/netip"

// Settings are what a web ACL is to do.
type Settings struct {
	// Counts has every rule that may be wrong about a request count it and let it pass. The deny list still blocks.
	Counts bool

	Deny, Allow []netip.Prefix // addresses that are refused, and addresses that no other rule looks at

	BodyLimit int      // bytes of the largest body; 0 is no limit
	Uploads   []string // paths whose bodies may be larger

	RateLimit  int         // requests of one address in five minutes, static assets apart
	RateLimits []RateLimit // of some paths
	Static     []string    // paths of static assets

	BotControl BotControl
	Exceptions []Exception
}

// RateLimit is how often one address may call some paths.
type RateLimit struct {
	Name          string
	Paths         []string
	Limit         int // requests in the window
	WindowSeconds int // 60, 120, 300 or 600
}

// Exception is a rule of a managed group that does not block everywhere.
type Exception struct {
	Rule      string         // AWS's name of it: CrossSiteScripting_BODY
	Paths     []string       // where it does not block
	Addresses []netip.Prefix // whom it does not block; neither paths nor addresses is nowhere and nobody
}

// BotControl is how deep AWS WAF Bot Control looks; empty is not at all.
type BotControl string

// The levels, in the words of the API.
const (
	BotControlCommon   BotControl = "COMMON"
	BotControlTargeted BotControl = "TARGETED"
)

// IPSet is a set of addresses of one version, which rules refer to by its name.
type IPSet struct {
	Name      string // deny-ipv4
	Version   string // IPV4 or IPV6
	Addresses []string
}

// Rule is a rule of a web ACL. It has an Action, or, for a managed group, GroupCounts.
type Rule struct {
	Name       string
	Priority   int
	Action     Action
	Statement  Statement
	RetryAfter int // seconds, for TooMany
	// GroupCounts is whether what a managed group would do is only counted.
	GroupCounts bool
}

// IsGroup is whether the rule is a managed group, which has an override in place of an action.
func (r Rule) IsGroup() bool {
	_, isGroup := r.Statement.(managedGroup)
	return isGroup
}

// Action is what a rule does with a request that it matches.
type Action string

// The actions. TooMany blocks with status 429 and says when to come back.
const (
	Allow   Action = "allow"
	Block   Action = "block"
	Count   Action = "count"
	TooMany Action = "too many"
)

// Window is over how many seconds the rate limit of all paths counts.
const Window = 300
