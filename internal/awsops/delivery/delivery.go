// Package delivery is what of an application's delivery is done without its pipeline: to find the image that runs, and
// to run the projects and pipelines that deploy.
package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// Parameters is what of Systems Manager is used.
type Parameters interface {
	GetParameter(context.Context, *ssm.GetParameterInput, ...func(*ssm.Options)) (*ssm.GetParameterOutput, error)
}

// Images is what of ECR is used.
type Images interface {
	DescribeImages(context.Context, *ecr.DescribeImagesInput, ...func(*ecr.Options)) (*ecr.DescribeImagesOutput, error)
}

// Builds is what of CodeBuild is used.
type Builds interface {
	StartBuild(
		context.Context, *codebuild.StartBuildInput, ...func(*codebuild.Options),
	) (*codebuild.StartBuildOutput, error)
	BatchGetBuilds(
		context.Context, *codebuild.BatchGetBuildsInput, ...func(*codebuild.Options),
	) (*codebuild.BatchGetBuildsOutput, error)
}

// Delivery is the deliveries of an account.
type Delivery struct {
	Parameters func(environments.Region) Parameters
	Images     func(environments.Region) Images
	Builds     func(environments.Region) Builds
	Pipelines  func(environments.Region) Pipelines
	Wait       awsops.Wait // for a build, or a run of a pipeline
}

// Of are the deliveries of an account.
func Of(account *awsops.Account, wait awsops.Wait) Delivery {
	return Delivery{
		Parameters: func(region environments.Region) Parameters { return ssm.NewFromConfig(account.In(region)) },
		Images:     func(region environments.Region) Images { return ecr.NewFromConfig(account.In(region)) },
		Builds:     func(region environments.Region) Builds { return codebuild.NewFromConfig(account.In(region)) },
		Pipelines:  func(region environments.Region) Pipelines { return codepipeline.NewFromConfig(account.In(region)) },
		Wait:       wait,
	}
}

// Running is the digest that an environment's parameter says runs: sha256:…. Before its first delivery that is a
// placeholder's, which is in no registry of ours.
func (d Delivery) Running(
	ctx context.Context, region environments.Region, parameter string,
) (digest string, err error) {
	answer, err := d.Parameters(region).GetParameter(ctx, &ssm.GetParameterInput{Name: &parameter})
	if err != nil {
		return "", fmt.Errorf("reading parameter %s in %s: %w", parameter, region, err)
	}
	image := aws.ToString(answer.Parameter.Value)
	_, digest, found := strings.Cut(image, "@")
	if !found {
		return "", fmt.Errorf("parameter %s in %s is %q, and should be repository@digest", parameter, region, image)
	}
	return digest, nil
}

// Has is whether a repository has an image of a digest.
func (d Delivery) Has(ctx context.Context, region environments.Region, repository, digest string) (bool, error) {
	_, err := d.Images(region).DescribeImages(ctx, &ecr.DescribeImagesInput{
		RepositoryName: &repository, ImageIds: []types.ImageIdentifier{{ImageDigest: &digest}},
	})
	var missing *types.ImageNotFoundException
	switch {
	case errors.As(err, &missing):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("looking for image %s in %s of %s: %w", digest, repository, region, err)
	}
	return true, nil
}

// releaseTag begins the tag that a deployment gives an image before it runs it
// (modules/delivery/buildspec/deploy.yml).
const releaseTag = "release-"

// NewestRelease is the digest of the image that was pushed last among those that were ever deployed; empty if none
// was.
func (d Delivery) NewestRelease(ctx context.Context, region environments.Region, repository string) (string, error) {
	var newest string
	var pushed time.Time
	pages := ecr.NewDescribeImagesPaginator(d.Images(region), &ecr.DescribeImagesInput{
		RepositoryName: &repository, Filter: &types.DescribeImagesFilter{TagStatus: types.TagStatusTagged},
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return "", fmt.Errorf("listing the images of %s in %s: %w", repository, region, err)
		}
		for _, image := range page.ImageDetails {
			isRelease := func(tag string) bool { return strings.HasPrefix(tag, releaseTag) }
			at := aws.ToTime(image.ImagePushedAt)
			if slices.ContainsFunc(image.ImageTags, isRelease) && (newest == "" || at.After(pushed)) {
				newest, pushed = aws.ToString(image.ImageDigest), at
			}
		}
	}
	return newest, nil
}
