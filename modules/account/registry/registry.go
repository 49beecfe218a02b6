// Package registry provides what the private image registry of an account does in a region: it copies pushes to other
// regions. A registry has one such configuration, so it is computed from all environments; destroying an environment
// leaves what others replicate.
package registry

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ecr "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrreplicationconfiguration"

	"github.com/titan-platform/titan/internal/target"
)

// Config is what the registry needs from the rest of the system.
type Config struct {
	target.Target
	Rules []Rule // of all environments of the account whose images are pushed in this region; none replicates nothing
}

// New declares the registry's settings under scope. It panics at rules that ECR would refuse: those of more than ten
// second regions. The repositories there come first, from the stacks of the second regions: else ECR makes them at the
// first push, without key, lifecycle and immutability (ECR User Guide, 'Private image replication').
func New(scope constructs.Construct, id string, config Config) {
	rules, err := Merge(config.Rules)
	if err != nil {
		panic(fmt.Sprintf("registry of %s in %s: %v", config.AccountID, config.Region, err))
	}
	this := constructs.NewConstruct(scope, jsii.String(id))
	if len(rules) == 0 {
		return
	}
	var declared []ecr.EcrReplicationConfigurationReplicationConfigurationRule
	for _, rule := range rules {
		declared = append(declared, ecr.EcrReplicationConfigurationReplicationConfigurationRule{
			Destination: []ecr.EcrReplicationConfigurationReplicationConfigurationRuleDestination{{
				Region: jsii.String(rule.Region), RegistryId: jsii.String(config.AccountID),
			}},
			RepositoryFilter: filters(rule.Prefixes),
		})
	}
	ecr.NewEcrReplicationConfiguration(this, jsii.String("replication"), &ecr.EcrReplicationConfigurationConfig{
		ReplicationConfiguration: &ecr.EcrReplicationConfigurationReplicationConfiguration{Rule: declared},
	})
}

func filters(prefixes []string) []ecr.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter {
	var filters []ecr.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
	for _, prefix := range prefixes {
		filters = append(filters, ecr.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter{
			Filter: jsii.String(prefix), FilterType: jsii.String("PREFIX_MATCH"), // the only type there is
		})
	}
	return filters
}
