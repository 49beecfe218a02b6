package tests

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/eventpattern"
	"github.com/titan-platform/titan/internal/eventpattern/sample"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/modules/account/accessanalyzer"
	"github.com/titan-platform/titan/modules/account/backupoptin"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/modules/account/cloudtrail"
	"github.com/titan-platform/titan/modules/account/configrecorder"
	"github.com/titan-platform/titan/modules/account/connection"
	"github.com/titan-platform/titan/modules/account/ec2defaults"
	"github.com/titan-platform/titan/modules/account/github"
	"github.com/titan-platform/titan/modules/account/guardduty"
	"github.com/titan-platform/titan/modules/account/passwordpolicy"
	"github.com/titan-platform/titan/modules/account/publicaccess"
	"github.com/titan-platform/titan/modules/account/registry"
	"github.com/titan-platform/titan/modules/account/securityhub"
	"github.com/titan-platform/titan/modules/account/shield"
	"github.com/titan-platform/titan/modules/account/traces"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/observability"
	"github.com/titan-platform/titan/stacks/order"
)

const accountOfModules = "333333333333"

// accountModules are two stacks with every module of modules/account: of the account's first region and of another
// one.
func accountModules(t *testing.T, protected bool) (first, other Stack) {
	t.Helper()
	titan, err := app.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	build := func(region string, declare func(stack cdktf.TerraformStack, here target.Target)) Stack {
		stack := cdktf.NewTerraformStack(titan.Root(), jsii.String("account."+region))
		stack.AddOverride(jsii.String("terraform.required_providers.aws.version"), "~> 5.99")
		awsprovider.NewAwsProvider(stack, jsii.String("aws"), &awsprovider.AwsProviderConfig{
			Region: jsii.String(region), AllowedAccountIds: jsii.Strings(accountOfModules),
		})
		declare(
			stack,
			target.Target{
				Name:      "titan",
				Project:   "titan",
				Partition: "aws",
				AccountID: accountOfModules,
				Region:    region,
				LogDays:   90,
				Protected: protected,
			},
		)
		made := Stack{Name: *stack.Node().Id(), Text: *cdktf.Testing_Synth(stack, jsii.Bool(true))}
		if err := json.Unmarshal([]byte(made.Text), &made.Root); err != nil {
			t.Fatal(err)
		}
		return made
	}
	return build("eu-west-1", declareFirst), build("eu-central-1", declareRegion)
}

// declareRegion declares what an account has once in each region.
func declareRegion(stack cdktf.TerraformStack, here target.Target) { declareIn(stack, here, nil, nil) }

func declareIn(
	stack cdktf.TerraformStack,
	here target.Target,
	trail *observability.Trail,
	role cdktf.ITerraformDependable,
) {
	key := encryption.NewAccount(stack, "encryption", here)
	volumes := encryption.NewVolumes(stack, "volume-encryption", here)
	ec2defaults.NewEncryption(stack, "volumes", ec2defaults.Config{VolumeKeyARN: volumes.ARN})
	ec2defaults.New(stack, "ec2")
	traces.New(stack, "traces")
	backupoptin.New(stack, "backup")
	registry.New(
		stack,
		"registry",
		registry.Config{
			Target: here,
			Rules: []registry.Rule{
				{Region: "eu-west-3", Prefixes: []string{"titan-prod/birthday-app", "titan-prod/charts"}},
			},
		},
	)
	guardduty.New(stack, "guardduty", guardduty.Config{Features: guardduty.All})
	accessanalyzer.New(stack, "access-analyzer", accessanalyzer.Config{Target: here})
	recorder := configrecorder.New(stack, "config", configrecorder.Config{
		Target:     here,
		BucketName: "titan-config-" + here.AccountID + "-" + here.Region,
		KeyARN:     key.ARN,
		AccessLogs: "titan-access-logs-" + here.AccountID + "-" + here.Region,
		Days:       365,
		Global:     trail != nil,
		Role:       role,
	})
	securityhub.New(stack, "security-hub", securityhub.Config{
		Target: here, Recorder: recorder.Recording,
		Standards: []securityhub.Standard{securityhub.FoundationalBestPractices, securityhub.CISBenchmark},
	})
	observability.NewAccount(stack, "observability", observability.AccountConfig{
		Target: here, KeyARN: key.ARN, Emails: []string{"platform@example.com"},
		StateBuckets:    []string{"titan-state-" + here.AccountID + "-" + here.Region},
		FindingSeverity: 7, ExternalAccess: true, Trail: trail,
	})
}

// workflowRoles are the roles of GitHub's workflows, of a provider.
func workflowRoles(provider string) role.GitHub {
	return role.GitHub{
		PlanName: "titan-github-plan", DeployName: "titan-github-deploy", ProviderARN: provider, Repository: "acme/platform",
		Environments: []string{"dev", "prod"}, Regions: []string{"eu-west-1"},
		StateBuckets:  []string{"titan-state-" + accountOfModules + "-eu-west-1"},
		StateKeyAlias: "alias/titan-state", OriginSecrets: "titan-*-origin-*",
	}
}

// declareFirst declares what an account has once in its first region, and what is global.
func declareFirst(stack cdktf.TerraformStack, here target.Target) {
	trailKey := encryption.NewTrail(stack, "trail-encryption", here, cloudtrail.ARN(here))
	bucketName := "titan-trail-" + here.AccountID + "-" + here.Region
	here.Boundary = boundary.New(stack, "boundary", boundary.Config{
		Target: here, Project: "titan", TrailBucket: bucketName, TrailKeyAlias: trailKey.AliasName,
		Telling: observability.AccountARNs(here, cloudtrail.LogGroup(here)),
	}).ARN
	trail := cloudtrail.New(stack, "trail", cloudtrail.Config{
		Target: here, BucketName: bucketName, KeyARN: trailKey.ARN, Days: 365,
		AccessLogs: "titan-access-logs-" + here.AccountID + "-" + here.Region,
	})
	publicaccess.New(stack, "public-access", publicaccess.Config{Target: here})
	passwordpolicy.New(stack, "passwords")
	provider := github.New(stack, "github").ProviderARN
	github.NewRoles(stack, "github-roles", here, workflowRoles(provider))
	connection.New(stack, "connection", connection.Config{Target: here})
	shield.New(stack, "shield")
	role := configrecorder.NewRole(stack, "config-role")
	declareIn(stack, here, &observability.Trail{LogGroup: trail.LogGroup, DeniedCalls: 50}, role)
}

func TestTheRealProviderAcceptsTheAccountsModules(t *testing.T) {
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	first, other := accountModules(t, true)
	for _, stack := range []Stack{first, other} {
		for _, diagnostic := range validated(t, env, stack.Text) {
			t.Errorf("%s: %s", stack.Name, diagnostic)
		}
	}
}

// What CloudTrail and AWS Config check when they are told to write has to be there before.
func TestWritersOfTheAccountComeAfterWhatTheyWriteTo(t *testing.T) {
	first, other := accountModules(t, true)
	first.Resource(t, "aws_cloudtrail", "trail/trail").WantValue(t, "depends_on", []string{
		first.Resource(
			t,
			"aws_s3_bucket_policy",
			"trail/files/policy",
		).Address,
		first.Resource(t, "aws_iam_role_policy", "trail/log-policy").Address,
	})
	for _, stack := range []Stack{first, other} {
		recorder, channel := stack.Resource(
			t,
			"aws_config_configuration_recorder",
			"config/recorder",
		), stack.Resource(
			t,
			"aws_config_delivery_channel",
			"config/channel",
		)
		recording := stack.Resource(t, "aws_config_configuration_recorder_status", "config/recording")
		channel.WantValue(
			t,
			"depends_on",
			[]string{recorder.Address, stack.Resource(t, "aws_s3_bucket_policy", "config/history/policy").Address},
		)
		recording.WantValue(t, "depends_on", []string{channel.Address})
		stack.Resource(
			t,
			"aws_securityhub_account",
			"security-hub/hub",
		).WantValue(
			t,
			"depends_on",
			[]string{recording.Address},
		)
		recorder.WantValue(t, "recording_group.include_global_resource_types", stack.Name == first.Name)
	}
}

// A locked bucket can't be made anew, so the lock is there whatever the protection, and what follows it is how long.
func TestTheTrailIsLockedWhereTheAccountIsProtected(t *testing.T) {
	for _, protected := range []bool{true, false} {
		first, _ := accountModules(t, protected)
		first.Resource(t, "aws_s3_bucket", "trail/files/bucket").WantValue(t, "object_lock_enabled", true)
		lock, locked := first.Lookup("aws_s3_bucket_object_lock_configuration", "trail/files/lock")
		if locked != protected {
			t.Errorf("protected is %v, and locked %v", protected, locked)
		}
		if locked {
			lock.WantValue(t, "rule.default_retention.mode", "GOVERNANCE")
			lock.WantValue(t, "rule.default_retention.days", 365)
		}
		if _, locked := first.Lookup("aws_s3_bucket_object_lock_configuration", "config/history/lock"); locked {
			t.Error("AWS Config can't deliver to a bucket with a default retention")
		}
	}
}

// Its endpoint and security group would be in every VPC, in no state, and keep it from being destroyed.
func TestRuntimeMonitoringIsOff(t *testing.T) {
	_, other := accountModules(t, true)
	seen := map[any]any{}
	for _, feature := range other.Resources("aws_guardduty_detector_feature") {
		seen[feature.At("name")] = feature.At("status")
	}
	if seen["RUNTIME_MONITORING"] != "DISABLED" || seen["EKS_AUDIT_LOGS"] != "ENABLED" ||
		seen["EKS_RUNTIME_MONITORING"] != nil ||
		len(seen) != 6 {
		t.Errorf("got %v", seen)
	}
}

// accountEvents are the events that each rule of an account is for, by what its name ends in. They name nothing of an
// environment's.
var accountEvents = map[string]string{
	"threat-found":     "[guardduty-finding-high]",
	"external-access":  "[access-analyzer-finding-active]",
	"deleted-for-good": "[s3-object-deleted-permanently]",
}

// TestTheAccountsEventsAreTold feeds AWS's events through the patterns of the accounts' rules.
func TestTheAccountsEventsAreTold(t *testing.T) {
	_, modules := accountModules(t, true)
	stateBucket := "titan-state-" + accountOfModules + "-eu-central-1"
	if n := len(modules.Resources("aws_cloudwatch_event_rule")); n != len(accountEvents) {
		t.Errorf("%d rules", n)
	}
	for _, problem := range accountEventProblems(t, modules, stateBucket) {
		t.Error(problem)
	}
	eachBase(t, order.Account, func(t *testing.T, base environments.Base, stack Stack) {
		for _, problem := range accountEventProblems(t, stack, base.StateBucket()) {
			t.Error(problem)
		}
	})
	if problems := accountEventProblems(
		t,
		modules,
		"another",
	); len(problems) != 1 ||
		!strings.Contains(problems[0], "deleted-for-good tells of []") {
		t.Errorf("a bucket of another name is told of: %q", problems)
	}
}

func accountEventProblems(t *testing.T, s Stack, stateBucket string) []string {
	t.Helper()
	values := ownNames(t, stack(t, "prod")) // any environment's: the events have all fields
	values["bucketName"] = stateBucket
	var problems []string
	for _, rule := range s.Resources("aws_cloudwatch_event_rule") {
		pattern, err := eventpattern.Parse([]byte(fmt.Sprint(rule.At("event_pattern"))))
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", rule.Address, err))
			continue
		}
		told := []string{}
		for _, name := range sample.Names() {
			if matches(t, pattern, name, values) {
				told = append(told, name)
			}
		}
		for id, want := range accountEvents {
			if got := fmt.Sprint(told); strings.HasSuffix(fmt.Sprint(rule.At("name")), "-"+id) && got != want {
				problems = append(problems, fmt.Sprintf("%s tells of %s, want %s", id, got, want))
			}
		}
	}
	return problems
}

// TestEveryRoleOfEveryStackFitsIntoTheBoundary reads the roles that the stacks make, and what their policies allow:
// the boundary is no narrower.
func TestEveryRoleOfEveryStackFitsIntoTheBoundary(t *testing.T) {
	allowed := map[string]bool{}
	first, _ := accountModules(t, true)
	policy := policyIn(t, first.Resource(t, "aws_iam_policy", "boundary/policy"), "policy")
	for _, action := range synth.List(policy.statement(t, "Platform").At("Action")) {
		allowed[strings.TrimSuffix(fmt.Sprint(action), ":*")] = true
	}
	allowed["iam:GetRole"] = true
	allowed["*"] = true   // of GitHub's deployer, for which the boundary is the limit
	allowed["sts"] = true // of roles alone, see TestEveryRoleStillMayDoWhatItNeeds in modules/account/boundary
	roles, actions := 0, 0
	for _, name := range stackNames() {
		one := stack(t, name)
		for _, role := range one.Resources("aws_iam_role") {
			roles++
			if named := fmt.Sprint(
				role.At("name"),
			); !strings.HasPrefix(named, "titan-") &&
				!strings.HasPrefix(named, "xray-eks-role-") {
				t.Errorf("%s: %s is called %s, which the boundary does not know as ours", name, role.Address, named)
			}
		}
		for _, kind := range []string{"aws_iam_role_policy", "aws_iam_policy"} {
			for _, one := range one.Resources(kind) {
				if strings.HasSuffix(fmt.Sprint(one.At("name")), "-boundary") {
					continue // the boundary itself
				}
				for _, statement := range policyIn(t, one, "policy").Statements {
					if statement.At("Effect") == "Deny" {
						continue
					}
					for _, action := range synth.List(statement.At("Action")) {
						actions++
						if service, _, _ := strings.Cut(fmt.Sprint(action), ":"); !allowed[service] && !allowed[fmt.Sprint(action)] {
							t.Errorf("%s: %s: %v is beyond the boundary", name, statement.Address, action)
						}
					}
				}
			}
		}
	}
	if roles < 50 || actions < 300 {
		t.Errorf("only %d roles and %d actions were read", roles, actions)
	}
}
