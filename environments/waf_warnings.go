package environments

import (
	"fmt"

	"github.com/titan-platform/titan/internal/quotas"
)

// wafModeWarning reminds production that counting is a beginning.
func (e Environment) wafModeWarning() string {
	if !e.IsProduction() || !e.Edge.Enabled && e.HasEdge() || e.Edge.WAF.Mode != WAFCount {
		return ""
	}
	return "is count: the web ACL refuses nobody but the deny list, and its logs say whom it would; set block when " +
		"they are understood (docs/waf.md)"
}

// wafCapacityWarning says what a large web ACL costs.
func (e Environment) wafCapacityWarning() string {
	capacity := e.webACLCapacity()
	over := capacity - quotas.IncludedCapacity
	if over <= 0 {
		return ""
	}
	const step, price = 500, 0.20
	steps := (over + step - 1) / step
	return fmt.Sprintf("takes %d web ACL capacity units, and the price includes %d: every million requests costs "+
		"%.2f USD more (docs/waf.md)",
		capacity, quotas.IncludedCapacity, float64(steps)*price)
}
