package delivery

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	buildtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	pipelinetypes "github.com/aws/aws-sdk-go-v2/service/codepipeline/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

const region = environments.Region("eu-central-1")

type fakeAWS struct {
	parameter string
	images    []types.ImageDetail
	ends      buildtypes.StatusType
	runEnds   pipelinetypes.PipelineExecutionStatus
	asked     int
	variables map[string]string
}

func (f *fakeAWS) GetParameter(
	context.Context, *ssm.GetParameterInput, ...func(*ssm.Options),
) (*ssm.GetParameterOutput, error) {
	return &ssm.GetParameterOutput{Parameter: &ssmtypes.Parameter{Value: &f.parameter}}, nil
}

func (f *fakeAWS) DescribeImages(
	_ context.Context, in *ecr.DescribeImagesInput, _ ...func(*ecr.Options),
) (*ecr.DescribeImagesOutput, error) {
	if len(in.ImageIds) == 0 {
		return &ecr.DescribeImagesOutput{ImageDetails: f.images}, nil
	}
	for _, image := range f.images {
		if *image.ImageDigest == *in.ImageIds[0].ImageDigest {
			return &ecr.DescribeImagesOutput{ImageDetails: []types.ImageDetail{image}}, nil
		}
	}
	return nil, &types.ImageNotFoundException{}
}

func (f *fakeAWS) StartBuild(
	_ context.Context, in *codebuild.StartBuildInput, _ ...func(*codebuild.Options),
) (*codebuild.StartBuildOutput, error) {
	if in.SourceTypeOverride != buildtypes.SourceTypeNoSource || in.ArtifactsOverride == nil {
		return nil, errors.New("InvalidInputException: ArtifactsOverride must be set when using artifacts type CodePipelines")
	}
	f.variables = map[string]string{"project": *in.ProjectName}
	for _, v := range in.EnvironmentVariablesOverride {
		f.variables[*v.Name] = *v.Value
	}
	return &codebuild.StartBuildOutput{Build: &buildtypes.Build{Id: aws.String("deploy:1")}}, nil
}

func (f *fakeAWS) BatchGetBuilds(
	context.Context, *codebuild.BatchGetBuildsInput, ...func(*codebuild.Options),
) (*codebuild.BatchGetBuildsOutput, error) {
	status := buildtypes.StatusTypeInProgress
	if f.asked++; f.asked > 2 {
		status = f.ends
	}
	build := buildtypes.Build{Id: aws.String("deploy:1"), BuildStatus: status}
	return &codebuild.BatchGetBuildsOutput{Builds: []buildtypes.Build{build}}, nil
}

func (f *fakeAWS) delivery() Delivery {
	return Delivery{
		Parameters: func(environments.Region) Parameters { return f },
		Images:     func(environments.Region) Images { return f },
		Builds:     func(environments.Region) Builds { return f },
		Pipelines:  func(environments.Region) Pipelines { return f },
		Wait:       awsops.Wait{Every: time.Microsecond, Most: time.Second},
	}
}

func TestTheDigestOfWhatRunsStandsInTheParameter(t *testing.T) {
	f := &fakeAWS{parameter: "1.dkr.ecr.eu-central-1.amazonaws.com/titan-prod/birthday-app@sha256:aa"}
	if got, err := f.delivery().Running(t.Context(), region, "/p"); err != nil || got != "sha256:aa" {
		t.Errorf("%q, %v", got, err)
	}
	f.parameter = "birthday-app:latest"
	if _, err := f.delivery().Running(t.Context(), region, "/p"); err == nil {
		t.Error("a tag was taken for a digest")
	}
}

func TestTheNewestReleaseIsTheOneThatWasPushedLastOfThoseThatWereDeployed(t *testing.T) {
	image := func(digest string, hour int, tags ...string) types.ImageDetail {
		return types.ImageDetail{
			ImageDigest: &digest, ImageTags: tags, ImagePushedAt: aws.Time(time.Date(2026, 2, 3, hour, 0, 0, 0, time.UTC)),
		}
	}
	f := &fakeAWS{images: []types.ImageDetail{
		image("sha256:1", 1, "abc", "release-1"), image("sha256:2", 2, "release-2"), image("sha256:3", 3, "built"),
	}}
	if got, err := f.delivery().NewestRelease(t.Context(), region, "r"); err != nil || got != "sha256:2" {
		t.Errorf("%q, %v", got, err)
	}
	for digest, want := range map[string]bool{"sha256:3": true, "sha256:4": false} {
		if got, err := f.delivery().Has(t.Context(), region, "r", digest); err != nil || got != want {
			t.Errorf("%s: %v, %v", digest, got, err)
		}
	}
}

func TestADeploymentIsOverWhenItsBuildIs(t *testing.T) {
	f := &fakeAWS{ends: buildtypes.StatusTypeSucceeded}
	if err := f.delivery().Deploy(t.Context(), region, "titan-prod-dr-deploy", "sha256:aa"); err != nil || f.asked != 3 {
		t.Errorf("asked %d times: %v", f.asked, err)
	}
	if f.variables["IMAGE_DIGEST"] != "sha256:aa" || f.variables["project"] != "titan-prod-dr-deploy" {
		t.Errorf("started with %v", f.variables)
	}
	f = &fakeAWS{ends: buildtypes.StatusTypeFailed}
	err := f.delivery().Deploy(t.Context(), region, "titan-prod-dr-deploy", "sha256:aa")
	if err == nil || !strings.Contains(err.Error(), "ended FAILED") || !strings.Contains(err.Error(), "deploy:1") {
		t.Errorf("of a build that failed: %v", err)
	}
}
