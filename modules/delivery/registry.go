package delivery

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrlifecyclepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrreplicationconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrrepository"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// RegistryConfig is what a registry needs from the rest of the system.
type RegistryConfig struct {
	Common
	ForceDelete bool // whether destroying a repository may take its images along

	SecondRegion         string                  // where the replicas are; empty is none
	SecondRegionProvider cdktf.TerraformProvider // nil without a second region
	SecondDataKeyARN     string                  // encrypts the replicas
	AccountOwner         bool                    // whether this environment owns what a registry has once: its replication
}

// NewRegistry declares the repositories of image and chart, and their replicas. The build cache is not here: its tag would have to move, which an
// immutable repository refuses, so it is CodeBuild's.
func NewRegistry(scope constructs.Construct, id string, config RegistryConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	images, charts := imageLifecycle(), chartLifecycle()
	made := []cdktf.ITerraformDependable{
		newRepository(this, "repo", repository{name: config.Delivery.Image, key: config.DataKeyARN, lifecycle: images, force: config.ForceDelete}),
		newRepository(this, "chart", repository{name: config.Delivery.Chart, key: config.DataKeyARN, lifecycle: charts, force: config.ForceDelete}),
	}
	if config.SecondRegion == "" {
		return
	}
	// ECR would make them itself at the first push, without key, lifecycle and immutability (ECR User Guide, 'Private image replication').
	made = append(made,
		newRepository(this, "second_repo", repository{config.SecondRegionProvider, config.Delivery.Image, config.SecondDataKeyARN, images, config.ForceDelete}),
		newRepository(this, "second_chart", repository{config.SecondRegionProvider, config.Delivery.Chart, config.SecondDataKeyARN, charts, config.ForceDelete}),
	)
	if config.AccountOwner {
		config.replicate(this, made)
	}
}

// repository is one repository.
type repository struct {
	provider  cdktf.TerraformProvider // nil is the stack's own
	name, key string
	lifecycle string
	force     bool // whether destroying it takes its images along
}

func newRepository(scope constructs.Construct, id string, r repository) cdktf.ITerraformDependable {
	made := ecrrepository.NewEcrRepository(scope, jsii.String(id), &ecrrepository.EcrRepositoryConfig{
		Provider:                   r.provider,
		Name:                       jsii.String(r.name),
		ForceDelete:                jsii.Bool(r.force),
		ImageTagMutability:         jsii.String("IMMUTABLE"),
		ImageScanningConfiguration: &ecrrepository.EcrRepositoryImageScanningConfiguration{ScanOnPush: jsii.Bool(true)},
		EncryptionConfiguration: &[]*ecrrepository.EcrRepositoryEncryptionConfiguration{{
			EncryptionType: jsii.String("KMS"), KmsKey: jsii.String(r.key),
		}},
	})
	ecrlifecyclepolicy.NewEcrLifecyclePolicy(scope, jsii.String(id+"-lifecycle"), &ecrlifecyclepolicy.EcrLifecyclePolicyConfig{
		Provider:   r.provider,
		Repository: made.Name(),
		Policy:     jsii.String(r.lifecycle),
	})
	return made
}

// replicate has the registry copy every push of this environment's images and charts to the second region. A registry has one configuration a
// region, so its account's owner alone may write it; it says nothing of other environments' repositories.
func (c RegistryConfig) replicate(scope constructs.Construct, repositories []cdktf.ITerraformDependable) {
	var filters []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
	for _, name := range []string{c.Delivery.Image, c.Delivery.Chart} {
		filters = append(filters, ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter{
			Filter: jsii.String(name), FilterType: jsii.String("PREFIX_MATCH"), // the only type there is
		})
	}
	ecrreplicationconfiguration.NewEcrReplicationConfiguration(scope, jsii.String("replication"), &ecrreplicationconfiguration.EcrReplicationConfigurationConfig{
		ReplicationConfiguration: &ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfiguration{
			Rule: []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRule{{
				Destination: []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleDestination{{
					Region: jsii.String(c.SecondRegion), RegistryId: jsii.String(c.Place.AccountID),
				}},
				RepositoryFilter: filters,
			}},
		},
		DependsOn: &repositories,
	})
}
