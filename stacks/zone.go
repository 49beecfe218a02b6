package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/dns"
)

// newZone declares the stack of the hosted zone. Certificates are validated in it, and nobody finds it before its
// parent domain points at it: the file says `delegated: false` until then, and the environment's other stacks wait.
func newZone(stack cdktf.TerraformStack, environment environments.Environment) {
	zone := environment.DNS.Zone
	made := dns.NewZone(stack, "dns", dns.ZoneConfig{Target: globalTarget(environment), Settings: environment.DNS})
	output(stack, "name_servers", "make these the NS record of "+zone+" in its parent domain; once `dig NS "+zone+
		"` answers with them, take `delegated: false` out of the environment file and deploy the other stacks",
		made.NameServers)
	if made.DSRecord != "" {
		output(stack, "ds_record",
			"make this the DS record of "+zone+" in its parent domain, as docs/runbooks/dnssec.md says", made.DSRecord)
	}
}
