package edge

import "github.com/titan-platform/titan/modules/webacl"

// webACL declares the web ACL in front of the distribution.
func (e *edge) webACL() webacl.Output {
	return webacl.New(e.scope, "web-acl", webacl.Config{
		Target:       e.Target,
		Scope:        webacl.CloudFront,
		Description:  "In front of the distribution of " + e.Name,
		Rules:        e.Settings.WebACL(),
		InspectedKiB: int(e.Settings.WAF.InspectedKiB),
		LogKeyARN:    e.LogKeyARN,
	})
}
