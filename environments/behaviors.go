package environments

import (
	"slices"

	"github.com/titan-platform/titan/internal/viewerrequest"
)

// EdgeOrigin is how long CloudFront waits for the load balancer. It agrees with load_balancer.idle_timeout.
type EdgeOrigin struct {
	// ReadTimeout is how long CloudFront waits for the first byte of an answer, and between two of its packets, in
	// seconds; then the client gets 504. Above 60 the account's quota 'Response timeout per origin' may have to be
	// raised first. Default: 60.
	ReadTimeout int `yaml:"read_timeout" jsonschema:"minimum=1,maximum=120"`
	// KeepaliveTimeout is how long CloudFront keeps an idle connection, in seconds, less than the load balancer does.
	// Above 60 the account's quota may have to be raised first. Default: 5.
	KeepaliveTimeout int `yaml:"keepalive_timeout" jsonschema:"minimum=1,maximum=120"`
	// ConnectionTimeout is how long CloudFront waits for a connection, in seconds. Default: 10.
	ConnectionTimeout int `yaml:"connection_timeout" jsonschema:"minimum=1,maximum=10"`
	// ConnectionAttempts is how often CloudFront tries to connect before the client gets 502 or 504. Default: 3.
	ConnectionAttempts int `yaml:"connection_attempts" jsonschema:"minimum=1,maximum=3"`
}

// MaintenancePage is one body for every 502 and 504 of the distribution: the application's own, the static assets'
// and other origins'.
type MaintenancePage struct {
	// Format is what the page is written in; CloudFront can't choose by Accept. Default: none, errors reach clients
	// as they are.
	Format PageFormat `yaml:"format"`
	// Body is the page. Default: a short one in Format.
	Body string `yaml:"body" jsonschema:"minLength=1,maxLength=65536"`
}

// Behavior is what CloudFront does with the paths of a pattern.
type Behavior struct {
	// Path is the pattern: * stands for any characters, ? for one, `/*` is everything. Required.
	Path string `yaml:"path" jsonschema:"required,maxLength=255"`
	// Target is where its requests go: the application, static assets, or another origin. Required.
	Target BehaviorTarget `yaml:"target" jsonschema:"required"`
	// Origin is the domain name of another origin, called by HTTPS under that name. Required where Target is origin.
	Origin string `yaml:"origin" jsonschema:"format=hostname"`
	// Fallback is the page of a single-page application, for every path whose last segment has no dot. Static assets
	// only. Default: none.
	Fallback string `yaml:"fallback"`
	// ViewerProtocolPolicy is what a request by plain HTTP gets. Default: redirect-to-https for static assets, else
	// the edge's.
	ViewerProtocolPolicy ViewerProtocolPolicy `yaml:"viewer_protocol_policy"`
	// Cache is what is kept, and by what it is told apart. Default: of static assets a day, of the rest what the
	// origin says by Cache-Control, from the application a minute at most.
	Cache BehaviorCache `yaml:"cache"`
	// CORS lets browsers read answers from pages of other origins. Default: what the origin says.
	CORS CORS `yaml:"cors"`
	// ContentSecurityPolicy is the header of that name, in place of the origin's. Default: what the origin says.
	ContentSecurityPolicy string `yaml:"content_security_policy" jsonschema:"minLength=1,maxLength=1783"`
	// Signed is whether only URLs and cookies are answered that one of the edge's signing_keys has signed. Default:
	// false.
	Signed bool `yaml:"signed"`
}

// BehaviorCache is how long answers are kept. What does not tell answers apart does not reach the origin.
type BehaviorCache struct {
	// Seconds is how long an answer is kept that says nothing of it. Required for the others.
	Seconds int `yaml:"seconds" jsonschema:"minimum=1,maximum=31536000"`
	// MaxSeconds is the most, whatever an answer says. Default: Seconds.
	MaxSeconds int `yaml:"max_seconds" jsonschema:"minimum=1,maximum=31536000"`
	// QueryStrings are the parameters that tell answers apart; ["*"] is all. Default: none.
	QueryStrings []string `yaml:"query_strings" jsonschema:"uniqueItems=true,maxItems=10"`
	// Headers are the request's headers that tell answers apart. Default: none; the application's Host does in any
	// case.
	Headers []string `yaml:"headers" jsonschema:"uniqueItems=true,maxItems=9"`
	// Cookies are the cookies that tell answers apart; ["*"] is all. Default: none.
	Cookies []string `yaml:"cookies" jsonschema:"uniqueItems=true,maxItems=10"`
}

// CORS is what pages of other origins may do, in place of what the origin of the behaviour says.
type CORS struct {
	// Origins are the pages' origins, as https://app.example.com, or ["*"]. Required for the others.
	Origins []string `yaml:"origins" jsonschema:"uniqueItems=true,maxItems=100"`
	// Methods are what they may call by. Default: GET, HEAD.
	Methods []Method `yaml:"methods" jsonschema:"uniqueItems=true"`
	// Headers are what they may send. Default: Authorization, Content-Type.
	Headers []string `yaml:"headers" jsonschema:"uniqueItems=true"`
	// ExposeHeaders are what they may read of an answer, beside what is always readable. Default: none.
	ExposeHeaders []string `yaml:"expose_headers" jsonschema:"uniqueItems=true"`
	// Credentials is whether they may call with cookies and logins. Default: false.
	Credentials bool `yaml:"credentials"`
	// MaxAgeSeconds is how long a browser keeps the answer to its question. Default: 600.
	MaxAgeSeconds int `yaml:"max_age_seconds" jsonschema:"minimum=0,maximum=86400"`
}

// Redirect sends a path elsewhere; the query string goes along.
type Redirect struct {
	// From is a path as browsers send it, or all that begin like it where it ends in /*. Required.
	From string `yaml:"from" jsonschema:"required"`
	// To is a path, or an https URL. A * at its end stands for what From's stands for. Required.
	To string `yaml:"to" jsonschema:"required"`
	// Status is 301 or 308 for good, 302 or 307 for now; 307 and 308 keep method and body. Default: 302.
	Status RedirectStatus `yaml:"status"`
}

// StaticPath is what static assets have for themselves unless a behaviour has the very path.
const StaticPath = "/static/*"

// BehaviorsInOrder are the distribution's behaviours beside the default one, first match first: the file's, and
// static assets before the first of them that would take their paths, unless the file has their very path.
func (e Edge) BehaviorsInOrder() []Behavior {
	taken := slices.IndexFunc(e.Behaviors, func(b Behavior) bool { return viewerrequest.Covers(b.Path, StaticPath) })
	if taken >= 0 && e.Behaviors[taken].Path == StaticPath {
		return e.Behaviors
	}
	if taken < 0 {
		taken = len(e.Behaviors)
	}
	static := Behavior{Path: StaticPath, Target: TargetStatic, ViewerProtocolPolicy: RedirectToHTTPS}
	return slices.Insert(slices.Clone(e.Behaviors), taken, static)
}

// ViewerRequest is the function that redirects hosts and paths, and falls back to pages.
func (e Edge) ViewerRequest(hosts map[string]string) viewerrequest.Function {
	function := viewerrequest.Function{Hosts: hosts}
	for _, redirect := range e.Redirects {
		function.Redirects = append(function.Redirects, redirect.written())
	}
	for _, behavior := range e.BehaviorsInOrder() {
		function.Pages = append(function.Pages, viewerrequest.Page{Pattern: behavior.Path, Fallback: behavior.Fallback})
	}
	return function
}

func (r Redirect) written() viewerrequest.Redirect {
	return viewerrequest.Redirect{From: r.From, To: r.To, Status: int(r.Status)}
}

// IsSet is whether the file says how long answers are kept.
func (c BehaviorCache) IsSet() bool { return c.Seconds > 0 }

// IsSet is whether the file says what pages of other origins may do.
func (c CORS) IsSet() bool { return len(c.Origins) > 0 }
