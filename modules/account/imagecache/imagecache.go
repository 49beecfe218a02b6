// Package imagecache provides ECR's pull-through cache of an account in a region: a rule for each registry that
// images come from, and how the repositories are made that the first pull of an image asks for.
package imagecache

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawssecretsmanagersecret"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrpullthroughcacherule"
	creationtemplate "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ecrrepositorycreationtemplate"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// cachedDays is how long an image stays after ECR brought or renewed it. The next pull brings it again.
const cachedDays = 180

// New declares the cache of these registries under scope. A secret has to be there before: ECR reads it when the rule
// is made.
func New(scope constructs.Construct, id string, upstreams []environments.Upstream) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	for _, upstream := range upstreams {
		name := strings.TrimPrefix(upstream.Prefix, environments.ImageCachePrefix)
		template := repositories(this, name+"-repositories", upstream)
		rule := &ecrpullthroughcacherule.EcrPullThroughCacheRuleConfig{
			EcrRepositoryPrefix: jsii.String(upstream.Prefix),
			UpstreamRegistryUrl: jsii.String(upstream.URL),
			DependsOn:           &[]cdktf.ITerraformDependable{template},
		}
		if upstream.SecretName != "" {
			secret := dataawssecretsmanagersecret.NewDataAwsSecretsmanagerSecret(this, jsii.String(name+"-login"),
				&dataawssecretsmanagersecret.DataAwsSecretsmanagerSecretConfig{Name: jsii.String(upstream.SecretName)})
			rule.CredentialArn = secret.Arn()
		}
		ecrpullthroughcacherule.NewEcrPullThroughCacheRule(this, jsii.String(name), rule)
	}
}

// repositories declares how ECR makes the repositories of a registry. Tags move, because upstream moves them and ECR
// follows. A key of ours or a tag would take a role that ECR assumes, and a tag without one fails each first pull
// (aws/containers-roadmap#2398); the images are public.
func repositories(scope constructs.Construct, id string, upstream environments.Upstream) cdktf.ITerraformDependable {
	return creationtemplate.NewEcrRepositoryCreationTemplate(scope, jsii.String(id),
		&creationtemplate.EcrRepositoryCreationTemplateConfig{
			Prefix:             jsii.String(upstream.Prefix),
			Description:        jsii.String("Images of " + upstream.Registry + " that were pulled"),
			AppliedFor:         jsii.Strings("PULL_THROUGH_CACHE"),
			ImageTagMutability: jsii.String("MUTABLE"),
			EncryptionConfiguration: []creationtemplate.EcrRepositoryCreationTemplateEncryptionConfiguration{{
				EncryptionType: jsii.String("AES256"),
			}},
			LifecyclePolicy: jsii.String(target.JSON(map[string]any{"rules": []any{map[string]any{
				"rulePriority": 1, "description": "What was not renewed for long",
				"selection": map[string]any{
					"tagStatus":   "any",
					"countType":   "sinceImagePushed",
					"countUnit":   "days",
					"countNumber": cachedDays,
				},
				"action": map[string]any{"type": "expire"},
			}}})),
		})
}
