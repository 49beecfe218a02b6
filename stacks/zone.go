package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/stacks/order"
)

// newZone declares the stack of the hosted zone. Certificates are validated in it, and nobody finds it before its parent domain points at it: the
// file says `delegated: false` until then, and the environment's other stacks wait.
func newZone(scope constructs.Construct, s order.Stack, environment environments.Environment) {
	stack, zone := newStack(scope, s, environment), environment.DNS.Zone
	servers := dns.NewZone(stack, "dns", zone, environment.Protected())
	output(stack, "name_servers", "make these the NS record of "+zone+" in its parent domain; once `dig NS "+zone+
		"` answers with them, take `delegated: false` out of the environment file and deploy the other stacks", servers)
}
