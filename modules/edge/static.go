package edge

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	accesscontrol "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontoriginaccesscontrol"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3object"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
)

// staticNoncurrentDays is how long a replaced asset can be brought back, in days.
const staticNoncurrentDays = 30

func (e *edge) originAccessControl() string {
	return *accesscontrol.NewCloudfrontOriginAccessControl(e.scope, jsii.String("static-access"),
		&accesscontrol.CloudfrontOriginAccessControlConfig{
			Name:                          jsii.String(e.Name + "-static"),
			Description:                   jsii.String("Static assets of " + e.Name),
			OriginAccessControlOriginType: jsii.String("s3"),
			SigningBehavior:               jsii.String("always"),
			SigningProtocol:               jsii.String("sigv4"),
		}).Id()
}

// staticAssets declares the bucket that builds publish to, its replication, and the maintenance page in it where there
// is one. What is in it is public, by way of the distribution alone; SSE-S3 therefore, a key of ours would guard
// nothing and cost a call an object.
func (e *edge) staticAssets(distribution cloudfrontdistribution.CloudfrontDistribution) {
	source := newStatic(e.scope, "static", e.Target, e.Static, iampolicy.Conditions{
		"StringEquals": {"aws:SourceArn": {*distribution.Arn()}},
	})
	before := []cdktf.ITerraformDependable{source.Versioning}
	if e.Replica != nil {
		before = append(before, bucket.Replicate(e.scope, "static-replication", bucket.Replication{
			Target:     e.Target,
			RoleName:   e.Name + "-static-replication",
			Source:     source.Name,
			SourceName: e.Static.BucketName,
			After:      []cdktf.ITerraformDependable{source.Versioning},
			Replicas:   []bucket.Replica{{Region: e.Replica.Region, BucketName: e.Replica.BucketName}},
		})) // S3 copies only what comes after the rule
	}
	if page := e.maintenancePage(); page != nil {
		s3object.NewS3Object(e.scope, jsii.String("maintenance-page"), &s3object.S3ObjectConfig{
			Bucket:       jsii.String(source.Name),
			Key:          jsii.String(page.key),
			Content:      jsii.String(page.body),
			ContentType:  jsii.String(page.contentType),
			CacheControl: cacheControl(minute),
			DependsOn:    &before,
		})
	}
}

// NewStaticReplica declares the replica of the bucket of static assets, in the stack of the second region. That comes
// before the distribution, whose id it can't know: any distribution of the account may read, which is what somebody who
// may make distributions here could read anyway.
func NewStaticReplica(scope constructs.Construct, id string, there target.Target, static Static) {
	newStatic(scope, id, there, static, iampolicy.Conditions{
		"ArnLike": {"aws:SourceArn": {there.GlobalARN("cloudfront", "distribution/*")}},
	})
}

// newStatic declares a bucket of static assets that CloudFront reads on a condition. It may list the bucket so that S3
// answers 404, and not 403, for what is not there (Amazon S3 API Reference, GetObject). No behaviour sends it a request
// for / alone, which would be answered by the list.
func newStatic(
	scope constructs.Construct, id string, t target.Target, s Static, condition iampolicy.Conditions,
) bucket.Output {
	return bucket.New(scope, id, bucket.Config{
		Name:           s.BucketName,
		AccessLogs:     s.AccessLogs,
		Protected:      t.Protected,
		NoncurrentDays: staticNoncurrentDays,
		PolicyStatements: []iampolicy.Statement{
			{
				Sid: "DistributionReads", Effect: iampolicy.Allow,
				Principal: iampolicy.Service("cloudfront.amazonaws.com"),
				Action:    []string{"s3:GetObject"},
				Resource:  []string{t.BucketARN(s.BucketName) + "/*"},
				Condition: condition,
			},
			{
				Sid: "DistributionKnowsWhatIsMissing", Effect: iampolicy.Allow,
				Principal: iampolicy.Service("cloudfront.amazonaws.com"),
				Action:    []string{"s3:ListBucket"},
				Resource:  []string{t.BucketARN(s.BucketName)},
				Condition: condition,
			},
		},
	})
}
