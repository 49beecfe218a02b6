package pages

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/dashboards"
	"github.com/titan-platform/titan/stacks/order"
)

// dashboardPictures are the dashboards of the first environment in production, by their file.
func (in Input) dashboardPictures(found map[string][]byte) error {
	for _, environment := range in.Environments {
		if !environment.IsProduction() || environment.Standby() {
			continue
		}
		for _, kind := range []order.Kind{order.Environment, order.Global, order.Platform} {
			text, err := in.Synthesized(order.Name(environment, kind))
			if err != nil {
				return fmt.Errorf("reading a synthesized stack: %w", err)
			}
			drawn, err := dashboards.OfStack(text)
			if err != nil {
				return err
			}
			for _, one := range drawn {
				name := strings.ToLower(one.By + "-" + strings.TrimPrefix(one.Title, environment.Project()+"-"))
				found["docs/dashboards/"+name+".svg"] = dashboards.Draw(one)
			}
		}
		return nil
	}
	return nil
}
