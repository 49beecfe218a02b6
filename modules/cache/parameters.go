package cache

import (
	"github.com/aws/jsii-runtime-go"
	parametergroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticacheparametergroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// parameters are what differs from ElastiCache's own.
var parameters = []struct{ name, value string }{
	// Everything here can be made anew, so when memory is full the least used goes, not only what has an expiry:
	// else writes would fail.
	{"maxmemory-policy", "allkeys-lru"},
	{"slowlog-log-slower-than", "10000"}, // microseconds
}

// parameterGroup declares the group and returns its name, which holds the family: another family is another group, and
// stands before the cache lets go of the old one.
func (c *cache) parameterGroup() *string {
	var list []parametergroup.ElasticacheParameterGroupParameter
	for _, p := range parameters {
		list = append(list, parametergroup.ElasticacheParameterGroupParameter{
			Name:  jsii.String(p.name),
			Value: jsii.String(p.value),
		})
	}
	return parametergroup.NewElasticacheParameterGroup(c.scope, jsii.String("parameters"),
		&parametergroup.ElasticacheParameterGroupConfig{
			Name:        jsii.String(c.CacheName + "-" + family),
			Family:      jsii.String(family),
			Description: jsii.String("Evicts what is least used"),
			Parameter:   list,
			Lifecycle:   &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)},
		}).Name()
}
