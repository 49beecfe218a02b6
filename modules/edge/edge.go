// Package edge provides what users meet first: a CloudFront distribution behind a web ACL, the bucket of static assets beside the load balancer
// as its origins, and its logs.
package edge

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// Config is what the edge needs from the rest of the system.
type Config struct {
	Name           string                  // begins the names of its parts: titan-prod
	Partition      string                  // aws
	GlobalProvider cdktf.TerraformProvider // AWS in us-east-1; nil where the stack's own is there

	Settings   environments.Edge // from the environment file
	PublicName string            // api.titan.example.com
	OriginName string            // origin.titan.example.com: the load balancer of the region that serves
	Header     Header            // tells the load balancer that a request came this way

	CertificateARN string // issued, for the public name, in us-east-1
	ZoneARN        string // protected together with the distribution

	LogDays   int    // how long logs are kept, in days
	LogKeyARN string // encrypts log groups in us-east-1

	Static    Static  // the bucket of static assets
	Replica   *Static // its replica in the second region; nil without one
	Protected bool    // whether the bucket refuses to be destroyed with its objects
}

// Header is a request header with its value.
type Header struct{ Name, Value string }

// Static is a bucket of static assets.
type Static struct {
	BucketName string
	Region     string
	AccessLogs string                  // the bucket that requests to it are logged in
	Provider   cdktf.TerraformProvider // nil is the stack's own
}

// Output is what other modules may use.
type Output struct {
	DistributionID     string
	DistributionARN    string
	DistributionName   string // d111111abcdef8.cloudfront.net
	DistributionZoneID string
	WebACLARN          string
	WebACLName         string // as CloudWatch has it
	StaticBucketName   string // what builds publish static assets to, under static/
}

// edge is an edge while it is built.
type edge struct {
	Config
	scope    constructs.Construct
	policies policies
}

// New declares the edge under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	e := &edge{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}

	e.policies = e.newPolicies()
	acl := e.webACL()
	e.logWebACL(acl)
	distribution := e.distribution(acl)
	e.logDistribution(distribution)
	e.staticAssets(distribution)
	if config.Settings.ShieldAdvanced {
		e.shield(distribution)
	}

	return Output{
		DistributionID:     *distribution.Id(),
		DistributionARN:    *distribution.Arn(),
		DistributionName:   *distribution.DomainName(),
		DistributionZoneID: *distribution.HostedZoneId(),
		WebACLARN:          *acl.Arn(),
		WebACLName:         *acl.Name(),
		StaticBucketName:   config.Static.BucketName,
	}
}
