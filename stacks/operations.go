package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/dns"
)

// decidingHealthCheck is the health check that says whether the region serves; none for a standby, which is unhealthy by design.
func decidingHealthCheck(environment environments.Environment, origin dns.Origin) string {
	if environment.Standby() {
		return ""
	}
	return origin.HealthCheckID
}
