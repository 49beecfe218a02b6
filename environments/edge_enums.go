package environments

// ViewerProtocolPolicy is what a request by plain HTTP gets.
type ViewerProtocolPolicy string

// The answers to plain HTTP, in CloudFront's words.
const (
	HTTPSOnly       ViewerProtocolPolicy = "https-only"        // a refusal, 403
	RedirectToHTTPS ViewerProtocolPolicy = "redirect-to-https" // a redirect, 301
)

func (ViewerProtocolPolicy) values() []string { return words(HTTPSOnly, RedirectToHTTPS) }

// PageFormat is what a maintenance page is written in.
type PageFormat string

// The formats of a maintenance page.
const (
	PageNone PageFormat = "none" // there is none
	PageHTML PageFormat = "html"
	PageJSON PageFormat = "json" // a problem of RFC 9457, by default
)

func (PageFormat) values() []string { return words(PageNone, PageHTML, PageJSON) }

// BehaviorTarget is where the requests of a behaviour go.
type BehaviorTarget string

// The targets of behaviours.
const (
	TargetApplication BehaviorTarget = "application" // the load balancer
	TargetStatic      BehaviorTarget = "static"      // the bucket of static assets
	TargetOrigin      BehaviorTarget = "origin"      // another domain name
)

func (BehaviorTarget) values() []string { return words(TargetApplication, TargetStatic, TargetOrigin) }

// Method is an HTTP method that a browser may use from another origin.
type Method string

// The methods of CORS.
const (
	MethodGet     Method = "GET"
	MethodHead    Method = "HEAD"
	MethodOptions Method = "OPTIONS"
	MethodPost    Method = "POST"
	MethodPut     Method = "PUT"
	MethodPatch   Method = "PATCH"
	MethodDelete  Method = "DELETE"
)

func (Method) values() []string {
	return words(MethodGet, MethodHead, MethodOptions, MethodPost, MethodPut, MethodPatch, MethodDelete)
}

// RedirectStatus is how a redirect says whether it is for good, and whether method and body stay.
type RedirectStatus int

func (RedirectStatus) values() []string { return []string{"301", "302", "307", "308"} }
