package environments

import "github.com/titan-platform/titan/internal/wafrules"

// StaticPaths are the paths of static assets, which the bucket answers.
func (e Edge) StaticPaths() []string {
	var paths []string
	for _, behavior := range e.BehaviorsInOrder() {
		if behavior.Target == TargetStatic {
			paths = append(paths, behavior.Path)
		}
	}
	return paths
}

// WebACL is what the web ACL is to do, as package wafrules takes it.
func (e Edge) WebACL() wafrules.Settings {
	const kib = 1 << 10
	settings := wafrules.Settings{
		Counts:    e.WAF.Mode == WAFCount,
		Deny:      prefixes(e.WAF.Deny),
		Allow:     prefixes(e.WAF.Allow),
		BodyLimit: e.WAF.BodyLimitKiB * kib,
		Uploads:   e.WAF.Uploads,
		RateLimit: e.RateLimit,
		Static:    e.StaticPaths(),
	}
	for _, one := range e.WAF.RateLimits {
		settings.RateLimits = append(settings.RateLimits,
			wafrules.RateLimit{Name: one.Name, Paths: one.Paths, Limit: one.Limit, WindowSeconds: int(one.WindowSeconds)})
	}
	switch e.WAF.BotControl {
	case BotControlCommon:
		settings.BotControl = wafrules.BotControlCommon
	case BotControlTargeted:
		settings.BotControl = wafrules.BotControlTargeted
	}
	for _, one := range e.WAF.Exceptions {
		settings.Exceptions = append(settings.Exceptions,
			wafrules.Exception{Rule: one.Rule, Paths: one.Paths, Addresses: prefixes(one.Addresses)})
	}
	return settings
}
