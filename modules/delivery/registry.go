package delivery

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	lifecyclepolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrlifecyclepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrrepository"

	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// RegistryConfig is what a registry in one region needs from the rest of the system.
type RegistryConfig struct {
	target.Target        // protected, a repository refuses to be destroyed with its images
	Image, Chart  string // names of the repositories
	KeyARN        string // encrypts them
}

// NewRegistry declares the repositories of image and chart: at home, and in the second region where their replicas go,
// because ECR would make those itself at the first push, without key, lifecycle and immutability (ECR User Guide,
// 'Private image replication'). The build cache, whose tag has to move, is CodeBuild's.
func NewRegistry(scope constructs.Construct, id string, config RegistryConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	newRepository(this, "repo", repository{
		name:      config.Image,
		key:       config.KeyARN,
		lifecycle: imageLifecycle(),
		protected: config.Protected,
	})
	newRepository(this, "chart", repository{
		name:      config.Chart,
		key:       config.KeyARN,
		lifecycle: chartLifecycle(),
		protected: config.Protected,
	})
}

// repository is one repository.
type repository struct {
	name, key string
	lifecycle string
	protected bool // else destroying it takes its images along
}

func newRepository(scope constructs.Construct, id string, r repository) {
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
	lifecyclepolicy.NewEcrLifecyclePolicy(scope, jsii.String(id+"-lifecycle"), &lifecyclepolicy.EcrLifecyclePolicyConfig{
		Repository: made.Name(),
		Policy:     jsii.String(r.lifecycle),
	})
}
