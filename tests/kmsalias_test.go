package tests

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// keepsAliases are the arguments in which AWS keeps a key's alias as it is given. Others answer with the key's own ARN,
// so that every plan would replace what they encrypt (provider#25713, of RDS).
var keepsAliases = []*regexp.Regexp{
	regexp.MustCompile(`^resource\.aws_s3_bucket_replication_configuration\.[^.]+` +
		`\.rule\.destination\.encryption_configuration\.replica_kms_key_id$`),
	regexp.MustCompile(`^resource\.aws_secretsmanager_secret\.[^.]+\.replica\.kms_key_id$`),
	regexp.MustCompile(`^resource\.aws_codepipeline\.[^.]+\.artifact_store\.encryption_key\.id$`),
	regexp.MustCompile(`^terraform\.backend\.s3\.kms_key_id$`),
}

// awsAliases are the arguments that may be one of AWS's own aliases, without account and region: every region has them.
var awsAliases = []*regexp.Regexp{
	regexp.MustCompile(`^resource\.aws_secretsmanager_secret\.[^.]+\.replica\.kms_key_id$`),
	regexp.MustCompile(`^data\.aws_kms_key\.[^.]+\.key_id$`),
}

// aliasName is where an alias is made.
var aliasName = regexp.MustCompile(`^resource\.aws_kms_alias\.[^.]+\.name$`)

// aliasARN is an alias' region, account and name.
var aliasARN = regexp.MustCompile(`^arn:aws:kms:([a-z0-9-]+):(\d{12}):(alias/.+)$`)

// A stack names another's key by its alias, because the key's id is AWS's to choose.
func TestAliasesStandWhereAWSKeepsThem(t *testing.T) {
	stacks := committed()
	for _, problem := range soundness.Aliases(stacks) {
		t.Error(problem)
	}
	named := 0
	for _, one := range stacks {
		synth.EachValue("", one.Root, func(_ string, value any) {
			if text, ok := value.(string); ok && aliasARN.MatchString(text) {
				named++
			}
		})
	}
	if named < 30 {
		t.Errorf("only %d aliases are named", named)
	}
}

// madeAliases are those that the stacks make, as region, account and name.
func madeAliases(stacks []Stack) map[string]bool {
	made := map[string]bool{}
	for _, one := range stacks {
		for _, alias := range one.Resources("aws_kms_alias") {
			made[fmt.Sprint(one.Place.Region, " ", one.AccountID, " ", alias.At("name"))] = true
		}
	}
	return made
}

// aliasProblems are the aliases that stand where AWS does not keep them, or that no stack makes in the region named.
func soundness.Aliases(stacks []Stack) []string {
	made := madeAliases(stacks)
	var problems []string
	for _, one := range stacks {
		for _, section := range slices.Sorted(maps.Keys(one.Root)) {
			synth.EachValue(section, one.Root[section], func(path string, value any) {
				for _, problem := range aliasProblemsOf(path, fmt.Sprint(value), made) {
					problems = append(problems, one.Name+": "+problem)
				}
			})
		}
	}
	return problems
}

// isAboutAliases is whether a statement is for aliases themselves, and not for the keys behind them.
func isAboutAliases(statement Block) bool {
	actions := synth.List(statement.At("Action"))
	return len(actions) > 0 && !slices.ContainsFunc(actions, func(action any) bool {
		return !strings.HasSuffix(fmt.Sprint(action), "Alias")
	})
}

// aliasProblemsOf are those of one value.
func aliasProblemsOf(path, text string, made map[string]bool) []string {
	if strings.HasPrefix(text, "alias/") {
		aws := strings.HasPrefix(text, "alias/aws/") && matchesAny(awsAliases, path)
		if aws || aliasName.MatchString(path) {
			return nil
		}
		return []string{fmt.Sprintf("%s is %q: name the key, or the alias' ARN where AWS keeps it", path, text)}
	}
	var problems []string
	if m := aliasARN.FindStringSubmatch(text); m != nil {
		if !matchesAny(keepsAliases, path) {
			problems = append(problems, fmt.Sprintf("%s is the alias %q, and AWS would answer with its key", path, text))
		}
		if !made[m[1]+" "+m[2]+" "+m[3]] {
			problems = append(problems, fmt.Sprintf("%s is %q, which no stack makes there", path, text))
		}
	}
	// The use of a key is never allowed by its alias (KMS Developer Guide, 'Use aliases to control access to KMS
	// keys').
	for _, statement := range synth.Statements(path, text) {
		if isAboutAliases(statement) {
			continue
		}
		for _, resource := range synth.List(statement.At("Resource")) {
			if aliasARN.MatchString(fmt.Sprint(resource)) {
				problems = append(problems, fmt.Sprintf("%s is for the alias %v: name key/* and condition kms:ResourceAliases",
					statement.Address, resource))
			}
		}
	}
	return problems
}

func matchesAny(patterns []*regexp.Regexp, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern *regexp.Regexp) bool { return pattern.MatchString(path) })
}

func TestAnAliasInAWrongPlaceIsSeen(t *testing.T) {
	const plain = "alias/titan-prod-second-secrets"
	const secrets = "arn:aws:kms:eu-central-1:333333333333:" + plain
	const elsewhere = "arn:aws:kms:eu-west-1:333333333333:" + plain
	replica := func(key string) map[string]any {
		return map[string]any{"replica": []any{map[string]any{"kms_key_id": key}}}
	}
	own := func(key string) map[string]any { return map[string]any{"kms_key_id": key} }
	policy := map[string]any{"policy": `{"Statement":[{"Action":"kms:Decrypt","Resource":["` + secrets + `"]}]}`}

	for name, c := range map[string]struct {
		kind string
		body map[string]any
		want string // empty is no problem
	}{
		"a database's key":             {"aws_rds_cluster", own(secrets), "AWS would answer with its key"},
		"a snapshot's key":             {"aws_rds_cluster_snapshot_copy", own(plain), "name the key, or the alias' ARN"},
		"a secret's key":               {"aws_secretsmanager_secret", own(secrets), "AWS would answer with its key"},
		"a replica's key":              {"aws_secretsmanager_secret", replica(secrets), ""},
		"a replica's key elsewhere":    {"aws_secretsmanager_secret", replica(elsewhere), "which no stack makes there"},
		"a replica's key of no region": {"aws_secretsmanager_secret", replica(plain), "name the key, or the alias' ARN"},
		"AWS's own for a replica":      {"aws_secretsmanager_secret", replica("alias/aws/secretsmanager"), ""},
		"AWS's own for a topic":        {"aws_sns_topic", own("alias/aws/sns"), "name the key, or the alias' ARN"},
		"a policy on an alias":         {"aws_iam_role_policy", policy, "name key/* and condition kms:ResourceAliases"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, "prod", c.kind, c.body)
			holdsProblem(t, soundness.Aliases(stacks), c.want)
		})
	}
}
