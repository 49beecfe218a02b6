package awsops_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	codebuildtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/delivery"
	"github.com/titan-platform/titan/internal/emulator"
)

func testDelivery(t *testing.T, _ *emulator.Emulator, account *awsops.Account) {
	const repository, project = "titan-prod/birthday-app", "titan-prod-dr-deploy"
	const parameter = "/titan-prod-dr/birthday-app/image"
	d, registry := delivery.Of(account, soon), ecr.NewFromConfig(account.In(away))
	ok[*ecr.CreateRepositoryOutput](t)(registry.CreateRepository(t.Context(),
		&ecr.CreateRepositoryInput{RepositoryName: aws.String(repository)}))
	image := ok[*ecr.PutImageOutput](t)(registry.PutImage(t.Context(), &ecr.PutImageInput{
		RepositoryName: aws.String(repository), ImageManifest: aws.String(`{}`), ImageTag: aws.String("release-1"),
	}))
	digest := *image.Image.ImageId.ImageDigest
	ok[*ssm.PutParameterOutput](t)(ssm.NewFromConfig(account.In(away)).PutParameter(t.Context(), &ssm.PutParameterInput{
		Name: aws.String(parameter), Type: ssmtypes.ParameterTypeString,
		Value: aws.String("registry/" + repository + "@" + digest),
	}))
	ok[*codebuild.CreateProjectOutput](t)(codebuild.NewFromConfig(account.In(away)).CreateProject(t.Context(),
		&codebuild.CreateProjectInput{
			Name: aws.String(project), ServiceRole: aws.String("arn:aws:iam::" + id + ":role/r"),
			Source:    &codebuildtypes.ProjectSource{Type: codebuildtypes.SourceTypeNoSource},
			Artifacts: &codebuildtypes.ProjectArtifacts{Type: codebuildtypes.ArtifactsTypeNoArtifacts},
			Environment: &codebuildtypes.ProjectEnvironment{
				Type: codebuildtypes.EnvironmentTypeLinuxContainer, Image: aws.String("i"),
				ComputeType: codebuildtypes.ComputeTypeBuildGeneral1Small,
			},
		}))
	running, err := d.Running(t.Context(), away, parameter)
	if err != nil || running != digest {
		t.Errorf("%q runs, want %q: %v", running, digest, err)
	}
	newest, err := d.NewestRelease(t.Context(), away, repository)
	if err != nil || newest != digest {
		t.Errorf("the newest is %q, want %q: %v", newest, digest, err)
	}
	for wanted, want := range map[string]bool{digest: true, "sha256:" + strings.Repeat("0", 64): false} {
		if has, err := d.Has(t.Context(), away, repository, wanted); err != nil || has != want {
			t.Errorf("%s: %v, %v", wanted, has, err)
		}
	}
	if err := d.Deploy(t.Context(), away, project, digest); err != nil {
		t.Error(err)
	}
	if err := d.Deploy(t.Context(), home, project, digest); err == nil {
		t.Error("a project that is not there deployed")
	}
}
