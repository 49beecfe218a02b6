package emulator

import (
	"net/http"
	"strings"
)

const northVirginia = "us-east-1"

// controlPlanes are the services with one endpoint in the partition, by the names in signatures, and the region of
// that endpoint. A client of the emulator signs such calls for its own region: an SDK takes the other one with AWS's
// endpoint alone. The source is botocore's endpoints.json, which a test compares.
var controlPlanes = map[string]string{
	"account":                northVirginia,
	"billingconductor":       northVirginia,
	"budgets":                northVirginia,
	"ce":                     northVirginia, // Cost Explorer
	"chime":                  northVirginia,
	"cloudfront":             northVirginia,
	"cur":                    northVirginia, // cost and usage reports
	"health":                 northVirginia, // a passive one is in us-east-2
	"iam":                    northVirginia,
	"importexport":           northVirginia,
	"networkmanager":         "us-west-2",
	"notifications-contacts": northVirginia,
	"organizations":          northVirginia,
	"route53":                northVirginia,
	"route53domains":         northVirginia,
	"savingsplans":           northVirginia,
	"shield":                 northVirginia,
	"support":                northVirginia,
	"tax":                    northVirginia,
	"waf":                    northVirginia, // WAF Classic; WAFv2 of scope CLOUDFRONT has to be signed for us-east-1
}

// endpoint is the region of the endpoint at which AWS would take a call. It is the signature's, but for a single
// control plane. STS is regional: the SDK for Go uses its global endpoint only if UseGlobalEndpoint is set. An
// unsigned call has no region.
func (r *Request) endpoint() string {
	if region, ok := controlPlanes[r.Service]; ok && r.Region != "" {
		return region
	}
	return r.Region
}

// dependencies are the regions that a call needs beside its endpoint's. S3 takes a change of a bucket's configuration
// in the bucket's region and needs us-east-1 for it (AWS Fault Isolation Boundaries, 'Global single-Region
// operations').
func (r *Request) dependencies() []string {
	path, _, _ := strings.Cut(strings.Trim(r.Path, "/"), "?")
	isBucket := r.Service == "s3" && path != "" && !strings.Contains(path, "/")
	if isBucket && (r.Method == http.MethodPut || r.Method == http.MethodDelete) {
		return []string{northVirginia}
	}
	return nil
}
