package edge

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"

	"github.com/titan-platform/titan/environments"
)

// How CloudFront connects to the buckets: two tries of two seconds, so that the replica is asked in four where a
// region can't be reached. An answer that is slow is waited for 30 seconds, which CloudFront has fixed for buckets.
const (
	staticConnectionAttempts = 2
	staticConnectionTimeout  = 2 // seconds
)

// origins are the load balancer of the region that serves, the buckets of static assets, and the other origins of the
// file.
func (e *edge) origins() []cloudfrontdistribution.CloudfrontDistributionOrigin {
	control := e.originAccessControl()
	var headers []cloudfrontdistribution.CloudfrontDistributionOriginCustomHeader
	for _, header := range e.Headers {
		headers = append(headers, cloudfrontdistribution.CloudfrontDistributionOriginCustomHeader{
			Name: jsii.String(header.Name), Value: jsii.String(header.Value),
		})
	}
	balancer := customOrigin(albOrigin, e.OriginName)
	balancer.CustomHeader = headers
	wait := e.Settings.Origin
	balancer.ConnectionAttempts = jsii.Number(wait.ConnectionAttempts)
	balancer.ConnectionTimeout = jsii.Number(wait.ConnectionTimeout)
	balancer.CustomOriginConfig.OriginReadTimeout = jsii.Number(wait.ReadTimeout)
	balancer.CustomOriginConfig.OriginKeepaliveTimeout = jsii.Number(wait.KeepaliveTimeout)

	origins := []cloudfrontdistribution.CloudfrontDistributionOrigin{balancer, e.Static.origin(staticOrigin, control)}
	if e.Replica != nil {
		origins = append(origins, e.Replica.origin(replicaOrigin, control))
	}
	named := map[string]bool{}
	for _, behavior := range e.Settings.Behaviors {
		if name := behavior.Origin; behavior.Target == environments.TargetOrigin && !named[name] {
			named[name] = true
			origins = append(origins, customOrigin(name, name))
		}
	}
	return origins
}

// customOrigin is an origin that is no bucket, called by HTTPS.
func customOrigin(id, name string) cloudfrontdistribution.CloudfrontDistributionOrigin {
	return cloudfrontdistribution.CloudfrontDistributionOrigin{
		OriginId:   jsii.String(id),
		DomainName: jsii.String(name),
		// Without it CloudFront takes the name for a bucket's.
		CustomOriginConfig: &cloudfrontdistribution.CloudfrontDistributionOriginCustomOriginConfig{
			HttpPort:             jsii.Number(80),
			HttpsPort:            jsii.Number(443),
			OriginProtocolPolicy: jsii.String("https-only"),
			OriginSslProtocols:   jsii.Strings("TLSv1.2"), // the most that CloudFront speaks to an origin
		},
	}
}

// origin is a bucket as an origin. Its name is written out, not referred to, because its policy needs the
// distribution: AWS does not ask which is there first.
func (s Static) origin(id, control string) cloudfrontdistribution.CloudfrontDistributionOrigin {
	return cloudfrontdistribution.CloudfrontDistributionOrigin{
		OriginId:              jsii.String(id),
		DomainName:            jsii.String(fmt.Sprintf("%s.s3.%s.amazonaws.com", s.BucketName, s.Region)),
		OriginAccessControlId: jsii.String(control),
		ConnectionAttempts:    jsii.Number(staticConnectionAttempts),
		ConnectionTimeout:     jsii.Number(staticConnectionTimeout),
	}
}
