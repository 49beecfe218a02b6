package delivery

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrlifecyclepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrreplicationconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrrepository"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// RegistryConfig is what a registry in one region needs from the rest of the system.
type RegistryConfig struct {
	target.Target        // protected, a repository refuses to be destroyed with its images
	Image, Chart  string // names of the repositories
	KeyARN        string // encrypts them

	// ReplicateTo is the region that the registry copies every push to. A registry has one configuration a region, so that its account's owner
	// alone may write it; it says nothing of other environments' repositories. Empty is none.
	ReplicateTo string
}

// NewRegistry declares the repositories of image and chart: at home, and in the second region where their replicas go, because ECR would make
// those itself at the first push, without key, lifecycle and immutability (ECR User Guide, 'Private image replication'). The build cache is not
// here: its tag would have to move, which an immutable repository refuses, so it is CodeBuild's.
func NewRegistry(scope constructs.Construct, id string, config RegistryConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	repositories := []cdktf.ITerraformDependable{
		newRepository(this, "repo", repository{name: config.Image, key: config.KeyARN, lifecycle: imageLifecycle(), protected: config.Protected}),
		newRepository(this, "chart", repository{name: config.Chart, key: config.KeyARN, lifecycle: chartLifecycle(), protected: config.Protected}),
	}
	if config.ReplicateTo != "" {
		config.replicate(this, repositories)
	}
}

// repository is one repository.
type repository struct {
	name, key string
	lifecycle string
	protected bool // else destroying it takes its images along
}

func newRepository(scope constructs.Construct, id string, r repository) cdktf.ITerraformDependable {
	made := ecrrepository.NewEcrRepository(scope, jsii.String(id), &ecrrepository.EcrRepositoryConfig{
		Name:                       jsii.String(r.name),
		ForceDelete:                jsii.Bool(!r.protected),
		ImageTagMutability:         jsii.String("IMMUTABLE"),
		ImageScanningConfiguration: &ecrrepository.EcrRepositoryImageScanningConfiguration{ScanOnPush: jsii.Bool(true)},
		EncryptionConfiguration: &[]*ecrrepository.EcrRepositoryEncryptionConfiguration{{
			EncryptionType: jsii.String("KMS"), KmsKey: jsii.String(r.key),
		}},
		Lifecycle: stateful.Lifecycle(r.protected),
	})
	ecrlifecyclepolicy.NewEcrLifecyclePolicy(scope, jsii.String(id+"-lifecycle"), &ecrlifecyclepolicy.EcrLifecyclePolicyConfig{
		Repository: made.Name(),
		Policy:     jsii.String(r.lifecycle),
	})
	return made
}

// replicate has the registry copy every push of this environment's images and charts to another region.
func (c RegistryConfig) replicate(scope constructs.Construct, repositories []cdktf.ITerraformDependable) {
	var filters []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter
	for _, name := range []string{c.Image, c.Chart} {
		filters = append(filters, ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleRepositoryFilter{
			Filter: jsii.String(name), FilterType: jsii.String("PREFIX_MATCH"), // the only type there is
		})
	}
	ecrreplicationconfiguration.NewEcrReplicationConfiguration(scope, jsii.String("replication"), &ecrreplicationconfiguration.EcrReplicationConfigurationConfig{
		ReplicationConfiguration: &ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfiguration{
			Rule: []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRule{{
				Destination: []ecrreplicationconfiguration.EcrReplicationConfigurationReplicationConfigurationRuleDestination{{
					Region: jsii.String(c.ReplicateTo), RegistryId: jsii.String(c.AccountID),
				}},
				RepositoryFilter: filters,
			}},
		},
		DependsOn: &repositories,
	})
}
