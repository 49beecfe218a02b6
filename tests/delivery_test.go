package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/modules/delivery"
	"github.com/titan-platform/titan/stacks/order"
)

// isSecondary is whether an environment has its primary's registry and pipeline.
func isSecondary(environment environments.Environment) bool {
	return environment.DR.Role == environments.DRSecondary
}

// eachPipeline runs a test for every environment that has a pipeline.
func eachPipeline(
	t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack, pipeline Block),
) {
	t.Helper()
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if isSecondary(environment) {
			if found, ok := stack.Lookup("aws_codepipeline", "birthday-app/delivery/pipeline"); ok {
				t.Errorf("%s beside the primary's", found.Address)
			}
			return
		}
		test(t, environment, stack, stack.Resource(t, "aws_codepipeline", "birthday-app/delivery/pipeline"))
	})
}

// stageNames are a pipeline's stages in order.
func stageNames(pipeline Block) []string {
	var names []string
	for i := range synth.List(pipeline.At("stage")) {
		names = append(names, fmt.Sprint(pipeline.At(fmt.Sprintf("stage.%d.name", i))))
	}
	return names
}

// The document's pipeline has neither an artifact store nor a stage.
func TestPipelineHasAStoreAndItsStagesInOrder(t *testing.T) {
	want := map[string][]string{
		"dev":     {"Source", "Build", "Deploy"},
		"local":   {"Source", "Build", "Deploy"},
		"staging": {"Source", "Build", "Deploy"},
		"prod":    {"Source", "Promote", "Approve", "Deploy", "Standby"},
	}
	eachPipeline(t, func(t *testing.T, environment environments.Environment, stack Stack, pipeline Block) {
		if got := stageNames(pipeline); !slices.Equal(got, want[environment.Name]) {
			t.Errorf("stages %v, want %v", got, want[environment.Name])
		}
		pipeline.WantValue(t, "pipeline_type", "V2")
		stores := synth.List(pipeline.At("artifact_store"))
		for i := range stores {
			path := fmt.Sprintf("artifact_store.%d.", i)
			pipeline.WantValue(t, path+"encryption_key.type", "KMS")
			if region := pipeline.At(path + "region"); (region != nil) != (len(stores) > 1) {
				t.Errorf("store %d of %d has region %v", i, len(stores), region)
			}
		}
		bucket := stack.Resource(t, "aws_s3_bucket", "birthday-app/delivery/artifacts/bucket")
		pipeline.WantValue(t, "artifact_store.0.location", bucket.At("bucket"))
	})
}

func TestPipelineStartsAtBranchAndPathsOfTheFile(t *testing.T) {
	eachPipeline(t, func(t *testing.T, environment environments.Environment, _ Stack, pipeline Block) {
		push := "trigger.0.git_configuration.push.0."
		pipeline.WantValue(t, push+"branches.includes", []string{environment.Delivery.Branch})
		pipeline.WantAbsent(t, push+"file_paths") // the files give none
		pipeline.WantValue(t, "trigger.0.git_configuration.source_action_name", pipeline.At("stage.0.action.0.name"))
		pipeline.WantValue(t, "stage.0.action.0.configuration.FullRepositoryId", environment.Delivery.Repository)
		pipeline.WantValue(t, "stage.0.action.1.configuration.FullRepositoryId", environment.Repository)
		for _, action := range []string{"stage.0.action.0.", "stage.0.action.1."} {
			pipeline.WantValue(t, action+"configuration.DetectChanges", "false") // a commit would start it twice
		}
	})
	changed := loadedNamed(t, "dev")
	changed.Delivery.Paths, changed.Delivery.Branch, changed.Delivery.Approval = []string{"src/**"}, "release", true
	stacks := synthesize(t, changed)
	pipeline := stacks["dev"].Resource(t, "aws_codepipeline", "birthday-app/delivery/pipeline")
	pipeline.WantValue(t, "trigger.0.git_configuration.push.0.file_paths.includes", []string{"src/**"})
	pipeline.WantValue(t, "trigger.0.git_configuration.push.0.branches.includes", []string{"release"})
	if got := stageNames(pipeline); !slices.Contains(got, "Approve") {
		t.Errorf("stages %v, and an approval is asked for", got)
	}
}

// Without a repository there is no pipeline, and what the platform stack reads is there all the same.
func TestWithoutARepositoryThereIsNoPipeline(t *testing.T) {
	changed := loadedNamed(t, "dev")
	changed.Delivery.Repository = ""
	stacks := synthesize(t, changed)
	for _, kind := range []string{"aws_codepipeline", "aws_codebuild_project"} {
		if found := stacks["dev"].Resources(kind); len(found) > 0 {
			t.Errorf("%d %s", len(found), kind)
		}
	}
	stacks["dev"].Resource(t, "aws_ssm_parameter", "birthday-app/image")
	stacks["dev"].Resource(t, "aws_ecr_repository", "birthday-app/registry/repo")
}

// The document's repository lets a tag be pushed over, is not scanned, and keeps every image for ever.
func TestRepositoriesAreImmutableScannedEncryptedAndTidied(t *testing.T) {
	for _, kind := range []order.Kind{order.Environment, order.Second} {
		eachOf(t, kind, func(t *testing.T, environment environments.Environment, stack Stack) {
			repositories := stack.Resources("aws_ecr_repository")
			if isSecondary(environment) {
				if len(repositories) > 0 {
					t.Errorf("%d repositories beside the primary's and their replicas", len(repositories))
				}
				return
			}
			policies := stack.Resources("aws_ecr_lifecycle_policy")
			if len(repositories) != 2 || len(policies) != len(repositories) {
				t.Errorf("%d lifecycle policies for %d repositories, want two of each", len(policies), len(repositories))
			}
			key := "encryption/app_kms"
			if kind == order.Second {
				key = "encryption/data_kms"
			}
			for _, repository := range repositories {
				repository.WantValue(t, "image_tag_mutability", "IMMUTABLE")
				repository.WantValue(t, "image_scanning_configuration.scan_on_push", true)
				repository.WantValue(t, "encryption_configuration.0.encryption_type", "KMS")
				repository.WantReference(t, "encryption_configuration.0.kms_key", stack.Resource(t, "aws_kms_key", key))
			}
		})
	}
}

// What runs must outlive every other rule: the deployment's tag is the first rule's, and out of
// reach of those after it.
func TestLifecycleKeepsWhatRuns(t *testing.T) {
	policy := stack(t, "prod").Resource(t, "aws_ecr_lifecycle_policy", "birthday-app/registry/repo-lifecycle")
	var parsed struct {
		Rules []struct {
			RulePriority int
			Selection    struct {
				TagStatus     string
				TagPrefixList []string
				CountType     string
			}
		}
	}
	if err := json.Unmarshal([]byte(fmt.Sprint(policy.At("policy"))), &parsed); err != nil {
		t.Fatal(err)
	}
	first, last := parsed.Rules[0], parsed.Rules[len(parsed.Rules)-1]
	if first.RulePriority != 1 || !slices.Equal(first.Selection.TagPrefixList, []string{"release-"}) ||
		first.Selection.CountType != "imageCountMoreThan" {
		t.Errorf("the first rule is %+v", first)
	}
	// ECR takes `any` in the rule of the lowest priority alone.
	if last.Selection.TagStatus != "any" || last.RulePriority != len(parsed.Rules) {
		t.Errorf("the last rule is %+v", last)
	}
	if spec := buildspecOf(t, stack(t, "prod"), "birthday-app/deploy/project"); !strings.Contains(spec, `mark="release-`) {
		t.Errorf("deployments do not mark what they deploy:\n%s", spec)
	}
}

// ECR would make the replicas' repositories itself, without key, lifecycle and immutability: the second region's stack
// makes them, before the first push. The account's stack has the registry's one configuration, with a rule for each
// environment that has replicas.
func TestReplicasAreMadeBeforeReplication(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		replication := stack(t, order.SharedName(environment.Base(environment.Region), order.Account)).
			Resources("aws_ecr_replication_configuration")
		rules := rulesFor(replication, environment.Prefix()+"/")
		if environment.SecondRegion == "" || isSecondary(environment) {
			if len(rules) > 0 {
				t.Errorf("its images are replicated, and it has no second region, or has its primary's: %v", rules)
			}
			return
		}
		second := order.Name(environment, order.Second)
		if !slices.Contains(tabled(t, environment.Name).After, second) {
			t.Errorf("%s is not applied before what is pushed", second)
		}
		want := fmt.Sprint([]any{map[string]any{
			"region":      string(tabled(t, second).Region),
			"registry_id": environment.Account.ID,
		}})
		if len(rules) != 1 || fmt.Sprint(rules[0]) != want {
			t.Fatalf("its images go to %v, want one rule to %s", rules, want)
		}
		for _, part := range []string{"repo", "chart"} {
			source := home.Resource(t, "aws_ecr_repository", "birthday-app/registry/"+part)
			replica := stack(t, second).Resource(t, "aws_ecr_repository", "birthday-app/registry/"+part)
			replica.WantValue(t, "name", source.At("name"))
			if name := fmt.Sprint(source.At("name")); !strings.HasPrefix(name, environment.Prefix()+"/") {
				t.Errorf("the rule does not cover %s", name)
			}
		}
	})
}

// rulesFor are the destinations of the rules of a registry for the repositories that begin with a prefix.
func rulesFor(configurations []Block, prefix string) []any {
	var destinations []any
	for _, configuration := range configurations {
		for _, rule := range synth.List(configuration.At("replication_configuration.rule")) {
			for _, filter := range synth.List(rule.(map[string]any)["repository_filter"]) {
				if filter.(map[string]any)["filter"] == prefix {
					destinations = append(destinations, rule.(map[string]any)["destination"])
				}
			}
		}
	}
	return destinations
}

// Terraform and the pipeline would fight over the image: the parameter is the pipeline's from the first delivery on.
func TestReleaseIsThePipelinesAndNotTerraforms(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		parameter := stack.Resource(t, "aws_ssm_parameter", "birthday-app/image")
		parameter.WantValue(t, "insecure_value", delivery.PlaceholderImage)
		parameter.WantValue(t, "lifecycle.ignore_changes", []string{"insecure_value", "value"})
		project := stack.Resource(t, "aws_codebuild_project", "birthday-app/deploy/project")
		if got := variables(project)["PARAMETER"]; got != parameter.At("name") {
			t.Errorf("deployments write %q, Terraform makes %q", got, parameter.At("name"))
		}
		spec := buildspecOf(t, stack, "birthday-app/deploy/project")
		for _, needed := range []string{"--atomic", "--reset-then-reuse-values", `--version "$CHART_VERSION"`, "--install"} {
			if !strings.Contains(spec, needed) {
				t.Errorf("deployments run helm without %s", needed)
			}
		}
		// The document's second load balancer, and a chart that is a folder and a repository at once.
		for _, wrong := range []string{"service.type", "helm-chart"} {
			if strings.Contains(spec, wrong) {
				t.Errorf("deployments set %s", wrong)
			}
		}
	})
}

func TestProductionDeploysWhatStagingRan(t *testing.T) {
	prod, staging := stack(t, "prod"), stack(t, "staging")
	promote := variables(prod.Resource(t, "aws_codebuild_project", "birthday-app/delivery/promote/project"))
	if want := staging.Resource(t, "aws_ssm_parameter", "birthday-app/image").At("name"); promote["SOURCE_PARAMETER"] != want {
		t.Errorf("promotes what %q says, want %q", promote["SOURCE_PARAMETER"], want)
	}
	role := staging.Resource(t, "aws_iam_role", "birthday-app/promotion/role")
	if want := "arn:aws:iam::222222222222:role/" + fmt.Sprint(role.At("name")); promote["SOURCE_ROLE"] != want {
		t.Errorf("reads under %q, want %q", promote["SOURCE_ROLE"], want)
	}
	promoters := policyIn(t, role, "assume_role_policy").statement(t, "Promoters")
	promoters.WantValue(t, "Principal.AWS", "arn:aws:iam::333333333333:root")
	promoters.WantValue(t, "Condition.ArnEquals", map[string]string{
		"aws:PrincipalArn": "arn:aws:iam::333333333333:role/titan-prod-promote",
	})
	for _, name := range []string{"dev", "prod", "prod-dr"} {
		if found := stack(t, name).Find("aws_iam_role", "birthday-app_promotion"); found.At("name") != nil {
			t.Errorf("%s can be promoted from, and nobody does", name)
		}
	}
	if found := prod.Find("aws_codebuild_project", "birthday-app_delivery_build"); found.At("name") != nil {
		t.Errorf("production builds images: %s", found.Address)
	}
}

func TestTheSecondRegionIsDeployedToByItsPrimary(t *testing.T) {
	pipeline := stack(t, "prod").Resource(t, "aws_codepipeline", "birthday-app/delivery/pipeline")
	project := stack(t, "prod-dr").Resource(t, "aws_codebuild_project", "birthday-app/deploy/project")
	pipeline.WantValue(t, "stage.4.action.0.configuration.ProjectName", project.At("name"))
	there := string(tabled(t, "prod-dr").Region)
	pipeline.WantValue(t, "stage.4.action.0.region", there)
	pipeline.WantValue(t, "artifact_store.1.region", there)

	// Its input is in the bucket that the primary's stack there makes, under the key there, both known by name.
	second := stack(t, "prod.second")
	if region := string(tabled(t, "prod.second").Region); region != there {
		t.Errorf("artifacts go to %s, and deployments run in %s", region, there)
	}
	bucket := second.Resource(t, "aws_s3_bucket", "birthday-app/artifacts/bucket").At("bucket")
	alias := second.Resource(t, "aws_kms_alias", "encryption/data_kms_alias")
	alias.WantReference(t, "target_key_id", second.Resource(t, "aws_kms_key", "encryption/data_kms"))
	second.Resource(t, "aws_s3_bucket_server_side_encryption_configuration", "birthday-app/artifacts/encryption").
		WantReference(t, "rule.0.apply_server_side_encryption_by_default.kms_master_key_id",
			second.Resource(t, "aws_kms_key", "encryption/data_kms"))
	pipeline.WantValue(t, "artifact_store.1.location", bucket)
	pipeline.WantValue(t, "artifact_store.1.encryption_key.id",
		fmt.Sprintf("arn:aws:kms:%s:333333333333:%v", there, alias.At("name")))
	policy := policyIn(t, stack(t, "prod-dr").Resource(t, "aws_iam_role_policy", "birthday-app/deploy/project/policy"),
		"policy")
	policy.statement(t, "ReadArtifacts").WantValue(t, "Resource", fmt.Sprintf("arn:aws:s3:::%v/*", bucket))
	policy.statement(t, "DecryptArtifacts").
		WantValue(t, "Condition.ForAnyValue:StringEquals", map[string]any{"kms:ResourceAliases": alias.At("name")})
	policy.statement(t, "DecryptArtifacts").
		WantValue(t, "Resource", fmt.Sprintf("arn:aws:kms:%s:333333333333:key/*", there)) // an alias is one region's

	replica := second.Resource(t, "aws_ecr_repository", "birthday-app/registry/repo").At("name")
	variables := variables(project)
	if want := fmt.Sprintf("333333333333.dkr.ecr.%s.amazonaws.com/%v", there, replica); variables["REPOSITORY"] != want {
		t.Errorf("deploys from %q, want the replica %q", variables["REPOSITORY"], want)
	}
}

// What deploys may change the application's namespace and nothing else; what applies the platform stack is admin.
func TestDeploymentsAreBoundToTheNamespace(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		association := stack.Resource(t, "aws_eks_access_policy_association", "birthday-app/deploy/project/access-policy")
		association.WantValue(t, "access_scope.type", "namespace")
		association.WantValue(t, "access_scope.namespaces", []string{environment.Application.Namespace})
		association.WantValue(t, "policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy")
		// No access policy reaches custom resources, such as ExternalSecret: the platform stack binds this group.
		stack.Resource(t, "aws_eks_access_entry", "birthday-app/deploy/project/access").
			WantValue(t, "kubernetes_groups", []string{delivery.DeployersGroup(environment.Application.Namespace)})

		inVPC := 1
		if environment.Cluster.Deployer == environments.DeployerCodeBuild {
			stack.Resource(t, "aws_eks_access_policy_association", "deployer/apply/access-policy").
				WantValue(t, "access_scope.type", "cluster")
			inVPC += 2
		}
		var inside []string
		for _, project := range stack.Resources("aws_codebuild_project") {
			if project.At("vpc_config") != nil {
				inside = append(inside, project.Address)
				if subnets := fmt.Sprint(project.At("vpc_config.subnets")); strings.Contains(subnets, "network_public") {
					t.Errorf("%s is in a public subnet: a build there has no way out", project.Address)
				}
			}
		}
		if len(inside) != inVPC {
			t.Errorf("in the VPC: %v", inside)
		}
	})
}

// A build runs as root in a privileged container only where it runs Docker.
func TestOnlyBuildsOfImagesArePrivileged(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, project := range stack.Resources("aws_codebuild_project") {
			docker := strings.Contains(fmt.Sprint(project.At("source.buildspec")), "docker ")
			project.WantValue(t, "environment.privileged_mode", docker)
			project.WantValue(t, "concurrent_build_limit", 1)
			if docker {
				project.WantValue(t, "cache.modes", []string{"LOCAL_DOCKER_LAYER_CACHE"}) // and not a tag in the registry
			}
		}
	})
}

func TestImagesAreBuiltForTheNodes(t *testing.T) {
	changed := loadedNamed(t, "dev")
	changed.Cluster.NodeGroups = slices.Clone(changed.Cluster.NodeGroups)
	changed.Cluster.NodeGroups[0].Architecture = environments.ARM64
	stacks := synthesize(t, changed)
	for _, test := range []struct {
		stack                     Stack
		kind, architecture, trivy string
	}{
		{stack(t, "dev"), "LINUX_CONTAINER", "amd64", "Linux-64bit"},
		{stacks["dev"], "ARM_CONTAINER", "arm64", "Linux-ARM64"},
	} {
		project := test.stack.Resource(t, "aws_codebuild_project", "birthday-app/delivery/build/project")
		project.WantValue(t, "environment.type", test.kind)
		if got := variables(project); got["ARCHITECTURE"] != test.architecture ||
			!strings.Contains(got["TRIVY_URL"], test.trivy) {
			t.Errorf("built for %q, scanned by %q", got["ARCHITECTURE"], got["TRIVY_URL"])
		}
	}
}

// A service that assumes a role could do so for another account's pipeline or project.
func TestRolesOfDeliveryAreForOneResourceOfThisAccount(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		seen := 0
		for _, role := range stack.Resources("aws_iam_role") {
			for _, statement := range policyIn(t, role, "assume_role_policy").Statements {
				service := fmt.Sprint(statement.At("Principal.Service"))
				if service != "codebuild.amazonaws.com" && service != "codepipeline.amazonaws.com" {
					continue
				}
				seen++
				statement.WantValue(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": environment.Account.ID})
				source := fmt.Sprint(statement.At("Condition.ArnEquals.aws:SourceArn"))
				if strings.Contains(source, "*") || !strings.Contains(source, ":"+environment.Account.ID+":") {
					t.Errorf("%s is for %s", role.Address, source)
				}
			}
		}
		if want := len(stack.Resources("aws_codebuild_project")) + len(stack.Resources("aws_codepipeline")); seen != want {
			t.Errorf("%d roles for %d projects and pipelines", seen, want)
		}
	})
}

// CodeBuild makes a log group itself, without retention and key, where there is none.
func TestBuildsWriteToLogGroupsThatAreThere(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, project := range stack.Resources("aws_codebuild_project") {
			group := regexp.MustCompile(`^\$\{(aws_cloudwatch_log_group\.[\w-]+)\.name\}$`).
				FindStringSubmatch(fmt.Sprint(project.At("logs_config.cloudwatch_logs.group_name")))
			if group == nil {
				t.Errorf("%s writes to %v", project.Address, project.At("logs_config"))
				continue
			}
			for _, made := range stack.Resources("aws_cloudwatch_log_group") {
				if made.Address == group[1] {
					made.WantValue(t, "name", "/aws/codebuild/"+fmt.Sprint(project.At("name")))
					made.WantValue(t, "retention_in_days", int(environment.Observability.LogDays))
					made.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/logs_kms"))
				}
			}
		}
	})
}

func TestPipelineTellsOfFailuresAndApprovals(t *testing.T) {
	eachPipeline(t, func(t *testing.T, _ environments.Environment, stack Stack, pipeline Block) {
		for _, id := range []string{"pipeline-failed", "pipeline-succeeded", "approval-needed", "approval-rejected"} {
			rule := stack.Resource(t, "aws_cloudwatch_event_rule", "observability/"+id)
			if pattern := fmt.Sprint(rule.At("event_pattern")); !strings.Contains(pattern,
				fmt.Sprintf("%q", pipeline.At("name"))) {
				t.Errorf("nobody hears of it: %s is for %s", id, pattern)
			}
			target := stack.Resource(t, "aws_cloudwatch_event_target", "observability/"+id+"-target")
			target.WantReference(t, "arn", stack.Resource(t, "aws_sns_topic", "observability/operations"))
			if template := fmt.Sprint(target.At("input_transformer.input_template")); !strings.Contains(template, "<pipeline>") {
				t.Errorf("the message of %s names no pipeline: %s", id, template)
			}
		}
	})
}

// Each pipeline of an environment is told of, and no notification rule of the Developer Tools is left, whose first one
// in an account fails until its service-linked role is there (aws-cdk#34406).
func TestEveryPipelineIsToldOf(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		pattern := fmt.Sprint(stack.Find("aws_cloudwatch_event_rule", "observability_pipeline-failed").At("event_pattern"))
		pipelines := stack.Resources("aws_codepipeline")
		for _, pipeline := range pipelines {
			if !strings.Contains(pattern, fmt.Sprintf("%q", pipeline.At("name"))) {
				t.Errorf("nobody hears of %s: %s", pipeline.Address, pattern)
			}
		}
		want := 0
		if environment.Cluster.Deployer == environments.DeployerCodeBuild {
			want++
		}
		if !isSecondary(environment) {
			want++
		}
		if len(pipelines) != want || strings.Count(pattern, environment.Prefix()+"-") != want {
			t.Errorf("%d pipelines, want %d, told of: %s", len(pipelines), want, pattern)
		}
		if rules := stack.Resources("aws_codestarnotifications_notification_rule"); len(rules) > 0 {
			t.Errorf("%s", rules[0].Address)
		}
	})
}

// The deployer plans, asks where the file says so, and applies that plan: with the plan as its second input, under a
// role that can't make another.
func TestTheDeployerAppliesWhatWasPlanned(t *testing.T) {
	want := map[string][]string{
		"staging": {"Source", "Mend", "Plan", "Apply"},
		"prod":    {"Source", "Mend", "Plan", "Approve", "Apply"},
		"prod-dr": {"Source", "Mend", "Plan", "Approve", "Apply"},
	}
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		pipeline, ok := stack.Lookup("aws_codepipeline", "deployer/pipeline")
		if ok != (environment.Cluster.Deployer == environments.DeployerCodeBuild) {
			t.Fatalf("there is one: %v", ok)
		}
		if !ok {
			return
		}
		if got := stageNames(pipeline); !slices.Equal(got, want[environment.Name]) {
			t.Errorf("stages %v, want %v", got, want[environment.Name])
		}
		pipeline.WantAbsent(t, "trigger") // a commit's other stacks are deployed by a person, before
		apply := fmt.Sprintf("stage.%d.action.0.", len(stageNames(pipeline))-1)
		pipeline.WantValue(t, "stage.1.before_entry.condition.result", "SKIP") // nobody has asked for a mending
		pipeline.WantValue(t, "stage.2.action.0.output_artifacts", []string{"Plans"})
		pipeline.WantValue(t, apply+"input_artifacts", []string{"Platform", "Plans"})
		pipeline.WantValue(t, apply+"configuration.PrimarySource", "Platform")
		pipeline.WantValue(t, "artifact_store.0.encryption_key.type", "KMS")
		pipeline.WantValue(t, "artifact_store.0.location",
			stack.Resource(t, "aws_s3_bucket", "deployer/artifacts/bucket").At("bucket"))

		stack.Resource(t, "aws_eks_access_policy_association", "deployer/plan/access-policy").
			WantValue(t, "policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy") // it changes nothing
		state := environment.Name + ".platform/terraform.tfstate"
		for step, writes := range map[string]bool{"plan": false, "apply": true} {
			own := policyIn(t, stack.Resource(t, "aws_iam_role_policy", "deployer/"+step+"/policy"), "policy").
				statement(t, "WriteOwnState")
			if got := strings.Contains(synth.Text(own.At("Resource"))+" ", state+"\""); got != writes {
				t.Errorf("%s may write the state: %v, want %v: %s", step, got, writes, synth.Text(own.At("Resource")))
			}
		}
	})
}

// A project that reads a repository itself has its connection checked as it is made: pending, or by a
// policy that is seconds old.
func TestNoProjectReadsARepositoryItself(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, project := range stack.Resources("aws_codebuild_project") {
			project.WantValue(t, "source.type", "CODEPIPELINE")
			project.WantValue(t, "artifacts.type", "CODEPIPELINE")
		}
	})
}

// A build stops at an unset variable, but only on AWS.
func TestBuildspecsFindTheirVariables(t *testing.T) {
	name := regexp.MustCompile(`\$([A-Z][A-Za-z0-9_]+)`)
	known := []string{"HOME", "SECONDS", "CODEBUILD_BUILD_URL", "CODEBUILD_SRC_DIR_Plans", "CHANGES", "BUILD"}
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, project := range stack.Resources("aws_codebuild_project") {
			given := variables(project)
			for key := range actionVariables(stack, project) {
				given[key] = "by the pipeline"
			}
			if _, err := os.Stat("../charts"); err == nil && given["CHART_FOLDER"] != "" {
				if _, err := os.Stat("../" + given["CHART_FOLDER"] + "/Chart.yaml"); err != nil {
					t.Errorf("%s publishes what is not there: %v", project.Address, err)
				}
			}
			spec := fmt.Sprint(project.At("source.buildspec"))
			for _, match := range name.FindAllStringSubmatch(spec, -1) {
				if given[match[1]] == "" && !slices.Contains(known, match[1]) && match[1] != "IMAGE_DIGEST" {
					t.Errorf("%s uses $%s, which nobody sets", project.Address, match[1])
				}
			}
			for key := range variables(project) {
				if !strings.Contains(spec, key) && key != "TITAN_ENVIRONMENTS" { // the app reads that one
					t.Errorf("%s is given %s, and does not use it", project.Address, key)
				}
			}
		}
	})
}

// The deployment pins a version of the chart, and both have one stand-in, which two files say.
func TestTheChartsVersionAndStandInAreTheRepositorys(t *testing.T) {
	text, err := os.ReadFile("../" + delivery.ChartFolder + "/Chart.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var chart struct{ Version string }
	if err := yaml.Unmarshal(text, &chart); err != nil || chart.Version != delivery.ChartVersion {
		t.Errorf("the chart is version %q, %v; deployments pin %q", chart.Version, err, delivery.ChartVersion)
	}
	text, err = os.ReadFile("../" + delivery.ChartFolder + "/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var values struct {
		Image struct{ Repository, Digest string }
	}
	if err := yaml.Unmarshal(text, &values); err != nil ||
		values.Image.Repository+"@"+values.Image.Digest != delivery.PlaceholderImage {
		t.Errorf("the chart's stand-in is %+v, %v; the parameter's %q", values.Image, err, delivery.PlaceholderImage)
	}
}

// An ECR login token, or a token of the cluster, would be in the state.
func TestNoTokenIsInTheState(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, kind := range []string{"aws_ecr_authorization_token", "aws_eks_cluster_auth"} {
			if found := stack.Blocks("data", kind); len(found) > 0 {
				t.Errorf("%s", found[0].Address)
			}
		}
	})
}

// variables are a project's own.
func variables(project Block) map[string]string {
	found := map[string]string{}
	for i := range synth.List(project.At("environment.environment_variable")) {
		path := fmt.Sprintf("environment.environment_variable.%d.", i)
		found[fmt.Sprint(project.At(path+"name"))] = fmt.Sprint(project.At(path + "value"))
	}
	return found
}

// actionVariables are what the pipeline gives a project, or its primary's pipeline in another
// stack: those of every action.
func actionVariables(stack Stack, project Block) map[string]string {
	found := map[string]string{}
	if strings.Contains(project.Address, ".birthday-app_deploy_") {
		found["IMAGE_DIGEST"] = "#{Image.IMAGE_DIGEST}"
	}
	for _, pipeline := range stack.Resources("aws_codepipeline") {
		for i := range synth.List(pipeline.At("stage")) {
			for j := range synth.List(pipeline.At(fmt.Sprintf("stage.%d.action", i))) {
				path := fmt.Sprintf("stage.%d.action.%d.configuration.", i, j)
				if !strings.Contains(fmt.Sprint(pipeline.At(path+"ProjectName")), project.Address+".") {
					continue
				}
				var given []struct{ Name, Value string }
				if text, ok := pipeline.At(path + "EnvironmentVariables").(string); ok &&
					json.Unmarshal([]byte(text), &given) == nil {
					for _, v := range given {
						found[v.Name] = v.Value
					}
				}
			}
		}
	}
	return found
}

func buildspecOf(t *testing.T, stack Stack, path string) string {
	t.Helper()
	return fmt.Sprint(stack.Resource(t, "aws_codebuild_project", path).At("source.buildspec"))
}

// CodePipeline takes an artifact bucket in each region that an action is in, by name: the stack
// of that region makes it.
func TestArtifactsAreKeptWhereThePipelineActs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		made := map[string][]string{} // by region
		for _, kind := range []order.Kind{order.Environment, order.Second} {
			name := order.Name(environment, kind)
			for _, bucket := range synthesized[name].Resources("aws_s3_bucket") {
				if strings.Contains(bucket.Address, "artifacts") {
					region := string(tabled(t, name).Region)
					made[region] = append(made[region], fmt.Sprint(bucket.At("bucket")))
				}
			}
		}
		stores := map[string][]string{}
		for _, pipeline := range home.Resources("aws_codepipeline") {
			for i := range synth.List(pipeline.At("artifact_store")) {
				region, _ := pipeline.At(fmt.Sprintf("artifact_store.%d.region", i)).(string)
				if region == "" { // a single store is at home
					region = string(environment.Region)
				}
				stores[region] = append(stores[region], fmt.Sprint(pipeline.At(fmt.Sprintf("artifact_store.%d.location", i))))
			}
		}
		if !reflect.DeepEqual(stores, made) {
			t.Errorf("artifacts go to %v, and the stacks make %v", stores, made)
		}
	})
}
