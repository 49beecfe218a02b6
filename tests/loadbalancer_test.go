package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// The document's load balancer has one subnet and neither listener, certificate, target group, logs nor protection.
func TestLoadBalancerIsWhole(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		alb := stack.resource(t, "aws_lb", "loadbalancer/alb")
		alb.has(t, "name", environment.LoadBalancerName())
		if subnets := list(alb.at("subnets")); len(subnets) != 3 || !strings.HasPrefix(fmt.Sprint(subnets[0]), "${aws_subnet.network_public") {
			t.Errorf("subnets %v, want three public ones", subnets)
		}
		alb.has(t, "drop_invalid_header_fields", true)
		alb.has(t, "enable_deletion_protection", environment.Protected())
		alb.has(t, "access_logs.enabled", true)
		alb.has(t, "connection_logs.enabled", true)
	})
}

// CloudFront speaks TLS 1.2 at most to an origin; a policy of 1.3 alone would cut it off.
func TestListenerKeepsTLS12ForCloudFront(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		https := stack.resource(t, "aws_lb_listener", "loadbalancer/https")
		https.has(t, "port", 443)
		if policy := fmt.Sprint(https.at("ssl_policy")); !strings.HasPrefix(policy, "ELBSecurityPolicy-TLS13-1-2-") {
			t.Errorf("policy %q, want one of TLS 1.3 that keeps 1.2", policy)
		}
		https.has(t, "default_action.0.fixed_response.status_code", "403")
		http := stack.resource(t, "aws_lb_listener", "loadbalancer/http")
		http.has(t, "port", 80)
		http.has(t, "default_action.0.redirect.protocol", "HTTPS")
	})
}

// ELB delivers logs to SSE-S3 alone, and refuses a bucket that it may not write to when the load balancer is made.
func TestLoadBalancerMayWriteItsLogs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, declared Stack) {
		bootstrap := stack(t, environment.Name+"-bootstrap")
		bucket := bootstrap.resource(t, "aws_s3_bucket", "access-logs/bucket").at("bucket")
		bootstrap.resource(t, "aws_s3_bucket_server_side_encryption_configuration", "access-logs/encryption").
			has(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "AES256")
		write := policyIn(t, bootstrap.resource(t, "aws_s3_bucket_policy", "access-logs/policy"), "policy").statement(t, "LoadBalancerLogs")
		write.has(t, "Principal.Service", "logdelivery.elasticloadbalancing.amazonaws.com")
		alb := declared.resource(t, "aws_lb", "loadbalancer/alb")
		for _, kind := range []string{"access", "connection"} {
			alb.has(t, kind+"_logs.bucket", bucket)
			want := fmt.Sprintf("arn:aws:s3:::%s/%s/AWSLogs/%s/*", bucket, alb.at(kind+"_logs.prefix"), environment.Account.ID)
			if !contains(list(write.at("Resource")), want) {
				t.Errorf("it may write to %v, not to %s", write.at("Resource"), want)
			}
		}
	})
}

// The prefix list counts as 55 of a security group's 60 rules: one port, one group.
func TestCloudFrontsPrefixListIsUsedOnceInAGroup(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		uses := map[any]int{}
		for _, rule := range stack.resources("aws_vpc_security_group_ingress_rule") {
			if rule.at("prefix_list_id") != nil {
				uses[rule.at("security_group_id")]++
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
		targets := stack.resource(t, "aws_lb_target_group", "loadbalancer/targets")
		targets.has(t, "target_type", "ip") // a TargetGroupBinding registers pods
		targets.has(t, "port", 8000)
		targets.has(t, "health_check.port", "8080")
		targets.has(t, "health_check.path", "/ping")
		targets.has(t, "deregistration_delay", fmt.Sprint(environment.LoadBalancer.DeregistrationDelay))
		targets.has(t, "slow_start", environment.LoadBalancer.SlowStart)
		targets.has(t, "lifecycle.create_before_destroy", true)
		targets.lacks(t, "name")
	})
}

// Both values are taken and one is sent, so that each can be renewed while the other is in use.
func TestOriginHeaderComesFromWriteOnlySecrets(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		var values []string
		for _, which := range []string{"a", "b"} {
			read := stack.block(t, "data", "aws_secretsmanager_secret_version", "secrets/origin-header/"+which+"-read")
			values = append(values, "${data."+read.Address+".secret_string}")
			if environment.DR.Role == environments.DRSecondary {
				read.has(t, "secret_id", "titan-prod-origin-"+which) // the replica of its primary's
				continue
			}
			version := stack.resource(t, "aws_secretsmanager_secret_version", "secrets/origin-header/"+which+"-value")
			version.lacks(t, "secret_string")
			if value := fmt.Sprint(version.at("secret_string_wo")); !strings.HasPrefix(value, "${ephemeral.aws_secretsmanager_random_password.") {
				t.Errorf("value %s is %q, want an ephemeral one", which, value)
			}
			if depends := list(read.at("depends_on")); !contains(depends, version.Address) {
				t.Errorf("%s is read before it is written: %v", which, depends)
			}
			secret := stack.resource(t, "aws_secretsmanager_secret", "secrets/origin-header/"+which)
			if replica := secret.at("replica.0.region"); environment.SecondRegion != "" && replica != string(environment.SecondRegion) {
				t.Errorf("%s has its replica in %v", which, replica)
			}
		}
		rule := stack.resource(t, "aws_lb_listener_rule", "loadbalancer/from-cloudfront")
		rule.has(t, "condition.0.http_header.values", values)
		if environment.Edge.Enabled {
			cdn := stack.resource(t, "aws_cloudfront_distribution", "edge/cdn")
			cdn.has(t, "origin.0.custom_header.0.value", values[0])
			cdn.has(t, "origin.0.custom_header.0.name", rule.at("condition.0.http_header.http_header_name"))
		}
		for _, value := range values { // nowhere else
			want := 1
			if environment.Edge.Enabled && value == values[0] {
				want = 2
			}
			if got := strings.Count(stack.Text, value); got != want {
				t.Errorf("%s stands in %d places, want %d", value, got, want)
			}
		}
	})
}
