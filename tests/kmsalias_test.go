package tests

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// keepsAliases are the arguments in which AWS keeps a key's alias as it is given. Others answer with the key's own ARN, so that every plan would
// replace what they encrypt (provider#25713, of RDS).
var keepsAliases = []*regexp.Regexp{
	regexp.MustCompile(`^resource\.aws_s3_bucket_replication_configuration\.[^.]+\.rule\.destination\.encryption_configuration\.replica_kms_key_id$`),
	regexp.MustCompile(`^resource\.aws_secretsmanager_secret\.[^.]+\.replica\.kms_key_id$`),
	regexp.MustCompile(`^resource\.aws_codepipeline\.[^.]+\.artifact_store\.encryption_key\.id$`),
	regexp.MustCompile(`^terraform\.backend\.s3\.kms_key_id$`),
}

// plainAliases are where an alias is named without account and region: where it is made, and where a key is looked up.
var plainAliases = []*regexp.Regexp{
	regexp.MustCompile(`^resource\.aws_kms_alias\.[^.]+\.name$`),
	regexp.MustCompile(`^resource\.aws_secretsmanager_secret\.[^.]+\.replica\.kms_key_id$`), // AWS's own
	regexp.MustCompile(`^data\.aws_kms_key\.[^.]+\.key_id$`),
}

// aliasARN is an alias' region, account and name.
var aliasARN = regexp.MustCompile(`^arn:aws:kms:([a-z0-9-]+):(\d{12}):(alias/.+)$`)

// A stack names another's key by its alias, because the key's id is AWS's to choose.
func TestAliasesStandWhereAWSKeepsThem(t *testing.T) {
	stacks := committed()
	for _, problem := range aliasProblems(stacks) {
		t.Error(problem)
	}
	named := 0
	for _, one := range stacks {
		eachValue("", one.Root, func(_ string, value any) {
			if text, ok := value.(string); ok && aliasARN.MatchString(text) {
				named++
			}
		})
	}
	if named < 30 {
		t.Errorf("only %d aliases are named", named)
	}
}

// aliases are those that the stacks make, as region, account and name. AWS's own are in every region.
func aliases(stacks []placed) map[string]bool {
	made := map[string]bool{}
	for _, one := range stacks {
		for _, alias := range one.resources("aws_kms_alias") {
			made[fmt.Sprint(one.place.Region, " ", one.account, " ", alias.at("name"))] = true
		}
	}
	return made
}

// aliasProblems are the aliases that stand where AWS does not keep them, or that no stack makes in the region that is named.
func aliasProblems(stacks []placed) []string {
	made := aliases(stacks)
	var problems []string
	for _, one := range stacks {
		say := func(format string, args ...any) {
			problems = append(problems, one.Name+": "+fmt.Sprintf(format, args...))
		}
		for _, section := range slices.Sorted(maps.Keys(one.Root)) {
			eachValue(section, one.Root[section], func(path string, value any) {
				text, ok := value.(string)
				if !ok {
					return
				}
				if strings.HasPrefix(text, "alias/") {
					if !matchesAny(plainAliases, path) || !strings.HasPrefix(text, "alias/aws/") && !strings.HasPrefix(path, "resource.aws_kms_alias.") {
						say("%s is %q: name the key, or the alias' ARN where AWS keeps it", path, text)
					}
					return
				}
				m := aliasARN.FindStringSubmatch(text)
				if m == nil {
					if strings.HasPrefix(text, "{") {
						problems = append(problems, documentAliasProblems(one, path, value)...)
					}
					return
				}
				if !matchesAny(keepsAliases, path) {
					say("%s is the alias %q, and AWS would answer with its key", path, text)
				}
				if !made[m[1]+" "+m[2]+" "+m[3]] {
					say("%s is %q, which no stack makes there", path, text)
				}
			})
		}
	}
	return problems
}

// documentAliasProblems are the aliases that a policy names as resources: a key's use is never allowed by its alias (KMS Developer Guide, 'Use
// aliases to control access to KMS keys').
func documentAliasProblems(one placed, path string, value any) []string {
	var problems []string
	for _, statement := range parsePolicy(path, value) {
		for _, resource := range list(statement.at("Resource")) {
			if aliasARN.MatchString(fmt.Sprint(resource)) {
				problems = append(problems, fmt.Sprintf("%s: %s allows something on the alias %v: name key/* and condition kms:ResourceAliases", one.Name, statement.Address, resource))
			}
		}
	}
	return problems
}

func matchesAny(patterns []*regexp.Regexp, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern *regexp.Regexp) bool { return pattern.MatchString(path) })
}

// A statement by alias holds for the keys that it names, and those are of one region. Where the pipeline's role names its own region's keys for the
// store of the second one, the condition is right, and the statement allows nothing: so it was written before there was a stack a region.
func TestConditionsOnAliasesNameTheAliassRegion(t *testing.T) {
	stacks := committed()
	for _, problem := range conditionProblems(stacks) {
		t.Error(problem)
	}
	found := 0
	for _, one := range stacks {
		for _, policy := range one.policies() {
			for _, statement := range policy.statements {
				found += len(conditionOn(statement, "kms:ResourceAliases"))
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d conditions on kms:ResourceAliases", found)
	}
}

// keysARN are all keys of a region and account.
var keysARN = regexp.MustCompile(`^arn:aws:kms:([a-z0-9-]+):(\d{12}):key/\*$`)

// conditionProblems are the statements with a condition on an alias that allow nothing, because no stack makes it where the statement's keys are, or
// that name one key, whose alias says nothing more.
func conditionProblems(stacks []placed) []string {
	made := aliases(stacks)
	var problems []string
	for _, one := range stacks {
		for _, policy := range one.policies() {
			for _, statement := range policy.statements {
				for _, alias := range conditionOn(statement, "kms:ResourceAliases") {
					for _, resource := range list(statement.at("Resource")) {
						m := keysARN.FindStringSubmatch(fmt.Sprint(resource))
						if m == nil {
							problems = append(problems, fmt.Sprintf("%s: %s is for %v by the alias %v, want all keys of a region", one.Name, statement.Address, resource, alias))
						} else if !made[fmt.Sprint(m[1], " ", m[2], " ", alias)] {
							problems = append(problems, fmt.Sprintf("%s: %s is for keys of %s by the alias %v, which no stack of %s makes there", one.Name, statement.Address, m[1], alias, m[2]))
						}
					}
				}
			}
		}
	}
	return problems
}

func TestAnAliasInAWrongPlaceIsSeen(t *testing.T) {
	const secrets = "arn:aws:kms:eu-central-1:333333333333:alias/titan-prod-second-secrets"
	for name, c := range map[string]struct {
		kind string
		body map[string]any
		want string // empty is no problem
	}{
		"a database's key":             {"aws_rds_cluster", map[string]any{"kms_key_id": secrets}, "and AWS would answer with its key"},
		"a copy's key":                 {"aws_rds_cluster_snapshot_copy", map[string]any{"kms_key_id": "alias/titan-prod-backups"}, "name the key, or the alias' ARN"},
		"a replica's key":              {"aws_secretsmanager_secret", map[string]any{"replica": []any{map[string]any{"kms_key_id": secrets}}}, ""},
		"the secret's own":             {"aws_secretsmanager_secret", map[string]any{"kms_key_id": secrets}, "and AWS would answer with its key"},
		"a replica's key of no region": {"aws_secretsmanager_secret", map[string]any{"replica": []any{map[string]any{"kms_key_id": "alias/titan-prod-second-secrets"}}}, "name the key, or the alias' ARN"},
		"AWS's own for a replica":      {"aws_secretsmanager_secret", map[string]any{"replica": []any{map[string]any{"kms_key_id": "alias/aws/secretsmanager"}}}, ""},
		"an alias of another region": {
			"aws_secretsmanager_secret", map[string]any{"replica": []any{map[string]any{"kms_key_id": strings.Replace(secrets, "central", "west", 1)}}}, "which no stack makes there",
		},
		"a policy on an alias": {
			"aws_iam_role_policy", map[string]any{"policy": `{"Statement":[{"Action":"kms:Decrypt","Resource":["` + secrets + `"]}]}`}, "name key/* and condition kms:ResourceAliases",
		},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, "prod", c.kind, c.body)
			holdsProblem(t, aliasProblems(stacks), c.want)
		})
	}
}

func TestAConditionOnAnAliasThatAllowsNothingIsSeen(t *testing.T) {
	for name, c := range map[string]struct{ resource, alias, want string }{
		"right":                    {"arn:aws:kms:eu-central-1:333333333333:key/*", "alias/titan-prod-second-data", ""},
		"the role's own region":    {"arn:aws:kms:eu-west-1:333333333333:key/*", "alias/titan-prod-second-data", "which no stack of 333333333333 makes there"},
		"an alias that nobody has": {"arn:aws:kms:eu-central-1:333333333333:key/*", "alias/titan-prod-data", "which no stack of 333333333333 makes there"},
		"another account":          {"arn:aws:kms:eu-central-1:222222222222:key/*", "alias/titan-prod-second-data", "which no stack of 222222222222 makes there"},
		"every region":             {"arn:aws:kms:*:333333333333:key/*", "alias/titan-prod-second-data", "want all keys of a region"},
		"one key":                  {"${aws_kms_key.encryption_app_kms.arn}", "alias/titan-prod-second-data", "want all keys of a region"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, "prod", "aws_iam_role_policy", map[string]any{"policy": `{"Statement":[{"Sid":"Planted","Effect":"Allow","Action":["kms:Decrypt"],"Resource":["` +
				c.resource + `"],"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":["` + c.alias + `"]}}}]}`})
			holdsProblem(t, conditionProblems(stacks), c.want)
		})
	}
}

// holdsProblem fails unless one of the problems is the wanted one; where none is wanted, unless there is none.
func holdsProblem(t *testing.T, problems []string, want string) {
	t.Helper()
	if want == "" && len(problems) > 0 || want != "" && !slices.ContainsFunc(problems, func(problem string) bool { return strings.Contains(problem, want) }) {
		t.Errorf("the check says %q, want %q", problems, want)
	}
}
