package loadbalancer

import (
	"fmt"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/bucket"
)

// The two kinds of logs, each under a prefix of its own.
const (
	accessLogs     = "access"
	connectionLogs = "connection"
)

// logBucket declares the bucket that ELB writes to. SSE-S3 is all it takes there (ALB User Guide, 'Enable access logs'). ELB writes
// below the account's own number, so nobody else's load balancer can.
func (l *loadBalancer) logBucket() bucket.Output {
	objects := func(prefix string) string {
		return fmt.Sprintf("arn:%s:s3:::%s/%s/AWSLogs/%s/*", l.Partition, l.LogBucket, prefix, l.AccountID)
	}
	return bucket.New(l.scope, "logs", bucket.Config{
		Name:           l.LogBucket,
		ForceDestroy:   !l.Protected,
		NoncurrentDays: 1, // nobody overwrites or deletes them but the rule below
		ExpireDays:     l.LogDays,
		PolicyStatements: []iampolicy.Statement{{
			Sid: "LoadBalancerLogs", Effect: iampolicy.Allow,
			Principal: iampolicy.Service("logdelivery.elasticloadbalancing.amazonaws.com"),
			Action:    []string{"s3:PutObject"},
			Resource:  []string{objects(accessLogs), objects(connectionLogs)},
		}},
	})
}
