package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// writer is who writes to a bucket: the resource that says so, of the same stack or of another, or in words who needs
// none.
type writer struct {
	by                    string
	kind, path, attribute string
	stack                 order.Kind // of the writer; empty is the bucket's own
}

// writers are the buckets of all stacks, by the kind of their stack and their path, and who writes to each.
var writers = map[order.Kind]map[string]writer{
	order.Bootstrap: {
		"state/bucket":       {by: "Terraform, by the backends"}, // TestBackendIsTheBucketOfBootstrap
		"replica/bucket":     replicated("state-replication", order.Account),
		"access-logs/bucket": logged("state"), // and the load balancer: TestTheLoadBalancerLogsToItsRegionsBucket
	},
	order.Account: {
		"trail/files/bucket": {by: "CloudTrail", kind: "aws_cloudtrail", path: "trail/trail", attribute: "s3_bucket_name"},
	},
	order.Environment: {
		"backup/logs/bucket": {
			by: "Firehose, with application logs", kind: "aws_kinesis_firehose_delivery_stream", path: "backup/delivery",
			attribute: "extended_s3_configuration.bucket_arn",
		},
		// TestSnapshotsAreExported, TestArtifactsAreKeptWhereThePipelineActs
		"backup/backups/bucket":                  {by: "RDS, with exports of what database.snapshots names"},
		"birthday-app/delivery/artifacts/bucket": {by: "CodePipeline, by its name"},
		"deployer/artifacts/bucket":              {by: "CodePipeline, by its name"},
	},
	order.Second: {
		"backup/logs/bucket":            replicated("backup/logs-replication", order.Environment),
		"backup/backups/bucket":         replicated("backup/backups-replication", order.Environment),
		"static/bucket":                 replicated("edge/static-replication", order.Global),
		"birthday-app/artifacts/bucket": {by: "CodePipeline, by its name"},
	},
	order.Global: {
		"edge/static/bucket": {by: "builds of the application, and Terraform where the file has a maintenance page"},
		"access-logs/bucket": logged("edge/static"),
	},
}

// replicated is S3, by a replication that a stack of a kind asks for.
func replicated(path string, stack order.Kind) writer {
	return writer{"S3", replication, path + "/configuration", "rule.0.destination.bucket", stack}
}

// logged is S3, with the requests to another bucket of the stack.
func logged(path string) writer {
	return writer{by: "S3", kind: "aws_s3_bucket_logging", path: path + "/access-logs", attribute: "target_bucket"}
}

func TestEveryBucketHasAWriter(t *testing.T) {
	seen := map[order.Kind]map[string]bool{}
	for _, one := range order.All(loaded) {
		named := map[string]bool{}
		for path, w := range writers[one.Kind] {
			bucket, ok := stack(t, one.Name).Lookup("aws_s3_bucket", path)
			if !ok {
				continue
			}
			if seen[one.Kind] == nil {
				seen[one.Kind] = map[string]bool{}
			}
			seen[one.Kind][path], named[bucket.Address] = true, true
			if w.kind != "" {
				isWritten(t, one, bucket, w)
			}
		}
		for _, bucket := range stack(t, one.Name).Resources("aws_s3_bucket") {
			if !named[bucket.Address] {
				t.Errorf("%s: nobody is known to write to %s; add its writer to the table, or take it out",
					one.Name, bucket.Address)
			}
		}
	}
	for kind, paths := range writers {
		for path := range paths {
			if !seen[kind][path] {
				t.Errorf("%s of %s is in the table and in no stack", path, kind)
			}
		}
	}
}

// isWritten fails unless the writer refers to the bucket, or names it from another stack.
func isWritten(t *testing.T, one order.Stack, bucket Block, w writer) {
	t.Helper()
	if w.stack == "" {
		stack(t, one.Name).Resource(t, w.kind, w.path).WantReference(t, w.attribute, bucket)
		return
	}
	arn := fmt.Sprintf("arn:aws:s3:::%s", bucket.At("bucket"))
	var tried []string
	for _, other := range order.All(loaded) {
		sameEnvironment := other.Environment == one.Environment || other.Shared()
		if other.Kind != w.stack || !sameEnvironment {
			continue
		}
		if found, ok := stack(t, other.Name).Lookup(w.kind, w.path); ok {
			if found.At(w.attribute) == arn {
				return
			}
			tried = append(tried, fmt.Sprint(other.Name, ": ", found.At(w.attribute)))
		}
	}
	t.Errorf("%s: %s does not write to %s, but %s", one.Name, w.by, arn, strings.Join(tried, ", "))
}

// The load balancer writes by the name of a bucket that another stack makes.
func TestTheLoadBalancerLogsToItsRegionsBucket(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, deployed Stack) {
		bootstrap := stack(t, order.SharedName(environment.Base(environment.Region), order.Bootstrap))
		name := bootstrap.Resource(t, "aws_s3_bucket", "access-logs/bucket").At("bucket")
		for _, attribute := range []string{"access_logs.bucket", "connection_logs.bucket"} {
			deployed.Resource(t, "aws_lb", "loadbalancer/alb").WantValue(t, attribute, name)
		}
		if region := tabled(t, bootstrap.Name).Region; region != tabled(t, deployed.Name).Region {
			t.Errorf("the load balancer logs to %s", region)
		}
	})
}
