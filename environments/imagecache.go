package environments

// ImageCache has the images of the platform's charts come by way of the account's own registry, in each of its
// regions (ECR User Guide, 'Sync an upstream registry with an Amazon ECR private registry'): the upstream may limit
// or refuse what all nodes ask for from one NAT address.
type ImageCache struct {
	// Enabled has public.ecr.aws, registry.k8s.io and quay.io cached, which ask for no login. Default: false.
	Enabled bool `yaml:"enabled"`
	// DockerHubSecret is the name of a secret in each region with username and accessToken of Docker Hub, encrypted
	// by Secrets Manager's own key; ECR takes names below ecr-pullthroughcache/. Default: none, and Docker Hub's
	// images come from there.
	DockerHubSecret string `yaml:"docker_hub_secret" jsonschema:"maxLength=256,pattern=^ecr-pullthroughcache/[A-Za-z0-9/_+=.@-]+$"`
	// GitHubSecret is the same for GitHub's ghcr.io. Default: none, and its images come from there.
	GitHubSecret string `yaml:"github_secret" jsonschema:"maxLength=256,pattern=^ecr-pullthroughcache/[A-Za-z0-9/_+=.@-]+$"`
}

// Registries that images of charts come from.
const (
	ECRPublic  = "public.ecr.aws"
	Kubernetes = "registry.k8s.io"
	Quay       = "quay.io"
	DockerHub  = "docker.io"
	GitHub     = "ghcr.io"
)

// Upstream is a registry that is cached.
type Upstream struct {
	Registry   string // as images have it
	URL        string // as ECR asks for it
	Prefix     string // of the repositories that hold what was pulled: cache/quay
	SecretName string // empty where it asks for no login
}

// ImageCachePrefix begins the names of all repositories of the cache.
const ImageCachePrefix = "cache/"

// Upstreams are the registries that are cached, in a fixed order.
func (c ImageCache) Upstreams() []Upstream {
	if !c.Enabled {
		return nil
	}
	upstreams := []Upstream{
		{ECRPublic, "public.ecr.aws", ImageCachePrefix + "ecr-public", ""},
		{Kubernetes, "registry.k8s.io", ImageCachePrefix + "kubernetes", ""},
		{Quay, "quay.io", ImageCachePrefix + "quay", ""},
	}
	if c.DockerHubSecret != "" {
		hub := Upstream{DockerHub, "registry-1.docker.io", ImageCachePrefix + "docker-hub", c.DockerHubSecret}
		upstreams = append(upstreams, hub)
	}
	if c.GitHubSecret != "" {
		upstreams = append(upstreams, Upstream{GitHub, "ghcr.io", ImageCachePrefix + "github", c.GitHubSecret})
	}
	return upstreams
}

// validate refuses logins of a cache that is off.
func (c ImageCache) validate(say report, known known) {
	if c.Enabled || !known("image_cache.enabled") {
		return
	}
	for _, one := range []struct{ key, secret string }{
		{"docker_hub_secret", c.DockerHubSecret}, {"github_secret", c.GitHubSecret},
	} {
		if one.secret != "" {
			say("image_cache."+one.key, "is %q, and the cache is off: nothing would log in with it; set enabled to true, "+
				"or remove the line", one.secret)
		}
	}
}
