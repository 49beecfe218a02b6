package runbooks

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// one is the one command of a block of shell.
func one(t *testing.T, shell string) Command {
	t.Helper()
	commands, err := Commands(Parse("runbooks/planted.md", "# Planted\n\n```sh\n"+shell+"\n```\n"))
	if err != nil || len(commands) != 1 {
		t.Fatal(commands, err)
	}
	return commands[0]
}

// told is whether mistakes are one that says something, or none where nothing is asked for.
func told(mistakes []string, says string) bool {
	if says == "" {
		return len(mistakes) == 0
	}
	return len(mistakes) == 1 && strings.Contains(mistakes[0], says)
}

func TestWhatTheAWSCLIRefuses(t *testing.T) {
	aws := newAWS(t)
	for shell, says := range map[string]string{
		"aws rds failover-db-cluster --db-cluster-identifier birthday-db-prod":                                  "",
		"aws rds failover-cluster --db-cluster-identifier birthday-db-prod":                                     `no operation "failover-cluster"`,
		"aws rds failover-db-cluster --cluster birthday-db-prod --db-cluster-identifier x":                      "no option --cluster",
		"aws rds failover-db-cluster --region <region>":                                                         "asks for --db-cluster-identifier",
		"aws rds failover-db-cluster --db-cluster-identifier --region eu-west-1":                                "--db-cluster-identifier takes a value",
		"aws rds wait db-cluster-available --db-cluster-identifier birthday-db-prod":                            "",
		"aws rds wait db-cluster-ready --db-cluster-identifier birthday-db-prod":                                `nothing to wait for called "db-cluster-ready"`,
		"aws rds delete-db-cluster --db-cluster-identifier x --skip-final-snapshot":                             "",
		"aws rds delete-db-cluster --db-cluster-identifier x --no-skip-final-snapshot":                          "",
		"aws eks update-nodegroup-config --cluster-name x --nodegroup-name y --scaling-config minSize=3,size=3": `no "size"`,
		"aws iam update-access-key --access-key-id AKIA --status Off":                                           `no "Off"`,
		"aws iam update-access-key --access-key-id AKIA --status <status>":                                      "",
		"aws eks update-kubeconfig --name titan-prod-cluster":                                                   "",
		"aws eks update-kubeconfig --cluster-name titan-prod-cluster":                                           "no option --cluster-name",
		"aws s3 sync s3://a s3://b --source-region eu-west-1":                                                   "",
		"aws s3 sync s3://a s3://b --from eu-west-1":                                                            "no option --from",
		"aws s3api delete-object --bucket b --key k":                                                            "",
		"aws s3 delete-object --bucket b --key k":                                                               `no operation "delete-object"`,
		"aws acm list-certificates --certificate-statuses FAILED EXPIRED":                                       "",
		"aws acm list-certificates --certificate-statuses BROKEN":                                               `no "BROKEN"`,
		`aws sns list-topics --query 'Topics[?ends_with(TopicArn, ` + "`x`" + `)].TopicArn'`:                    "",
		`aws sns list-topics --query 'Topics[].Name'`:                                                           `asks for "Name"`,
		"aws resourcegroups get-resources":                                                                      "is pinned",
		"aws --region eu-west-1 sts get-caller-identity":                                                        "",
		"aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,Value=AKIA":                  `no "Value"`,
	} {
		if mistakes := aws.Mistakes(one(t, shell)); !told(mistakes, says) {
			t.Errorf("%s: %q, want %q", shell, mistakes, says)
		}
	}
	// A sentence names an operation, and leaves out what its reader knows.
	named := Command{Words: []string{"aws", "rds", "failover-db-cluster"}, Named: true}
	if mistakes := aws.Mistakes(named); len(mistakes) > 0 {
		t.Error(mistakes)
	}
}

func TestWhatTerraformAndItsCDKRefuse(t *testing.T) {
	for shell, says := range map[string]string{
		"terraform untaint '<address>'":                 "",
		"terraform init -reconfigure -backend-config=x": "",
		"terraform state rm aws_s3_bucket.x":            "",
		"terraform unlock <lock>":                       `no command "unlock"`,
		"terraform state remove x":                      `no command "state remove"`,
		"terraform init -reconfig":                      "no option -reconfig",
		"npx cdktf deploy prod --auto-approve":          "",
		"npx cdktf deploy prod --yes":                   "no option --yes",
		"npx cdktf apply prod":                          `no command "apply"`,
	} {
		command := one(t, shell)
		mistakes, err := helps[command.Words[0]].Mistakes(t.Context(), command)
		if err != nil || !told(mistakes, says) {
			t.Errorf("%s: %q, %v, want %q", shell, mistakes, err, says)
		}
	}
}

func TestWhatMakeRefuses(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for shell, says := range map[string]string{
		"make deploy ENV=<env> ALLOW='data-loss=x'": "",
		"make undeploy ENV=prod":                    `no target undeploy`,
		"make deploy STACK=prod":                    "no variable STACK",
	} {
		if mistakes := MakeMistakes(string(makefile), one(t, shell)); !told(mistakes, says) {
			t.Errorf("%s: %q, want %q", shell, mistakes, says)
		}
	}
}

func TestNamesThatNoStackHas(t *testing.T) {
	names := newNames(t)
	for text, unknown := range map[string]string{
		"birthday-db-prod and titan-prod-cluster":              "",
		"birthday-db-production":                               "birthday-db-production",
		"<name>-daily":                                         "",
		"<name>-nightly":                                       "<name>-nightly",
		"s3://<project>-state-<account>-<region>/<stack>/x":    "",
		"s3://<project>-states-<account>-<region>/<stack>/x":   "<project>-states-<account>-<region>/<stack>/x",
		"<output target_group_arn of <env>>":                   "",
		"<output target_group of <env>>":                       "the output target_group of <env>",
		"<output distribution_id of <env>.global>":             "",
		"<output distribution_id of <env>>":                    "the output distribution_id of <env>",
		"<address of aws_route53_zone>":                        "",
		"<address of aws_route53_zones>":                       "a resource of type aws_route53_zones",
		"aws_cloudfront_distribution.edge_cdn_*":               "",
		"aws_cloudfront_distribution.cdn_*":                    "the address aws_cloudfront_distribution.cdn_*",
		"arn:aws:iam::<account>:role/<name>-backup":            "",
		"arn:aws:iam::<account>:role/<name>-backups":           "arn:aws:iam::<account>:role/<name>-backups",
		"arn:aws:iam::123456789012:role/titan-prod-backup":     "the account 123456789012 of arn:aws:iam::123456789012:role/titan-prod-backup",
		"arn:aws:iam::aws:policy/AWSDenyAll":                   "",
		"/aws/rds/cluster/birthday-db-<env>/postgresql":        "",
		"/aws/rds/cluster/birthday-db-<env>/postgres":          "/aws/rds/cluster/birthday-db-<env>/postgres",
		"alias/<name>-second-backups":                          "",
		"alias/<name>-backup":                                  "alias/<name>-backup",
		"cd cdktf.out/stacks/<env>.platform":                   "",
		"cd cdktf.out/stacks/<env>.cluster":                    "the stack <env>.cluster",
		"/titan-prod/birthday-app/image":                       "",
		"/titan-prod/birthday-app/digest":                      "/titan-prod/birthday-app/digest",
		"github.com/titan-platform/titan, a path of another's": "",
	} {
		if found := names.Unknown(text, nil); !slices.Equal(found, []string{unknown}) && (unknown != "" || len(found) > 0) {
			t.Errorf("%s: unknown are %q, want %q", text, found, unknown)
		}
	}
	if found := names.Unknown("birthday-db-prod-before", Made(one(t, "aws rds restore-db-cluster-to-point-in-time "+
		"--db-cluster-identifier birthday-db-prod-before"))); len(found) > 0 {
		t.Errorf("what a page makes is unknown: %q", found)
	}
}

func TestStacksThatThereAreNot(t *testing.T) {
	names := newNames(t)
	for shell, unknown := range map[string][]string{
		"npx cdktf deploy prod.global":                     nil,
		"npx cdktf deploy prod.globals":                    {"prod.globals"},
		"npx cdktf output <env>.zone":                      nil,
		"titan deploy account.<account>.<region> --yes":    nil,
		"titan deploy accounts.<account>.<region> --yes":   {"accounts.<account>.<region>"},
		"go tool titan adopt bootstrap.<account>.<region>": nil,
		"make deploy ENV=production":                       {"production"},
		"make e2e ENV=dev,prod":                            nil,
	} {
		if found := names.UnknownStacks(one(t, shell)); !slices.Equal(found, unknown) && len(found)+len(unknown) > 0 {
			t.Errorf("%s: %q, want %q", shell, found, unknown)
		}
	}
}

const inForm = `# Page

## It burns

**How you notice.** Smoke.

**What users feel.** Heat.

**What to do.** Water.

### 1. Fetch it

**How you know it worked.** No smoke.

**How long.** Minutes.

## Reference

## Anything
`

func TestProceduresOutOfForm(t *testing.T) {
	for change, good := range map[*strings.Replacer]bool{
		strings.NewReplacer():                                                       true,
		strings.NewReplacer("**How long.** Minutes.", ""):                           false,
		strings.NewReplacer("**What users feel.**", "**What they feel.**"):          false,
		strings.NewReplacer("notice", "know it worked", "know it worked", "notice"): false,
		strings.NewReplacer("## Reference", "## More"):                              false,
	} {
		text := change.Replace(inForm)
		if wrong := Parse("runbooks/planted.md", text).OutOfForm(); (len(wrong) == 0) != good {
			t.Errorf("%s\nis told %q", text, wrong)
		}
	}
}

func TestMarksOfBlocks(t *testing.T) {
	for mark, want := range map[string][]string{
		NeedsAWS: nil, "run by TestA": {"TestA"}, "run by TestA, TestB": {"TestA", "TestB"},
	} {
		if ran, err := (Block{Language: "sh", Mark: mark}).Ran(); err != nil || !slices.Equal(ran, want) {
			t.Errorf("%q: %q, %v", mark, ran, err)
		}
	}
	for _, mark := range []string{"", "run", "run by somebody", "needs aws"} {
		if _, err := (Block{Language: "sh", Mark: mark}).Ran(); err == nil {
			t.Errorf("%q is taken", mark)
		}
	}
}

func TestCommandsAreRead(t *testing.T) {
	page := Parse("runbooks/planted.md", "Call `aws sts get-caller-identity`, in `eu-west-1`.\n\n1. So:\n\n   ```sh\n"+
		"   for x in a b; do\n     aws s3 ls \"s3://$x\" --region <second region>\n   done | xargs kubectl delete\n   ```\n")
	commands, err := Commands(page)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, command := range commands {
		got = append(got, command.Where+" "+strings.Join(command.Words, "|"))
	}
	want := []string{
		"docs/runbooks/planted.md:7 aws|s3|ls|s3://…|--region|<second region>",
		"docs/runbooks/planted.md:8 kubectl|delete|…",
		"docs/runbooks/planted.md:1 aws|sts|get-caller-identity",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := Commands(Parse("x.md", "```sh\nif true\n```\n")); err == nil {
		t.Error("what is no shell is taken")
	}
}
