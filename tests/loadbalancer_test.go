package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// The document's load balancer has one subnet and neither listener, certificate, target group, logs nor protection.
func TestLoadBalancerIsWhole(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		alb := stack.Resource(t, "aws_lb", "loadbalancer/alb")
		alb.WantValue(t, "name", environment.LoadBalancerName())
		if subnets := synth.List(alb.At("subnets")); len(subnets) != 3 ||
			!strings.HasPrefix(fmt.Sprint(subnets[0]), "${aws_subnet.network_public") {
			t.Errorf("subnets %v, want three public ones", subnets)
		}
		alb.WantValue(t, "drop_invalid_header_fields", true)
		alb.WantValue(t, "desync_mitigation_mode", "defensive")
		alb.WantValue(t, "enable_deletion_protection", environment.Protected())
		alb.WantValue(t, "access_logs.enabled", true)
		alb.WantValue(t, "connection_logs.enabled", true)
	})
}

// CloudFront speaks TLS 1.2 at most to an origin; a policy of 1.3 alone would cut it off.
func TestListenerKeepsTLS12ForCloudFront(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		https := stack.Resource(t, "aws_lb_listener", "loadbalancer/https")
		https.WantValue(t, "port", 443)
		if policy := fmt.Sprint(https.At("ssl_policy")); !strings.HasPrefix(policy, "ELBSecurityPolicy-TLS13-1-2-") {
			t.Errorf("policy %q, want one of TLS 1.3 that keeps 1.2", policy)
		}
		https.WantValue(t, "default_action.0.fixed_response.status_code", "403")
		http := stack.Resource(t, "aws_lb_listener", "loadbalancer/http")
		http.WantValue(t, "port", 80)
		http.WantValue(t, "default_action.0.redirect.protocol", "HTTPS")
	})
}

// ELB delivers logs to SSE-S3 alone, and refuses a bucket that it may not write to when the load balancer is made.
func TestLoadBalancerMayWriteItsLogs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, declared Stack) {
		bootstrap := stack(t, order.SharedName(environment.Base(environment.Region), order.Bootstrap))
		bucket := bootstrap.Resource(t, "aws_s3_bucket", "access-logs/bucket").At("bucket")
		bootstrap.Resource(t, "aws_s3_bucket_server_side_encryption_configuration", "access-logs/encryption").
			WantValue(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "AES256")
		write := policyIn(t, bootstrap.Resource(t, "aws_s3_bucket_policy", "access-logs/policy"), "policy").
			statement(t, "LoadBalancerLogs")
		write.WantValue(t, "Principal.Service", "logdelivery.elasticloadbalancing.amazonaws.com")
		alb := declared.Resource(t, "aws_lb", "loadbalancer/alb")
		for _, kind := range []string{"access", "connection"} {
			alb.WantValue(t, kind+"_logs.bucket", bucket)
			want := fmt.Sprintf("arn:aws:s3:::%s/%s/AWSLogs/%s/*", bucket, alb.At(kind+"_logs.prefix"), environment.Account.ID)
			if !contains(synth.List(write.At("Resource")), want) {
				t.Errorf("it may write to %v, not to %s", write.At("Resource"), want)
			}
		}
	})
}

// The prefix list counts as 55 of a security group's 60 rules: one port, one group.
func TestCloudFrontsPrefixListIsUsedOnceInAGroup(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		uses := map[any]int{}
		for _, rule := range stack.Resources("aws_vpc_security_group_ingress_rule") {
			if rule.At("prefix_list_id") != nil {
				uses[rule.At("security_group_id")]++
			}
		}
		for group, count := range uses {
			if count != 1 {
				t.Errorf("%v takes the list %d times", group, count)
			}
		}
		if len(uses) != 1 {
			t.Errorf("the list is used in %v", uses)
		}
	})
}

func TestTargetGroupIsTheIngressControllers(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		targets := stack.Resource(t, "aws_lb_target_group", "loadbalancer/targets")
		targets.WantValue(t, "target_type", "ip") // a TargetGroupBinding registers pods
		targets.WantValue(t, "port", 8000)
		targets.WantValue(t, "health_check.port", "8080")
		targets.WantValue(t, "health_check.path", "/ping")
		targets.WantValue(t, "deregistration_delay", fmt.Sprint(environment.LoadBalancer.DeregistrationDelay))
		targets.WantValue(t, "slow_start", environment.LoadBalancer.SlowStart)
		targets.WantValue(t, "lifecycle.create_before_destroy", true)
		targets.WantAbsent(t, "name")
	})
}

// Both values are taken and one is sent, so that each can be renewed while the other is in use. The primary's stack
// makes them; us-east-1's and a secondary's read them by name, in their own region.
func TestOriginHeaderComesFromWriteOnlySecrets(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		maker := environment
		if primary := environment.Peers.Primary; primary != nil {
			maker = primary.Environment
		}
		var values []string
		for _, which := range []string{"a", "b"} {
			read := home.Block(t, "data", "aws_secretsmanager_secret_version", "secrets/origin-header/"+which+"-read")
			values = append(values, "${data."+read.Address+".secret_string}")
			secret := stack(t, maker.Name).Resource(t, "aws_secretsmanager_secret", "secrets/origin-header/"+which)
			if maker.Name != environment.Name {
				read.WantValue(t, "secret_id", secret.At("name"))
				hasReplica(t, secret, string(environment.Region))
				continue
			}
			version := home.Resource(t, "aws_secretsmanager_secret_version", "secrets/origin-header/"+which+"-value")
			version.WantReference(t, "secret_id", secret)
			version.WantAbsent(t, "secret_string")
			if value := fmt.Sprint(version.At("secret_string_wo")); !strings.HasPrefix(value,
				"${ephemeral.aws_secretsmanager_random_password.") {
				t.Errorf("value %s is %q, want an ephemeral one", which, value)
			}
			renewed := home.Resource(t, "terraform_data", "secrets/origin-header/"+which+"-renewed")
			renewed.WantReference(t, "input.secret", secret)
			renewed.WantValue(t, "input.version", version.At("secret_string_wo_version"))
			if depends := synth.List(renewed.At("depends_on")); !contains(depends, version.Address) {
				t.Errorf("%s is read before it is written: %v", which, depends)
			}
			// A read that depends on more than that waits for a changed tag, and leaves the conditions unknown.
			read.WantValue(t, "secret_id", "${"+renewed.Address+".output.secret}")
			read.WantAbsent(t, "depends_on")
			if environment.SecondRegion != "" {
				hasReplica(t, secret, string(environment.SecondRegion))
			}
		}
		for _, id := range []string{"from-cloudfront", "not-serving"} {
			home.Resource(t, "aws_lb_listener_rule", "loadbalancer/"+id).WantValue(t, "condition.0.http_header.values", values)
		}
		for _, value := range values { // and nowhere else
			if got := strings.Count(home.Text, value); got != 2 {
				t.Errorf("%s stands in %d places, want 2", value, got)
			}
		}
	})
}

// hasReplica fails unless a secret is replicated to a region.
func hasReplica(t *testing.T, secret Block, region string) {
	t.Helper()
	var regions []any
	for i := range synth.List(secret.At("replica")) {
		regions = append(regions, secret.At(fmt.Sprintf("replica.%d.region", i)))
	}
	if !contains(regions, region) {
		t.Errorf("%s is replicated to %v, and read in %s", secret.Address, regions, region)
	}
}

// The distribution sends one of the two values, and its load balancer and a secondary's take both
// under the header's one name.
func TestDistributionSendsAValueThatTheLoadBalancersTake(t *testing.T) {
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, global Stack) {
		if !environment.Edge.Enabled {
			return
		}
		cdn := global.Resource(t, "aws_cloudfront_distribution", "edge/cdn")
		read := global.Block(t, "data", "aws_secretsmanager_secret_version",
			"origin-header/"+string(environment.LoadBalancer.OriginSecret)+"-read")
		secret := stack(t, environment.Name).
			Resource(t, "aws_secretsmanager_secret", "secrets/origin-header/"+string(environment.LoadBalancer.OriginSecret))
		read.WantValue(t, "secret_id", secret.At("name"))
		if environment.Region != environments.GlobalRegion {
			hasReplica(t, secret, string(environments.GlobalRegion))
		}
		value := "${data." + read.Address + ".secret_string}"
		cdn.WantValue(t, "origin.0.custom_header.0.value", value)
		if got := strings.Count(global.Text, value); got != 1 {
			t.Errorf("%s stands in %d places, want 1", value, got)
		}
		behind := []string{environment.Name}
		if secondary := environment.Peers.Secondary; secondary != nil {
			behind = append(behind, secondary.Name)
		}
		for _, name := range behind {
			rule := stack(t, name).Resource(t, "aws_lb_listener_rule", "loadbalancer/from-cloudfront")
			for i := range 2 {
				cdn.WantValue(t, fmt.Sprintf("origin.0.custom_header.%d.name", i),
					rule.At(fmt.Sprintf("condition.%d.http_header.http_header_name", i)))
			}
		}
		cdn.WantValue(t, "origin.0.custom_header.1.value", environment.Serving())
	})
}
