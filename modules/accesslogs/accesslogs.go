// Package accesslogs provides the bucket that says who called what in a region: S3 writes there what was asked of the
// other buckets, and ELB what was asked of the load balancer. Both deliver to SSE-S3 alone (S3 User Guide, 'Enabling
// Amazon S3 server access logging'; ALB User Guide, 'Enable access logs'), so it is a bucket of its own.
package accesslogs

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
)

// Prefixes of what the load balancer writes, before AWSLogs/<account>/.
const (
	LoadBalancerRequests    = "alb-requests"
	LoadBalancerConnections = "alb-connections"
)

// Config is what the bucket needs from the rest of the system.
type Config struct {
	target.Target
	BucketName string // globally unique, 3 to 63 characters
	Deliveries bool   // whether CloudWatch Logs delivers there what it gets of other services, such as CloudFront
}

// New declares the bucket under scope.
func New(scope constructs.Construct, id string, config Config) bucket.Output {
	statements := []iampolicy.Statement{config.fromBuckets(), config.fromLoadBalancers()}
	if config.Deliveries {
		statements = append(statements, config.fromDeliveries())
	}
	return bucket.New(scope, id, bucket.Config{
		Name:             config.BucketName,
		Protected:        config.Protected,
		NoncurrentDays:   1, // nobody overwrites or deletes them but the rule of their age
		Ages:             bucket.Ages{ExpireDays: config.LogDays},
		PolicyStatements: statements,
	})
}

// fromBuckets lets S3 log the account's buckets. No condition names them: the list would change here
// with each bucket elsewhere.
func (c Config) fromBuckets() iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "BucketLogs", Effect: iampolicy.Allow,
		Principal: iampolicy.Service("logging.s3.amazonaws.com"),
		Action:    []string{"s3:PutObject"},
		Resource:  []string{c.objects(bucket.AccessLogPrefix + "*")},
		Condition: iampolicy.Conditions{"StringEquals": {"aws:SourceAccount": {c.AccountID}}},
	}
}

// fromLoadBalancers lets ELB log. It writes below the account's own number, so nobody else's load
// balancer can write here.
func (c Config) fromLoadBalancers() iampolicy.Statement {
	logs := "/AWSLogs/" + c.AccountID + "/*"
	return iampolicy.Statement{
		Sid: "LoadBalancerLogs", Effect: iampolicy.Allow,
		Principal: iampolicy.Service("logdelivery.elasticloadbalancing.amazonaws.com"),
		Action:    []string{"s3:PutObject"},
		Resource:  []string{c.objects(LoadBalancerRequests + logs), c.objects(LoadBalancerConnections + logs)},
	}
}

// fromDeliveries lets CloudWatch Logs deliver (CloudFront Developer Guide, 'Standard logging (v2)', S3 bucket
// permissions; without its condition on the ACL, which a bucket without any is not sent).
func (c Config) fromDeliveries() iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "DeliveredLogs", Effect: iampolicy.Allow,
		Principal: iampolicy.Service("delivery.logs.amazonaws.com"),
		Action:    []string{"s3:PutObject"},
		Resource:  []string{c.objects("AWSLogs/" + c.AccountID + "/*")},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("logs", "delivery-source:*")}},
		},
	}
}

func (c Config) objects(pattern string) string {
	return c.BucketARN(c.BucketName) + "/" + pattern
}
