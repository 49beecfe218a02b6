package environments

import (
	"fmt"
	"slices"
	"strings"
)

// request is a setting that asks for services in the environment's own region.
type request struct {
	path, value string
	services    []Service
	remedy      string // beside another region
}

// requests are the settings that not every region can fulfil.
func (e Environment) requests() []request {
	pipeline := []Service{CodeBuild, CodeConnections, CodePipeline}
	var list []request
	if e.Cluster.Deployer == DeployerCodeBuild {
		list = append(list, request{"cluster.deployer", string(e.Cluster.Deployer), pipeline,
			"set it to public-cidrs and list your addresses in public_cidrs"})
	}
	switch {
	case e.Delivery.Repository == "":
	case e.DR.Role == DRSecondary: // its primary's pipeline delivers here
		list = append(list, request{"delivery.repository", e.Delivery.Repository, []Service{CodeBuild},
			"take the line out here and in " + e.DR.Primary})
	default:
		list = append(list, request{"delivery.repository", e.Delivery.Repository, pipeline,
			"take the line out and deliver by other means"})
	}
	return list
}

// validateRegion refuses what the environment's region has no service for.
func (e Environment) validateRegion(say report, known known) {
	if !known("region", "dr", "cluster.deployer", "delivery.repository") {
		return
	}
	for _, asked := range e.requests() {
		missing := slices.DeleteFunc(e.Region.Lacks(), func(lacked Service) bool {
			return !slices.Contains(asked.services, lacked)
		})
		if len(missing) > 0 {
			say(asked.path, "is %q, and %s has no %s; %s, or choose another region (docs/regions.md)",
				asked.value, e.Region, strings.Join(words(missing...), ", "), asked.remedy)
		}
	}
}

// warning is what to know of a region before anything is made there; empty where there is nothing.
func (r Region) warning() string {
	var texts []string
	if r.OptIn() {
		texts = append(texts, fmt.Sprintf("is %s, which is off until the account enables it: "+
			"`aws account enable-region --region-name %[1]s`, which takes minutes, sometimes hours", r))
	}
	if damaged := regions[r].damaged; damaged != "" {
		texts = append(texts, fmt.Sprintf("is %s, which %s: ask AWS before anything is built there", r, damaged))
	}
	return strings.Join(texts, "; ")
}
