package wafrules

// managedGroup asks a managed rule group about requests.
type managedGroup struct {
	group
	counted []string   // its rules that only count
	level   BotControl // of bot control, else empty
	of      Statement  // which requests; nil is all
}

func (m managedGroup) Capacity() int {
	if m.of == nil {
		return m.capacity
	}
	return m.capacity + m.of.Capacity()
}

// references counts a managed group, too: AWS's guide speaks of rule groups without saying whose.
func (m managedGroup) references() int {
	if m.of == nil {
		return 1
	}
	return 1 + m.of.references()
}

func (managedGroup) rateLimits() int { return 0 }

func (m managedGroup) Terraform(arn func(string) string) map[string]any {
	statement := map[string]any{"vendor_name": "AWS", "name": m.name}
	if m.level != "" {
		statement["managed_rule_group_configs"] = []any{map[string]any{
			"aws_managed_rules_bot_control_rule_set": map[string]any{"inspection_level": string(m.level)},
		}}
	}
	var overrides []any
	for _, rule := range m.counted {
		count := map[string]any{"count": map[string]any{}}
		overrides = append(overrides, map[string]any{"name": rule, "action_to_use": count})
	}
	if overrides != nil {
		statement["rule_action_override"] = overrides
	}
	if m.of != nil {
		statement["scope_down_statement"] = m.of.Terraform(arn)
	}
	return map[string]any{"managed_rule_group_statement": statement}
}
