package environments

// WAF is the web ACL: what it refuses, and for whom it makes an exception (docs/waf.md).
type WAF struct {
	// Mode is whether rules that may be wrong about a request block it, or count it and let it pass: managed groups, the
	// body limit and rate limits. The deny list blocks in both. Default: count; set block when the counts are understood.
	Mode WAFMode `yaml:"mode"`
	// InspectedKiB is how much of a request's body AWS WAF sees, in KiB: 16, 32, 48 or 64 (its most). Above 16, each
	// further 16 cost 0.30 USD a million requests. Without a distribution it is 8, and nothing changes that. Default: 16.
	InspectedKiB InspectedKiB `yaml:"inspected_kib"`
	// BodyLimitKiB is the largest body that passes, in KiB, at most what is inspected, because AWS WAF can't tell the
	// size of what it does not see. 0 is no limit, and then nobody looks at what follows the inspected part. Default:
	// what is inspected.
	BodyLimitKiB int `yaml:"body_limit_kib" jsonschema:"minimum=0,maximum=64"`
	// Uploads are the paths whose bodies may be larger than the limit: CloudFront takes 64 GB. * is any text, ? any
	// character: /api/photos/*. Default: none.
	Uploads []string `yaml:"uploads" jsonschema:"uniqueItems=true"`
	// Deny are addresses that are refused in every mode, IPv4 or IPv6, as blocks. Default: none.
	Deny []string `yaml:"deny" jsonschema:"uniqueItems=true"`
	// Allow are addresses that no other rule looks at but the deny list, as blocks: offices, monitors, partners.
	// Default: none.
	Allow []string `yaml:"allow" jsonschema:"uniqueItems=true"`
	// RateLimits are limits of paths, beside edge.rate_limit. AWS WAF has room for nine of them. Default: none.
	RateLimits []RateLimit `yaml:"rate_limits"`
	// BotControl is AWS WAF Bot Control for all but static assets, 10 USD a month: common knows bots that say what they
	// are (1 USD a million requests after ten million); targeted also challenges those that do not (10 USD a million
	// after one), and needs AWS's script in the pages. Default: off.
	BotControl BotControl `yaml:"bot_control"`
	// Exceptions are rules of managed groups that are wrong about this application, one row a rule. Default: none.
	Exceptions []WAFException `yaml:"exceptions"`
}

// RateLimit is how often one address may call some paths before it gets the answer 429.
type RateLimit struct {
	// Name is part of the rule's name: 1 to 32 lower case letters, digits and hyphens. Required.
	Name string `yaml:"name" jsonschema:"required,maxLength=32,pattern=^[a-z0-9-]+$"`
	// Paths are those whose requests count together. * is any text, ? any character. Required.
	Paths []string `yaml:"paths" jsonschema:"required,minItems=1,uniqueItems=true"`
	// Limit is how many requests one address may make in the window. AWS's minimum is 10. Required.
	Limit int `yaml:"limit" jsonschema:"required,minimum=10,maximum=2000000000"`
	// WindowSeconds is over how long requests are counted, in seconds. Default: 300.
	WindowSeconds RateWindow `yaml:"window_seconds"`
}

// WAFException is a rule of a managed group that does not block everywhere. A request for one of its paths is excepted,
// and so is one from one of its addresses; with neither, the rule blocks nothing.
type WAFException struct {
	// Rule is AWS's name of the rule, as the logs have it: CrossSiteScripting_BODY. Required.
	Rule string `yaml:"rule" jsonschema:"required"`
	// Paths are where it does not block. * is any text, ? any character. Default: none.
	Paths []string `yaml:"paths" jsonschema:"uniqueItems=true"`
	// Addresses are whom it does not block, as blocks. Default: none.
	Addresses []string `yaml:"addresses" jsonschema:"uniqueItems=true"`
}

// WAFMode is what a web ACL does with a request that one of its rules finds wrong.
type WAFMode string

// The modes, in the order in which an environment takes them.
const (
	WAFCount WAFMode = "count" // nobody is refused, and the logs say who would be
	WAFBlock WAFMode = "block"
)

func (WAFMode) values() []string { return words(WAFCount, WAFBlock) }

// BotControl is how deep AWS WAF Bot Control looks.
type BotControl string

// The levels of bot control.
const (
	BotControlOff      BotControl = "off"
	BotControlCommon   BotControl = "common"
	BotControlTargeted BotControl = "targeted"
)

func (BotControl) values() []string {
	return words(BotControlOff, BotControlCommon, BotControlTargeted)
}

// InspectedKiB is how much of a body AWS WAF sees at CloudFront, in KiB.
type InspectedKiB int

func (InspectedKiB) values() []string { return []string{"16", "32", "48", "64"} }

// regionalInspectedKiB is how much it sees behind a load balancer (AWS WAF Developer Guide, 'Considerations for
// managing body inspection in AWS WAF').
const regionalInspectedKiB = 8

// RateWindow is over how many seconds AWS WAF counts requests.
type RateWindow int

func (RateWindow) values() []string { return []string{"60", "120", "300", "600"} }
