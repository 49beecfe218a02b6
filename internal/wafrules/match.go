package wafrules

// inSet matches requests from the addresses of an IP set.
type inSet struct {
	plain
	set string
}

func (inSet) Capacity() int   { return 1 }
func (inSet) references() int { return 1 }
func (s inSet) Terraform(arn func(string) string) map[string]any {
	return map[string]any{"ip_set_reference_statement": map[string]any{"arn": arn(s.set)}}
}

// hasLabel matches requests that an earlier rule has put a label on.
type hasLabel struct {
	plain
	label string
}

func (hasLabel) Capacity() int { return 1 }
func (l hasLabel) Terraform(func(string) string) map[string]any {
	return map[string]any{"label_match_statement": map[string]any{"scope": "LABEL", "key": l.label}}
}

// largerBody matches requests whose body has more bytes. WAF sees no more of a body than its inspection limit: a
// longer one is larger than any size that can be told (AWS WAF Developer Guide, 'Oversize web request components in
// AWS WAF').
type largerBody struct {
	plain
	bytes int
}

func (largerBody) Capacity() int { return 1 }
func (l largerBody) Terraform(func(string) string) map[string]any {
	return map[string]any{"size_constraint_statement": map[string]any{
		"comparison_operator": "GT",
		"size":                l.bytes,
		"field_to_match":      map[string]any{"body": map[string]any{"oversize_handling": "MATCH"}},
		"text_transformation": transformations("NONE"),
	}}
}

// pathMatches matches requests whose path matches a regular expression, after what hides a path is undone: without
// that, /uploads/%2e%2e/login would be an upload, and /./login not a login.
type pathMatches struct {
	plain
	expression string
}

// Capacity is 3, and 10 for each transformation. AWS may count a transformation of one field once for several rules,
// which its guide does not promise.
func (pathMatches) Capacity() int { return 3 + 2*10 }
func (p pathMatches) Terraform(func(string) string) map[string]any {
	return map[string]any{"regex_match_statement": map[string]any{
		"regex_string":        p.expression,
		"field_to_match":      map[string]any{"uri_path": map[string]any{}},
		"text_transformation": transformations("URL_DECODE", "NORMALIZE_PATH"),
	}}
}

func transformations(kinds ...string) []any {
	list := make([]any, len(kinds))
	for i, kind := range kinds {
		list[i] = map[string]any{"priority": i, "type": kind}
	}
	return list
}

// rate matches requests of an address that has made more than a limit of them in a window.
type rate struct {
	limit, window int
	of            Statement // which requests count; nil is all
}

func (r rate) Capacity() int {
	if r.of == nil {
		return 2
	}
	return 2 + r.of.Capacity()
}

func (r rate) references() int {
	if r.of == nil {
		return 0
	}
	return r.of.references()
}

func (rate) rateLimits() int { return 1 }

func (r rate) Terraform(arn func(string) string) map[string]any {
	statement := map[string]any{"limit": r.limit, "aggregate_key_type": "IP", "evaluation_window_sec": r.window}
	if r.of != nil {
		statement["scope_down_statement"] = r.of.Terraform(arn)
	}
	return map[string]any{"rate_based_statement": statement}
}
