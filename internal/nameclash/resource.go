package nameclash

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// resource is a block of a stack, with the provider that makes it.
type resource struct {
	stack    string
	provider provider
	kind     string // aws_sns_topic
	address  string // aws_sns_topic.operations
	body     map[string]any
}

func (r resource) text(argument string) string {
	text, _ := r.body[argument].(string)
	return text
}

// names are those that the resource takes: one, none where it is not written out, and more where it has replicas.
func (r resource) names() []taken {
	if known, ok := rules[r.kind]; ok {
		return r.namesBy(known)
	}
	return r.namesByConvention()
}

// namesBy are the names that a rule of the table finds.
func (r resource) namesBy(known rule) []taken {
	if known.reach == anywhere {
		return nil
	}
	name := []string{known.space}
	if known.space == "" {
		name[0] = r.kind
	}
	for i, argument := range known.arguments {
		text := r.text(argument)
		if i == 0 && strings.Contains(text, "${") {
			return nil // another's, which is compared where it is made, or one that AWS gives
		}
		name = append(name, text)
	}
	full := strings.TrimRight(strings.Join(name, " "), " ")
	all := []taken{{full, r.where(known.reach, r.provider.Region)}}
	replicas, _ := r.body["replica"].([]any) // of a secret, which has its name in their regions, too
	for _, replica := range replicas {
		if block, ok := replica.(map[string]any); ok {
			all = append(all, taken{full, r.where(known.reach, fmt.Sprint(block["region"]))})
		}
	}
	return all
}

// where is what may have a name once.
func (r resource) where(reach reach, region string) string {
	account := strings.Join(r.provider.Accounts, ",")
	switch reach {
	case worldwide:
		return "AWS"
	case global:
		return "account " + account
	case cluster:
		return "the cluster of stack " + r.stack
	}
	return fmt.Sprintf("account %s in %s", account, region)
}

// ownNames are arguments that name the resource itself, the likeliest first. A type's own words may begin one:
// function_name of aws_lambda_function.
var ownNames = []*regexp.Regexp{
	regexp.MustCompile(`^name$`), regexp.MustCompile(`^(bucket|identifier|alias)$`),
	regexp.MustCompile(`(_name|_identifier)$`), regexp.MustCompile(`_id$`),
}

// ownName is the argument that names a resource of a type that the table does not have, empty without one that is
// written out.
func (r resource) ownName() string {
	arguments := slices.Sorted(maps.Keys(r.body))
	for _, likely := range ownNames {
		for _, argument := range arguments {
			if text := r.text(argument); likely.MatchString(argument) && text != "" && !strings.Contains(text, "${") {
				return argument
			}
		}
	}
	return ""
}

// globalServices begin the types of services that an account has once, not once a region.
var globalServices = []string{
	"aws_iam_", "aws_cloudfront_", "aws_route53_", "aws_budgets_", "aws_shield_", "aws_organizations_",
}

// namesByConvention is the name of a resource of a type that the table does not have: within what it refers to, because
// the name of a part is unique in its whole alone.
func (r resource) namesByConvention() []taken {
	switch {
	case strings.HasPrefix(r.kind, "kubernetes_"):
		return r.inCluster()
	case !strings.HasPrefix(r.kind, "aws_"):
		return nil
	}
	argument := r.ownName()
	if argument == "" {
		return nil
	}
	reach := regional
	if slices.ContainsFunc(globalServices, func(begin string) bool { return strings.HasPrefix(r.kind, begin) }) {
		reach = global
	}
	where := r.where(reach, r.provider.Region)
	if wholes := references(r.body); len(wholes) > 0 {
		where += ", within " + strings.Join(wholes, " and ")
	}
	return []taken{{r.kind + " " + r.text(argument), where}}
}

// inCluster is the name of an object of Kubernetes, of which a stack has one cluster.
func (r resource) inCluster() []taken {
	list, _ := r.body["metadata"].([]any)
	metadata, _ := r.body["metadata"].(map[string]any)
	if len(list) > 0 {
		metadata, _ = list[0].(map[string]any)
	}
	name, _ := metadata["name"].(string)
	namespace, _ := metadata["namespace"].(string)
	if name == "" || strings.Contains(name+namespace, "${") {
		return nil
	}
	return []taken{{strings.Join(strings.Fields(r.kind+" "+namespace+" "+name), " "), r.where(cluster, "")}}
}

// beside are arguments that refer to what a resource uses, and is no part of.
var beside = regexp.MustCompile(`kms|role|subnet|security_group|policy|topic|log|tags|depends_on|environment|lifecycle`)

// references are the expressions in a value, but for those to what is beside it.
func references(value any) []string {
	var found []string
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "${") {
			found = append(found, v)
		}
	case []any:
		for _, item := range v {
			found = append(found, references(item)...)
		}
	case map[string]any:
		for _, argument := range slices.Sorted(maps.Keys(v)) {
			if !beside.MatchString(argument) {
				found = append(found, references(v[argument])...)
			}
		}
	}
	return found
}
