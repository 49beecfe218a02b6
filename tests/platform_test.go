package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/modules/addons"
	"github.com/titan-platform/titan/stacks/order"
)

// eachPlatform runs a test for the stacks <env> and <env>.platform of every environment.
func eachPlatform(t *testing.T, test func(t *testing.T, environment environments.Environment, aws, platform Stack)) {
	t.Helper()
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, aws Stack) {
		test(t, environment, aws, stack(t, order.Name(environment, order.Platform)))
	})
}

// releaseNamed is a Helm release by its name, with its values.
func releaseNamed(t *testing.T, s Stack, name string) (Block, Block) {
	t.Helper()
	for _, release := range s.Resources("helm_release") {
		if release.At("name") == name {
			return release, valuesOf(t, release)
		}
	}
	t.Fatalf("%s has no release %s", s.Name, name)
	return Block{}, Block{}
}

// valuesOf are a release's values. An expression may hold quotes, which are none of JSON's.
func valuesOf(t *testing.T, release Block) Block {
	t.Helper()
	text, _ := release.At("values.0").(string)
	text = regexp.MustCompile(`\$\{[^}]*\}`).
		ReplaceAllStringFunc(text, func(expression string) string { return strings.ReplaceAll(expression, `"`, `'`) })
	values := Block{Address: release.Address + " values"}
	if err := json.Unmarshal([]byte(text), &values.Body); err != nil {
		t.Fatalf("%s: %v", release.Address, err)
	}
	return values
}

var remoteOutput = regexp.MustCompile(`data\.terraform_remote_state\.environment\.outputs\.([A-Za-z0-9_]+)`)

func TestPlatformReadsOutputsThatThereAre(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, aws, platform Stack) {
		both := graphOf(t, map[string]Stack{aws.Name: aws, platform.Name: platform})
		read := map[string]bool{}
		for _, edge := range both.Node(platform.Name, "data.terraform_remote_state.environment").Referrers() {
			name, isOutput := strings.CutPrefix(edge.Attribute, "outputs.")
			read[name] = true
			if !isOutput || both.Node(aws.Name, "output."+name) == nil {
				t.Errorf("%s reads %s of %s, which does not have it", edge.From, edge.Attribute, aws.Name)
			}
		}
		if len(read) < 12 {
			t.Errorf("%s reads only %v", platform.Name, read)
		}
		state := platform.Block(t, "data", "terraform_remote_state", "environment")
		for _, key := range []string{"bucket", "region"} {
			state.WantValue(t, "config."+key, synth.Object(aws.Root, "terraform", "backend", "s3")[key])
		}
		state.WantValue(t, "config.key", synth.Object(aws.Root, "terraform", "backend", "s3")["key"])
		if own := synth.Object(platform.Root, "terraform", "backend", "s3")["key"]; own != platform.Name+
			"/terraform.tfstate" {
			t.Errorf("%s keeps its state at %v", platform.Name, own)
		}
	})
}

// serviceAccounts finds each service account that values give a role, as namespace/name, with the
// output that has its ARN.
func serviceAccounts(t *testing.T, platform Stack) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, release := range platform.Resources("helm_release") {
		namespace, _ := release.At("namespace").(string)
		add := func(name string, role any) {
			arn, _ := role.(string)
			if arn == "" {
				return
			}
			match := remoteOutput.FindStringSubmatch(arn)
			if match == nil {
				t.Errorf("%s: role %q of %s/%s is no output", release.Address, arn, namespace, name)
				return
			}
			found[namespace+"/"+name] = match[1]
		}
		values := valuesOf(t, release)
		if release.At("name") == "birthday-app" { // the chart names its accounts itself
			add("birthday-app", values.At("serviceAccount.roleArn"))
			add("database-bootstrap", values.At("database.bootstrap.roleArn"))
			continue
		}
		walk(values.Body, func(part map[string]any) {
			annotations, _ := part["annotations"].(map[string]any)
			if role := annotations["eks.amazonaws.com/role-arn"]; role != nil {
				add(fmt.Sprint(part["name"]), role)
			}
		})
	}
	return found
}

// walk visits an object and all within.
func walk(value any, visit func(map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(v)
		for _, part := range v {
			walk(part, visit)
		}
	case []any:
		for _, part := range v {
			walk(part, visit)
		}
	}
}

// elsewhere are the roles that EKS' own add-ons take, in the <env> stack.
var elsewhere = []string{
	"amazon-cloudwatch/cloudwatch-agent", "kube-system/aws-node", "kube-system/ebs-csi-controller-sa",
}

// One side's annotation without the other's trust is a pod without rights; a trust without an annotation is a role that
// waits for whoever takes the name.
func TestServiceAccountsAndTrustsFitTogether(t *testing.T) {
	eachPlatform(t, func(t *testing.T, _ environments.Environment, aws, platform Stack) {
		trusted := map[string]string{} // by service account, the role's address
		subject := regexp.MustCompile(`system:serviceaccount:([a-z0-9-]+:[a-z0-9-]+)`)
		for _, role := range aws.Resources("aws_iam_role") {
			policy, _ := role.At("assume_role_policy").(string)
			if match := subject.FindStringSubmatch(policy); match != nil {
				trusted[strings.Replace(match[1], ":", "/", 1)] = role.Address
			}
		}
		for _, account := range elsewhere {
			if trusted[account] == "" {
				t.Errorf("no role trusts %s", account)
			}
			delete(trusted, account)
		}
		accounts := serviceAccounts(t, platform)
		if have, want := keysOf(accounts), keysOf(trusted); !slices.Equal(have, want) {
			t.Fatalf("service accounts with a role: %v\ntrusted by a role:          %v", have, want)
		}
		for account, output := range accounts {
			if value := synth.Object(aws.Root, "output", output)["value"]; value != "${"+trusted[account]+".arn}" {
				t.Errorf("%s has role %v, and is trusted by %s", account, value, trusted[account])
			}
		}
	})
}

func keysOf(texts map[string]string) []string {
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Four places have to say the same ports: the target group, the security groups on both sides, the ingress
// controller, its network policy.
func TestLoadBalancerAndIngressControllerAgreeOnPorts(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, aws, platform Stack) {
		targets := aws.Resource(t, "aws_lb_target_group", "loadbalancer/targets")
		release, values := releaseNamed(t, platform, "traefik")
		traffic, health := values.At("ports.web.port"), values.At("ports.traefik.port")
		targets.WantValue(t, "port", traffic)
		targets.WantValue(t, "health_check.port", fmt.Sprint(health))
		targets.WantValue(t, "health_check.path", "/ping")
		for _, rule := range []struct {
			kind, path string
			port       any
		}{
			{"aws_vpc_security_group_egress_rule", "loadbalancer/traffic-to-pods", traffic},
			{"aws_vpc_security_group_egress_rule", "loadbalancer/health-to-pods", health},
			{"aws_vpc_security_group_ingress_rule", "loadbalancer/pods-traffic", traffic},
			{"aws_vpc_security_group_ingress_rule", "loadbalancer/pods-health", health},
		} {
			block := aws.Resource(t, rule.kind, rule.path)
			block.WantValue(t, "from_port", rule.port)
			block.WantValue(t, "to_port", rule.port)
		}
		policy := platform.Resource(t, "kubernetes_network_policy_v1", "addons/namespaces/traefik/ingress-controller")
		policy.WantValue(t, "spec.ingress.0.ports", []map[string]string{
			{"port": fmt.Sprint(traffic), "protocol": "TCP"}, {"port": fmt.Sprint(health), "protocol": "TCP"},
		})

		_, binding := releaseNamed(t, platform, "target-group-binding")
		binding.WantValue(t, "service", release.At("name"))
		binding.WantValue(t, "port", "web")
		subnets, err := environment.Network.Subnets()
		if err != nil {
			t.Fatal(err)
		}
		values.WantValue(t, "ports.web.forwardedHeaders.trustedIPs", subnets.Public)
		// An upload may take longer than the minute that Traefik gives a request by itself, and Traefik must not be the first
		// to close an idle connection.
		const timeouts = "ports.web.transport.respondingTimeouts."
		values.WantValue(t, timeouts+"readTimeout", "0s")
		idle, err := time.ParseDuration(fmt.Sprint(values.At(timeouts + "idleTimeout")))
		if limit := time.Duration(environment.LoadBalancer.IdleTimeout) * time.Second; err != nil || idle <= limit {
			t.Errorf("Traefik keeps an idle connection for %s (%v), and the load balancer for %s", idle, err, limit)
		}
		values.WantValue(t, "additionalArguments", []string{"--serversTransport.forwardingTimeouts.idleConnTimeout=4s"})
		drain := values.At("deployment.lifecycle.preStop.sleep.seconds").(float64)
		if drain <= float64(environment.LoadBalancer.DeregistrationDelay) ||
			values.At("deployment.terminationGracePeriodSeconds").(float64) <= drain {
			t.Errorf("a pod takes requests for %v s after it was told to go, and the load balancer sends them for %d s",
				drain, environment.LoadBalancer.DeregistrationDelay)
		}
	})
}

// secretKeys are keys that sound of a secret, with what may stand there: a name, a reference, a key.
var secretKeys = map[string]*regexp.Regexp{
	"existingSecret": regexp.MustCompile(`^grafana-login-v\d+$`),
	"passwordKey":    regexp.MustCompile(`^password$`),
	"secretKey":      regexp.MustCompile(`^(username|password)$`),
	"secretName":     regexp.MustCompile(`^db-credentials-[a-z-]+$`),
	"secretStore":    regexp.MustCompile(`^aws-secrets-manager$`),
	"masterSecretArn": regexp.MustCompile(
		`^\$\{data\.terraform_remote_state\.environment\.outputs\.database_secret_arn\}$`),
}

// soundsSecret is a key whose value should not be known.
var soundsSecret = regexp.MustCompile(`(?i)(password|passwd|secret|token|credential|private)`)

// passwordsIn are what stands at keys that sound of a secret, and is none of the innocent; and
// what has a password within.
func passwordsIn(value any) []string {
	var found []string
	walk(value, func(part map[string]any) {
		for key, value := range part {
			text, _ := value.(string)
			if text == "" {
				continue
			}
			if innocent := secretKeys[key]; soundsSecret.MatchString(key) && (innocent == nil || !innocent.MatchString(text)) {
				found = append(found, key+": "+text)
			}
			if regexp.MustCompile(`(?i)(password|secret|token)\s*[:=]\s*\S`).MatchString(text) && !strings.HasPrefix(text, "{") {
				found = append(found, key+" holds "+text)
			}
		}
	})
	return found
}

// A password in values would be in the plan, in the state, and in Helm's Secret.
func TestNoPasswordInThePlatform(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, _, platform Stack) {
		for _, password := range passwordsIn(platform.Root) {
			t.Errorf("%s: %s", platform.Name, password)
		}
		for _, release := range platform.Resources("helm_release") {
			for _, password := range passwordsIn(valuesOf(t, release).Body) {
				t.Errorf("%s: %s", release.Address, password)
			}
		}
		planted := valuesOf(t, platform.Resources("helm_release")[0])
		planted.Body["adminPassword"], planted.Body["url"] = "super-secure-password", "postgres://x?password=y"
		if found := passwordsIn(planted.Body); len(found) != 2 {
			t.Errorf("of two passwords that were planted, %v are found", found)
		}

		_, grafana := releaseNamed(t, platform, "grafana")
		grafana.WantAbsent(t, "adminPassword")
		grafana.WantValue(t, "admin", map[string]string{
			"existingSecret": fmt.Sprintf("grafana-login-v%d", environment.Secrets.Grafana),
			"userKey":        "username",
			"passwordKey":    "password",
		})
		grafana.WantValue(t, "extraObjects.0.spec.target.name", grafana.At("admin.existingSecret"))
		grafana.WantValue(t, "extraObjects.0.spec.data.1.remoteRef.key", environment.GrafanaSecret())
		if len(platform.Resources("kubernetes_secret_v1")) > 0 {
			t.Error("a Secret by Terraform has its value in the state")
		}
	})
}

// It would be a second way in, past CloudFront and the web ACL, and would keep the VPC from being destroyed.
func TestNoServiceOfTypeLoadBalancer(t *testing.T) {
	eachPlatform(t, func(t *testing.T, _ environments.Environment, _, platform Stack) {
		for _, release := range platform.Resources("helm_release") {
			walk(valuesOf(t, release).Body, func(part map[string]any) {
				if part["type"] == "LoadBalancer" || part["type"] == "NodePort" {
					t.Errorf("%s: a Service that opens the cluster: %v", release.Address, part)
				}
			})
		}
		_, traefik := releaseNamed(t, platform, "traefik")
		traefik.WantValue(t, "service.spec.type", "ClusterIP") // the chart's own default is LoadBalancer
		_, controller := releaseNamed(t, platform, "aws-load-balancer-controller")
		controller.WantValue(t, "enableServiceMutatorWebhook", false)
		controller.WantValue(t, "controllerConfig.featureGates.EnableServiceController", false)
		controller.WantValue(t, "createIngressClassResource", false)
		if len(platform.Resources("kubernetes_service_v1")) > 0 {
			t.Error("a Service that no chart makes")
		}
	})
}

// The API server takes a NetworkPolicy whether or not anything enforces it.
func TestNetworkPoliciesAreEnforced(t *testing.T) {
	eachPlatform(t, func(t *testing.T, _ environments.Environment, aws, platform Stack) {
		configuration, _ := aws.Resource(t, "aws_eks_addon", "cluster/vpc-cni").At("configuration_values").(string)
		if enforced := strings.Contains(configuration, `"enableNetworkPolicy":"true"`); !enforced &&
			len(platform.Resources("kubernetes_network_policy_v1")) > 0 {
			t.Errorf("the network plug-in does not enforce network policies: %s", configuration)
		}
	})
}

func TestEveryNamespaceIsRestrictedAndDeniesByDefault(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, _, platform Stack) {
		var names []string
		for _, namespace := range platform.Resources("kubernetes_namespace_v1") {
			name, _ := namespace.At("metadata.name").(string)
			names = append(names, name)
			namespace.WantValue(t, `metadata.labels.pod-security\.kubernetes\.io/enforce`, "restricted")
			namespace.WantValue(t, `metadata.labels.pod-security\.kubernetes\.io/enforce-version`,
				"v"+environment.Cluster.Version)
			policy := platform.Resource(t, "kubernetes_network_policy_v1", "addons/namespaces/"+name+"/default-deny")
			policy.WantValue(t, "spec", map[string]any{
				"pod_selector": map[string]any{},
				"policy_types": []string{"Ingress", "Egress"},
			})
			platform.Resource(t, "kubernetes_default_service_account_v1", "addons/namespaces/"+name+"/default-account").
				WantValue(t, "automount_service_account_token", false)
		}
		for _, release := range platform.Resources("helm_release") {
			if namespace := release.At("namespace"); namespace != "kube-system" &&
				!slices.Contains(names, fmt.Sprint(namespace)) {
				t.Errorf("%s goes into %v, which nobody makes", release.Address, namespace)
			}
		}
	})
}

// Every release waits, is taken back when it fails, and is exactly one version; the table has them all.
func TestReleasesArePinnedAndInOrder(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, _, platform Stack) {
		table := map[any]bool{"birthday-app": true}
		for _, row := range addons.Table() {
			table[row.Name] = true
			release, _ := releaseNamed(t, platform, row.Name)
			release.WantValue(t, "namespace", row.Namespace)
			if row.Folder != "" {
				release.WantAbsent(t, "repository")
				continue
			}
			release.WantValue(t, "version", row.Version)
			release.WantValue(t, "repository", row.Repository)
			release.WantValue(t, "chart", row.Chart)
		}
		for _, release := range platform.Resources("helm_release") {
			if !table[release.At("name")] {
				t.Errorf("%s is not in the table", release.Address)
			}
			for _, setting := range []string{"atomic", "wait"} {
				release.WantValue(t, setting, true)
			}
			release.WantAbsent(t, "set")
		}
		for _, order := range [][2]string{
			{"metrics-server", "cluster-autoscaler"},
			{"secret-store", "external-secrets"},
			{"target-group-binding", "aws-load-balancer-controller"}, // which takes its finalizer away
			{"traefik", "target-group-binding"},
			{"grafana", "secret-store"},
			{"grafana", "prometheus"},
			{"birthday-app", "traefik"},
			{"birthday-app", "secret-store"},
			{"birthday-app", "opentelemetry-collector"},
			{"birthday-app", "metrics-server"},
		} {
			later, _ := releaseNamed(t, platform, order[0])
			earlier, _ := releaseNamed(t, platform, order[1])
			if depends, _ := later.At("depends_on").([]any); !contains(depends, earlier.Address) {
				t.Errorf("%s does not wait for %s", order[0], order[1])
			}
		}
		prometheus, values := releaseNamed(t, platform, "prometheus")
		class := platform.Resource(t, "kubernetes_storage_class_v1", "addons/gp3")
		values.WantValue(t, "server.persistentVolume", map[string]any{
			"enabled":      true,
			"size":         fmt.Sprintf("%dGi", environment.Addons.PrometheusGiB),
			"storageClass": class.At("metadata.name"),
		})
		values.WantValue(t, "server.retention", fmt.Sprintf("%dd", environment.Addons.PrometheusDays))
		class.WantValue(t, "parameters.encrypted", "true")
		if depends, _ := prometheus.At("depends_on").([]any); !contains(depends, class.Address) {
			t.Error("Prometheus does not wait for its storage class")
		}
	})
}

func TestTheApplicationRunsWhatTheParameterSays(t *testing.T) {
	eachPlatform(t, func(t *testing.T, environment environments.Environment, aws, platform Stack) {
		parameter := aws.Resource(t, "aws_ssm_parameter", "birthday-app/image")
		parameter.WantValue(t, "name", environment.ImageParameter())
		parameter.WantValue(t, "lifecycle.ignore_changes", []string{"insecure_value", "value"})
		if first, _ := parameter.At("insecure_value").(string); !regexp.MustCompile(parameter.At("allowed_pattern").(string)).
			MatchString(first) {
			t.Errorf("the parameter refuses its first value %q", first)
		}
		read := platform.Block(t, "data", "aws_ssm_parameter", "birthday-app/image")
		read.WantValue(t, "name", environment.ImageParameter())
		release, values := releaseNamed(t, platform, "birthday-app")
		for i, part := range []string{"repository", "digest"} {
			values.WantValue(t, "image."+part,
				fmt.Sprintf("${element(split('@', %s.insecure_value), %d)}", "data."+read.Address, i))
		}
		beside := regexp.MustCompile(`^\./assets/birthday-app_app-chart_[0-9A-F]{8}/[0-9A-F]{32}$`)
		if chart, _ := release.At("chart").(string); !beside.MatchString(chart) {
			t.Errorf("the chart is at %q, which is not beside the stack's JSON", chart)
		}
		values.WantValue(t, "hosts", []string{environment.DNS.Name, environment.DNS.Origin()})
		values.WantValue(t, "database.user", environment.DatabaseUser())
		if environment.Cache.Mode == environments.CacheReplicated {
			values.WantValue(t, "cache.user", environment.CacheUserName())
			aws.Resource(t, "aws_elasticache_user", "cache/application").WantValue(t, "user_name", environment.CacheUserName())
		}
	})
}

// The chart's own defaults are what the servers listen on; the platform does not repeat them.
func TestTheChartsPortsAreTheServers(t *testing.T) {
	defaults := chartDefaults(t)
	eachPlatform(t, func(t *testing.T, _ environments.Environment, aws, _ Stack) {
		aws.Resource(t, "aws_vpc_security_group_ingress_rule", "database/access/database-from-nodes").
			WantValue(t, "from_port", defaults.At("database.port"))
		aws.Resource(t, "aws_vpc_security_group_ingress_rule", "cache/access/cache-from-nodes").
			WantValue(t, "from_port", defaults.At("cache.port"))
		aws.Resource(t, "aws_ssm_parameter", "birthday-app/image").
			WantValue(t, "insecure_value", fmt.Sprintf("%v@%v", defaults.At("image.repository"), defaults.At("image.digest")))
	})
}

func TestNeitherLoginToTheClusterStoresAToken(t *testing.T) {
	for _, login := range []environments.ClusterLogin{environments.ClusterLoginExec, environments.ClusterLoginEphemeral} {
		environment := environmentOf(t, "dev")
		environment.Addons.Login = login
		environment.Account.Role = "arn:aws:iam::111111111111:role/deploy"
		made := synthesize(t, environment)
		platform := made["dev.platform"]
		kubernetes := Block{
			Address: "provider.kubernetes",
			Body:    synth.Object(platform.Root, "provider")["kubernetes"].([]any)[0].(map[string]any),
		}
		helm := Block{
			Address: "provider.helm.kubernetes",
			Body:    synth.Object(synth.Object(platform.Root, "provider")["helm"].([]any)[0].(map[string]any), "kubernetes"),
		}
		if login == environments.ClusterLoginEphemeral {
			platform.Block(t, "ephemeral", "aws_eks_cluster_auth", "cluster").WantValue(t, "name", environment.ClusterName())
			for _, provider := range []Block{kubernetes, helm} {
				provider.WantValue(t, "token", "${ephemeral.aws_eks_cluster_auth.cluster.token}")
				provider.WantAbsent(t, "exec")
			}
		} else {
			arguments := []string{
				"eks", "get-token", "--cluster-name", "titan-dev-cluster", "--region", "eu-west-1", "--output", "json",
				"--role-arn", environment.Account.Role,
			}
			helm.WantValue(t, "exec.args", arguments)
			kubernetes.WantValue(t, "exec.0.args", arguments)
			helm.WantAbsent(t, "token")
			kubernetes.WantAbsent(t, "token")
		}
		if len(synth.Object(platform.Root, "data", "aws_eks_cluster_auth")) > 0 {
			t.Error("the data source keeps its token in the state")
		}
	}
}

func TestAZoneThatWaitsForItsDelegationHasNoPlatform(t *testing.T) {
	environment := environmentOf(t, "dev")
	environment.DNS.Delegated = false
	made := synthesize(t, environment)
	if _, there := made["dev.platform"]; there {
		t.Error("a platform stack without a cluster")
	}
}

// TestTheTableOfAddOnsIsTrue compares docs/addons.md with what is installed.
func TestTheTableOfAddOnsIsTrue(t *testing.T) {
	content, err := os.ReadFile("../docs/addons.md")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(` *\| *`).ReplaceAllString(string(content), "|")
	for _, row := range addons.Table() {
		chart := row.Chart
		if row.Folder != "" {
			chart = "charts/" + row.Folder
		}
		cells := []string{row.Name, chart, row.Version, row.AppVersion, row.Repository, row.Namespace}
		if want := "|" + strings.Join(cells, "|") + "|"; !strings.Contains(table, want) {
			t.Errorf("docs/addons.md has no row that begins %s", want)
		}
	}
}
