// Package delivery provides the way from a commit to the cluster: the registry, the pipeline that tests, builds, scans,
// asks and deploys, and the parameter that says which image runs.
//
//	commit ─ connection ─ pipeline ┬ build: image (or promote: the image that runs in the environment before)
//	                               ├ publish: chart
//	                               ├ approval, in production
//	                               ├ deploy: parameter, helm upgrade
//	                               └ deploy in the second region
package delivery

import (
	"fmt"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Common is what every part of a delivery needs.
type Common struct {
	target.Target
	Delivery role.Delivery // names of the environment's repositories, parameter and artifacts

	LogKeyARN  string // encrypts the logs
	DataKeyARN string // encrypts images, charts, artifacts and what CodeBuild keeps of a build
}

// RegistryHost is the host name of an account's registry in a region.
func RegistryHost(accountID, region string) string {
	return fmt.Sprintf("%s.dkr.ecr.%s.amazonaws.com", accountID, region)
}

func (c Common) registry() string { return RegistryHost(c.AccountID, c.Region) }

// ImageURL is where clients find the images.
func (c Common) ImageURL() string { return c.registry() + "/" + c.Delivery.Image }

// ChartURL is the chart's, as Helm takes it.
func (c Common) ChartURL() string { return "oci://" + c.registry() + "/" + c.Delivery.Chart }
