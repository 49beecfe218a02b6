// Package edge provides what users meet first: a CloudFront distribution behind a web ACL, the bucket of static assets
// beside the load balancer as its origins, and its logs.
package edge

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/internal/viewerrequest"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/webacl"
)

// Config is what the edge needs from the rest of the system. Its stack is in us-east-1, where CloudFront looks for
// certificate and web ACL.
type Config struct {
	target.Target // protected, the bucket refuses to be destroyed with its objects

	Settings      environments.Edge // from the environment file
	PublicNames   []string          // api.titan.example.com first, then what else users call
	HostRedirects map[string]string // public names that requests are redirected from, with the name that each leads to
	OriginName    string            // origin.titan.example.com: the load balancer of the region that serves
	Headers       []Header          // what the distribution adds to requests for the load balancer

	CertificateARN string // issued, for all public names, in us-east-1
	ZoneARN        string // protected together with the distribution
	LogKeyARN      string // encrypts log groups

	AccessLogs bucket.Output // of us-east-1, which takes the distribution's where the file has them go to S3

	Static  Static  // the bucket of static assets
	Replica *Static // its replica, which the second region's stack makes; nil without one
}

// Header is a request header with its value.
type Header struct{ Name, Value string }

// Static is a bucket of static assets.
type Static struct {
	BucketName string
	Region     string
	AccessLogs string // the bucket that requests to it are logged in, in its region
}

// Output is what other modules may use.
type Output struct {
	DistributionID     string
	DistributionARN    string
	DistributionName   string // d111111abcdef8.cloudfront.net
	DistributionZoneID string
	WebACL             webacl.Output
	SigningKeyIDs      []string // in the file's order; a signer names one as Key-Pair-Id
	StaticBucketName   string   // what builds publish static assets to, under static/
}

// edge is an edge while it is built.
type edge struct {
	Config
	scope    constructs.Construct
	policies policies
	made     made // the policies of the file's behaviours

	viewerRequest viewerrequest.Function
	function      string // its ARN, empty without one
	keyGroup      string // the id of that of signing keys, empty without one
}

// New declares the edge under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	e := &edge{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id)), made: made{}}

	e.policies = e.newPolicies()
	e.viewerRequest = config.Settings.ViewerRequest(config.HostRedirects)
	e.function = e.newFunction()
	keyGroup, signingKeys := e.newKeyGroup()
	e.keyGroup = keyGroup
	acl := e.webACL()
	distribution := e.distribution(acl.ARN)
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
		WebACL:             acl,
		SigningKeyIDs:      signingKeys,
		StaticBucketName:   config.Static.BucketName,
	}
}
