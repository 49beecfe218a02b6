package wafrules

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everything are settings that use each kind of rule.
func everything() Settings {
	office := []netip.Prefix{netip.MustParsePrefix("8.8.4.4/32"), netip.MustParsePrefix("2a02:8100::/32")}
	return Settings{
		Deny: office[:1], Allow: office,
		BodyLimit: 16 << 10, Uploads: []string{"/photos/*"},
		RateLimit: 2000, Static: []string{"/static/*"},
		RateLimits: []RateLimit{{Name: "login", Paths: []string{"/login"}, Limit: 10, WindowSeconds: 60}},
		BotControl: BotControlTargeted,
		Exceptions: []Exception{
			{Rule: "CrossSiteScripting_BODY", Paths: []string{"/editor/*"}, Addresses: office},
			{Rule: "NoUserAgent_HEADER"}, {Rule: "SignalNonBrowserUserAgent"},
		},
	}
}

func named(t *testing.T, rules []Rule, name string) Rule {
	t.Helper()
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		t.Fatalf("there is no rule %q", name)
	}
	return rules[i]
}

// text is a statement as JSON, with IP sets by their names.
func text(t *testing.T, statement Statement) string {
	t.Helper()
	encoded, err := json.Marshal(statement.Terraform(func(set string) string { return set }))
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// In count mode nobody is refused by a rule that may be wrong; the deny list says whom it means.
func TestOnlyTheDenyListBlocksWhileCounting(t *testing.T) {
	settings := everything()
	for _, counts := range []bool{true, false} {
		settings.Counts = counts
		_, rules := Build(settings)
		for _, rule := range rules {
			blocks := rule.Action == Block || rule.Action == TooMany || rule.IsGroup() && !rule.GroupCounts
			want := rule.Name == "deny-list" || !counts && rule.Name != "allow-list" && rule.Name != "anonymous-ip"
			if blocks != want {
				t.Errorf("counting %v: %s blocks %v, want %v", counts, rule.Name, blocks, want)
			}
		}
	}
}

func TestRulesAreInTheOrderOfTheirPriorities(t *testing.T) {
	_, rules := Build(everything())
	for i := 1; i < len(rules); i++ {
		if rules[i].Priority <= rules[i-1].Priority {
			t.Errorf("%s has priority %d after %s with %d",
				rules[i].Name, rules[i].Priority, rules[i-1].Name, rules[i-1].Priority)
		}
	}
}

// Another order of exceptions is no other web ACL.
func TestTheOrderOfExceptionsChangesNothing(t *testing.T) {
	settings := everything()
	settings.Exceptions = append(settings.Exceptions, Exception{Rule: "GenericLFI_BODY", Paths: []string{"/files/*"}})
	_, rules := Build(settings)
	slices.Reverse(settings.Exceptions)
	_, reversed := Build(settings)
	for i, rule := range rules {
		if reversed[i].Priority != rule.Priority || text(t, reversed[i].Statement) != text(t, rule.Statement) {
			t.Errorf("%s becomes %s", rule.Name, reversed[i].Name)
		}
	}
}

// A setting that goes takes its own rules along, and no other rule moves or changes.
func TestASettingThatGoesMovesNoOtherRule(t *testing.T) {
	_, whole := Build(everything())
	for name, c := range map[string]struct {
		without func(*Settings)
		gone    []string
		changed []string
	}{
		"deny":        {func(s *Settings) { s.Deny = nil }, []string{"deny-list"}, nil},
		"allow":       {func(s *Settings) { s.Allow = nil }, []string{"allow-list"}, nil},
		"body limit":  {func(s *Settings) { s.BodyLimit = 0 }, []string{"body-limit"}, nil},
		"uploads":     {func(s *Settings) { s.Uploads = nil }, nil, []string{"body-limit"}},
		"rate limits": {func(s *Settings) { s.RateLimits = nil }, []string{"rate-limit-login"}, nil},
		"bot control": {func(s *Settings) { s.BotControl = "" }, []string{"bot-control"}, nil},
		"exceptions": {func(s *Settings) { s.Exceptions = nil }, []string{"except-CrossSiteScripting_BODY"},
			[]string{"common", "bot-control"}},
	} {
		t.Run(name, func(t *testing.T) {
			settings := everything()
			c.without(&settings)
			_, rest := Build(settings)
			for _, rule := range whole {
				i := slices.IndexFunc(rest, func(r Rule) bool { return r.Name == rule.Name })
				switch {
				case slices.Contains(c.gone, rule.Name) != (i < 0):
					t.Errorf("%s is gone: %v", rule.Name, i < 0)
				case i >= 0 && rest[i].Priority != rule.Priority:
					t.Errorf("%s moves from %d to %d", rule.Name, rule.Priority, rest[i].Priority)
				case i >= 0 && (text(t, rest[i].Statement) != text(t, rule.Statement)) != slices.Contains(c.changed, rule.Name):
					t.Errorf("%s is now %s", rule.Name, text(t, rest[i].Statement))
				}
			}
		})
	}
}

// An excepted rule counts in its group, and what it labelled is blocked elsewhere.
func TestAnExceptionBlocksEverywhereElse(t *testing.T) {
	_, rules := Build(everything())
	common := text(t, named(t, rules, "common").Statement)
	for _, rule := range []string{"CrossSiteScripting_BODY", "NoUserAgent_HEADER", "SizeRestrictions_BODY"} {
		if !strings.Contains(common, `{"action_to_use":{"count":{}},"name":"`+rule+`"}`) {
			t.Errorf("%s does not count: %s", rule, common)
		}
	}
	except := text(t, named(t, rules, "except-CrossSiteScripting_BODY").Statement)
	for _, part := range []string{
		`"key":"awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body"`,
		`{"not_statement":{"statement":[{"ip_set_reference_statement":{"arn":"except-CrossSiteScripting_BODY-ipv4"}}]}}`,
		`{"not_statement":{"statement":[{"ip_set_reference_statement":{"arn":"except-CrossSiteScripting_BODY-ipv6"}}]}}`,
		`"regex_string":"^(/editor/.*)$"`,
	} {
		if !strings.Contains(except, part) {
			t.Errorf("it lacks %s: %s", part, except)
		}
	}
	for _, rule := range rules {
		if rule.Name == "except-NoUserAgent_HEADER" || rule.Name == "except-SignalNonBrowserUserAgent" {
			t.Errorf("%s blocks what is to count everywhere", rule.Name)
		}
	}
}

// The sums are AWS's own figures, added by hand.
func TestCapacity(t *testing.T) {
	const groups, rate, path = 25 + 50 + 700 + 200 + 200, 2, 3 + 2*10
	for name, c := range map[string]struct {
		settings Settings
		want     int
	}{
		"least":          {Settings{RateLimit: 10}, groups + rate},
		"static apart":   {Settings{RateLimit: 10, Static: []string{"/static/*", "/favicon.ico"}}, groups + rate + path},
		"limited bodies": {Settings{RateLimit: 10, BodyLimit: 1}, groups + rate + 1},
		"everything": {everything(), groups + rate + path + // with static assets apart
			1 + 2 + // deny and allow
			1 + path + // bodies
			rate + path + // login
			50 + path + // bot control, but static assets
			1 + path + 2}, // one exception with a path and two sets
	} {
		if got := Sum(Build(c.settings)).Capacity; got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestSum(t *testing.T) {
	got := Sum(Build(everything()))
	got.Capacity = 0
	want := Total{RateLimits: 2, References: 5 + 1 + 1 + 2 + 2, IPSets: 5, LargestIPSet: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLabelsAreThoseOfTheAPI(t *testing.T) {
	key := regexp.MustCompile(`^awswaf:managed:aws:[a-z-]+:[0-9A-Za-z_]+$`)
	seen := map[string]bool{}
	for _, one := range groups {
		for _, rule := range one.rules {
			if !key.MatchString(one.fullLabel(rule)) || seen[rule.name] || strings.HasSuffix(one.fullLabel(rule), "_") {
				t.Errorf("rule %q, label %q", rule.name, one.fullLabel(rule))
			}
			seen[rule.name] = true
		}
	}
}

func TestExceptable(t *testing.T) {
	for rule, c := range map[string]struct {
		listed, labelled bool
	}{
		"CrossSiteScripting_BODY": {true, true},
		"SizeRestrictions_BODY":   {false, true},
		"HostingProviderIPList":   {false, true},
		"AWSManagedIPDDoSList":    {false, true},
		"CategoryHttpLibrary":     {true, false},
		"NoSuchRule":              {false, false},
	} {
		if got := slices.Contains(ManagedRules(true), rule); got != c.listed {
			t.Errorf("%s is listed: %v", rule, got)
		}
		if got := HasLabel(rule); got != c.labelled {
			t.Errorf("%s has a label: %v", rule, got)
		}
		if c.listed && WhyNot(rule) != "" {
			t.Errorf("%s %s", rule, WhyNot(rule))
		}
	}
	if slices.Contains(ManagedRules(false), "CategoryHttpLibrary") {
		t.Error("bot control's rules are listed without it")
	}
}
