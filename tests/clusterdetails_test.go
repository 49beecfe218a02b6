package tests

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// The chart lets a pod pass without its readiness gate while the controller is away, and Traefik's
// update counts on the gate.
func TestReadinessGateFailsClosed(t *testing.T) {
	eachPlatform(t, func(t *testing.T, _ environments.Environment, _, platform Stack) {
		_, controller := releaseNamed(t, platform, "aws-load-balancer-controller")
		controller.WantValue(t, "podMutatorWebhookConfig.failurePolicy", "Fail")
		// A registration that failed is tried again well within the time that a release waits for its pods.
		if most, err := time.ParseDuration(fmt.Sprint(controller.At("targetgroupbindingMaxExponentialBackoffDelay"))); err != nil || most > time.Minute {
			t.Errorf("the controller waits up to %s for its next try (%v), and a release gives up after ten minutes", most, err)
		}
		controller.WantAbsent(t, "webhookNamespaceSelectors") // the chart's own is the label below
		var gated []string
		for _, namespace := range platform.Resources("kubernetes_namespace_v1") {
			if namespace.At(`metadata.labels.elbv2\.k8s\.aws/pod-readiness-gate-inject`) != nil {
				gated = append(gated, fmt.Sprint(namespace.At("metadata.name")))
			}
		}
		// What the controller itself needs must not wait for it.
		if !slices.Equal(gated, []string{"traefik"}) {
			t.Errorf("pods of %v wait for the controller's webhook, want Traefik's alone", gated)
		}
	})
}

func TestGrafanaPluginsArePinned(t *testing.T) {
	pinned := regexp.MustCompile(`^[a-z0-9-]+@\d+\.\d+\.\d+$`)
	eachPlatform(t, func(t *testing.T, _ environments.Environment, _, platform Stack) {
		_, grafana := releaseNamed(t, platform, "grafana")
		plugins, _ := grafana.At("plugins").([]any)
		if len(plugins) == 0 {
			t.Error("Grafana has no plug-in, not even X-Ray's")
		}
		for _, plugin := range plugins {
			if !pinned.MatchString(fmt.Sprint(plugin)) {
				t.Errorf("plug-in %v is fetched in whatever version is the newest", plugin)
			}
		}
	})
}

// external-secrets' parts share the label of the release: a spread by it counts the pods of all three.
func TestSpreadsAreByPart(t *testing.T) {
	eachPlatform(t, func(t *testing.T, _ environments.Environment, _, platform Stack) {
		_, values := releaseNamed(t, platform, "external-secrets")
		for part, name := range map[string]string{
			"":                "external-secrets",
			"webhook.":        "external-secrets-webhook",
			"certController.": "external-secrets-cert-controller",
		} {
			constraints, _ := values.At(part + "topologySpreadConstraints").([]any)
			if len(constraints) != 2 {
				t.Fatalf("%sis spread by %v, want zone and node", part, constraints)
			}
			for i := range constraints {
				values.WantValue(t, fmt.Sprintf("%stopologySpreadConstraints.%d.labelSelector.matchLabels", part, i),
					map[string]string{"app.kubernetes.io/name": name})
			}
		}
	})
}

// CodeBuild's AWS_REGION beats a profile's region, so a call in another region has to name it.
func TestPromotionNamesItsRegion(t *testing.T) {
	found := 0
	for _, project := range stack(t, "prod").Resources("aws_codebuild_project") {
		buildspec, _ := project.At("source.buildspec").(string)
		for line := range strings.SplitSeq(buildspec, "\n") {
			if !strings.Contains(line, "--profile source") {
				continue
			}
			found++
			if !strings.Contains(line, `--profile source --region "$SOURCE_REGION"`) {
				t.Errorf("%s asks in the region of its own: %s", project.Address, strings.TrimSpace(line))
			}
		}
	}
	if found < 3 {
		t.Errorf("a promotion asks the other environment %d times", found)
	}
}

// Node repair without the agent sees a silent kubelet alone; a pod identity agent would run on each node for nobody.
func TestNodesAreMonitored(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		stack.Resource(t, "aws_eks_addon", "cluster/eks-node-monitoring-agent")
		for _, group := range stack.Resources("aws_eks_node_group") {
			group.WantValue(t, "node_repair_config.enabled", true)
		}
		for _, addon := range stack.Resources("aws_eks_addon") {
			if addon.At("addon_name") == "eks-pod-identity-agent" {
				t.Errorf("%s serves no role: all have the cluster's own tokens", addon.Address)
			}
		}
	})
}

func TestUnfixedFindingsPassByChoice(t *testing.T) {
	environment := environmentOf(t, "staging")
	for _, choice := range []bool{false, true} {
		environment.Delivery.IgnoreUnfixed = choice
		project := synthesize(t, environment)["staging"].Resource(t, "aws_codebuild_project",
			"birthday-app/delivery/build/project")
		if told, isTold := variables(project)["TRIVY_IGNORE_UNFIXED"]; isTold != choice || choice && told != "true" {
			t.Errorf("ignore_unfixed is %v, and trivy is told %q", choice, told)
		}
	}
}

func TestBottlerocketIsAChoice(t *testing.T) {
	group := optionStack(t, "singlenode").Resources("aws_eks_node_group")[0]
	group.WantValue(t, "ami_type", "BOTTLEROCKET_ARM_64")
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, group := range stack.Resources("aws_eks_node_group") {
			group.WantValue(t, "ami_type", "AL2023_x86_64_STANDARD")
		}
	})
}

// optionStack is one of the stacks of tests/fixtures/options.
func optionStack(t *testing.T, name string) Stack {
	t.Helper()
	for _, one := range optionStacks(t) {
		if one.Name == name {
			return one
		}
	}
	t.Fatalf("no file of %v makes the stack %s", optionFolders, name)
	return Stack{}
}

// A group rolls with each new version of its launch template, and tags make one. What rolls it must be everything
// of the template but tags.
func TestDefaultTagsRollNoNodes(t *testing.T) {
	notOfNodes := []string{"name", "description", "update_default_version", "tags", "tag_specifications", "//"}
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, group := range stack.Resources("aws_eks_node_group") {
			version := fmt.Sprint(group.At("launch_template.version"))
			name := regexp.MustCompile(
				`^\$\{terraform_data\.(cluster_template-[\w-]+)-rolled-out_[0-9A-F]{8}\.output\.version\}$`).
				FindStringSubmatch(version)
			if name == nil {
				t.Fatalf("%s takes each new version of its template: %s", group.Address, version)
			}
			template, kept := stack.Find("aws_launch_template", name[1]+"_"), stack.Find("terraform_data", name[1]+"-rolled-out")
			kept.WantValue(t, "lifecycle.ignore_changes", []string{"input"})
			kept.WantValue(t, "input", map[string]string{"version": template.Reference("latest_version")})
			kept.WantValue(t, "triggers_replace.kubernetes", stack.Find("aws_eks_cluster", "cluster_eks").Reference("version"))
			kept.WantValue(t, "triggers_replace.template", template.Reference("id"))
			rolls := fmt.Sprint(kept.At("triggers_replace"))
			for key, value := range template.Body {
				if slices.Contains(notOfNodes, key) {
					continue
				}
				synth.EachValue(key, value, func(path string, leaf any) {
					switch leaf.(type) {
					case map[string]any, []any:
						return
					}
					if !strings.Contains(rolls, fmt.Sprint(leaf)) {
						t.Errorf("%s: %s is %v, which rolls no node: %s", template.Address, path, leaf, rolls)
					}
				})
			}
			if strings.Contains(rolls, environment.Owner) {
				t.Errorf("%s: the owner's tag is among %s", kept.Address, rolls)
			}
		}
	})
}

// The API server forgets events after an hour.
func TestKubernetesEventsAreKept(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, aws, platform Stack) {
		_, values := releaseNamed(t, platform, "opentelemetry-collector")
		values.WantValue(t, "config.service.pipelines.logs.receivers", []string{"k8sobjects"})
		values.WantValue(t, "config.receivers.k8sobjects.objects.0.name", "events")
		// Two pods would write each event twice.
		values.WantValue(t, "config.receivers.k8sobjects.k8s_leader_elector", "k8s_leader_elector")
		values.WantValue(t, "config.service.extensions", []string{"health_check", "awsproxy", "k8s_leader_elector"})
		values.WantValue(t, "config.extensions.k8s_leader_elector.lease_namespace", "tracing")
		values.WantValue(t, "config.exporters.awscloudwatchlogs.log_group_name",
			aws.Resource(t, "aws_cloudwatch_log_group", "tracing/events").At("name"))
		values.WantValue(t, "clusterRole.rules", []map[string]any{
			{"apiGroups": []string{"events.k8s.io"}, "resources": []string{"events"}, "verbs": []string{"list", "watch"}},
		})
		policy := platform.Resource(t, "kubernetes_network_policy_v1", "addons/namespaces/tracing/collector")
		if to := fmt.Sprint(policy.At("spec.egress.0")); !strings.Contains(to, "172.") && !strings.Contains(to, "10.") {
			t.Errorf("the collector does not reach the API server: %s", to)
		}
	})
}

// Which registries refuse what all nodes ask from one address is theirs to say: then images come by
// way of the account's own.
func TestImagesComeThroughTheCacheByChoice(t *testing.T) {
	const host = "555555555555.dkr.ecr.us-east-1.amazonaws.com/cache/"
	platform := optionStack(t, "production.platform")
	for release, images := range map[string]map[string]string{
		"aws-load-balancer-controller": {"image.repository": host + "ecr-public/eks/aws-load-balancer-controller"},
		"cluster-autoscaler":           {"image.repository": host + "kubernetes/autoscaling/cluster-autoscaler"},
		"metrics-server":               {"image.repository": host + "kubernetes/metrics-server/metrics-server"},
		"traefik":                      {"image.registry": host + "docker-hub/library"},
		"opentelemetry-collector":      {"image.repository": host + "docker-hub/otel/opentelemetry-collector-contrib"},
		"grafana":                      {"image.registry": host + "docker-hub"},
		"external-secrets": {
			"image.repository":                host + "github/external-secrets/external-secrets",
			"webhook.image.repository":        host + "github/external-secrets/external-secrets",
			"certController.image.repository": host + "github/external-secrets/external-secrets",
		},
		"prometheus": {
			"server.image.repository":                     host + "quay/prometheus/prometheus",
			"configmapReload.prometheus.image.repository": host + "quay/prometheus-operator/prometheus-config-reloader",
			"alertmanager.image.repository":               host + "quay/prometheus/alertmanager",
			"kube-state-metrics.image.registry":           host + "kubernetes",
		},
	} {
		_, values := releaseNamed(t, platform, release)
		for path, want := range images {
			values.WantValue(t, path, want)
		}
	}

	account := optionStack(t, "account.everything.us-east-1")
	rules := account.Resources("aws_ecr_pull_through_cache_rule")
	if len(rules) != 5 {
		t.Errorf("%d registries are cached, want 5", len(rules))
	}
	for _, template := range account.Resources("aws_ecr_repository_creation_template") {
		template.WantValue(t, "applied_for", []string{"PULL_THROUGH_CACHE"})
		template.WantValue(t, "encryption_configuration.0.encryption_type", "AES256")
		template.WantAbsent(t, "resource_tags") // each first pull would fail
	}
	login := account.Block(t, "data", "aws_secretsmanager_secret", "image-cache/docker-hub-login")
	login.WantValue(t, "name", "ecr-pullthroughcache/docker-hub")
	account.Resource(t, "aws_ecr_pull_through_cache_rule", "image-cache/docker-hub").
		WantValue(t, "credential_arn", "${data."+login.Address+".arn}")

	node := policyIn(t, optionStack(t, "production").Resource(t, "aws_iam_role_policy", "cluster/node_role_image_cache"),
		"policy").statement(t, "FillImageCache")
	node.WantValue(t, "Resource", "arn:aws:ecr:us-east-1:555555555555:repository/cache/*")

	eachPlatform(t, func(t *testing.T, _ environments.Environment, aws, platform Stack) {
		for _, release := range platform.Resources("helm_release") {
			if text := fmt.Sprint(release.At("values.0")); strings.Contains(text, ".amazonaws.com/cache/") {
				t.Errorf("%s: nobody asked for the cache", release.Address)
			}
		}
		if _, made := aws.Lookup("aws_iam_role_policy", "cluster/node_role_image_cache"); made {
			t.Error("nodes may make repositories, and no cache needs them")
		}
	})
}
