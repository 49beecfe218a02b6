package wafrules

// Statement is what a rule looks for in a request.
type Statement interface {
	// Capacity is what it costs, in web ACL capacity units (AWS WAF Developer Guide, 'Using rule statements in AWS WAF',
	// whose page of each statement says its WCUs; read 2026-11-28).
	Capacity() int
	// Terraform is the statement in the words of aws_wafv2_web_acl. arn says the ARN of an IP set by its name.
	Terraform(arn func(set string) string) map[string]any
	// references is how many IP sets and rule groups it refers to.
	references() int
	// rateLimits is how many rates it counts.
	rateLimits() int
}

// plain is a statement that neither refers to anything nor counts a rate.
type plain struct{}

func (plain) references() int { return 0 }
func (plain) rateLimits() int { return 0 }

// allOf matches where each of some statements does. It costs what they cost, and so do anyOf and not.
type allOf []Statement

func (a allOf) Capacity() int { return sum(a, Statement.Capacity) }
func (a allOf) Terraform(arn func(string) string) map[string]any {
	return map[string]any{"and_statement": map[string]any{"statement": rendered(a, arn)}}
}
func (a allOf) references() int { return sum(a, Statement.references) }
func (a allOf) rateLimits() int { return sum(a, Statement.rateLimits) }

// anyOf matches where one of some statements does.
type anyOf []Statement

func (a anyOf) Capacity() int { return sum(a, Statement.Capacity) }
func (a anyOf) Terraform(arn func(string) string) map[string]any {
	return map[string]any{"or_statement": map[string]any{"statement": rendered(a, arn)}}
}
func (a anyOf) references() int { return sum(a, Statement.references) }
func (a anyOf) rateLimits() int { return sum(a, Statement.rateLimits) }

// not matches where a statement does not.
type not struct{ Statement }

func (n not) Terraform(arn func(string) string) map[string]any {
	return map[string]any{"not_statement": map[string]any{"statement": []any{n.Statement.Terraform(arn)}}}
}

// all and either are a statement alone where there is one: AWS wants two or more in an AND and an OR.
func all(statements ...Statement) Statement {
	if len(statements) == 1 {
		return statements[0]
	}
	return allOf(statements)
}

func either(statements ...Statement) Statement {
	if len(statements) == 1 {
		return statements[0]
	}
	return anyOf(statements)
}

func sum(statements []Statement, of func(Statement) int) int {
	total := 0
	for _, one := range statements {
		total += of(one)
	}
	return total
}

func rendered(statements []Statement, arn func(string) string) []any {
	list := make([]any, len(statements))
	for i, one := range statements {
		list[i] = one.Terraform(arn)
	}
	return list
}
