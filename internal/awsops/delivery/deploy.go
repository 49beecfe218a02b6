package delivery

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/codebuild/types"

	"github.com/titan-platform/titan/environments"
)

// Deploy has a region's project deploy the image of a digest, and waits for the build's end. Deploying what runs
// already changes nothing, and reads no source (modules/delivery/buildspec/deploy.yml). CodeBuild starts a pipeline's
// project without its pipeline only where both ends are overridden (aws-actions/aws-codebuild-run-build#114).
func (d Delivery) Deploy(ctx context.Context, region environments.Region, project, digest string) error {
	builds := d.Builds(region)
	started, err := builds.StartBuild(ctx, &codebuild.StartBuildInput{
		ProjectName:        &project,
		SourceTypeOverride: types.SourceTypeNoSource,
		ArtifactsOverride:  &types.ProjectArtifacts{Type: types.ArtifactsTypeNoArtifacts},
		EnvironmentVariablesOverride: []types.EnvironmentVariable{{
			Name: aws.String("IMAGE_DIGEST"), Value: &digest, Type: types.EnvironmentVariableTypePlaintext,
		}},
	})
	if err != nil {
		return fmt.Errorf("starting project %s in %s: %w", project, region, err)
	}
	id := aws.ToString(started.Build.Id)
	return d.Wait.Until(ctx, "build "+id, func(ctx context.Context) (bool, string, error) {
		answer, err := builds.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: []string{id}})
		if err != nil {
			return false, "", err
		}
		if len(answer.Builds) == 0 {
			return false, "", fmt.Errorf("CodeBuild in %s does not know it", region)
		}
		build := answer.Builds[0]
		switch build.BuildStatus {
		case types.StatusTypeSucceeded:
			return true, "", nil
		case types.StatusTypeInProgress:
			return false, "in phase " + aws.ToString(build.CurrentPhase), nil
		}
		return false, "", fmt.Errorf("it ended %s; its log: %s", build.BuildStatus, logOf(build))
	})
}

func logOf(build types.Build) string {
	if build.Logs != nil && build.Logs.DeepLink != nil {
		return *build.Logs.DeepLink
	}
	return "aws codebuild batch-get-builds --ids " + aws.ToString(build.Id)
}
