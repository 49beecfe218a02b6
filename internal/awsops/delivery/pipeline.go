package delivery

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline/types"

	"github.com/titan-platform/titan/environments"
)

// Pipelines is what of CodePipeline is used.
type Pipelines interface {
	StartPipelineExecution(
		context.Context, *codepipeline.StartPipelineExecutionInput, ...func(*codepipeline.Options),
	) (*codepipeline.StartPipelineExecutionOutput, error)
	GetPipelineExecution(
		context.Context, *codepipeline.GetPipelineExecutionInput, ...func(*codepipeline.Options),
	) (*codepipeline.GetPipelineExecutionOutput, error)
}

// RunPipeline runs a region's pipeline, and waits for the run's end. Where it asks for an approval, that is part of
// what is waited for.
func (d Delivery) RunPipeline(ctx context.Context, region environments.Region, pipeline string) error {
	pipelines := d.Pipelines(region)
	started, err := pipelines.StartPipelineExecution(ctx, &codepipeline.StartPipelineExecutionInput{Name: &pipeline})
	if err != nil {
		return fmt.Errorf("starting pipeline %s in %s: %w", pipeline, region, err)
	}
	id := started.PipelineExecutionId
	console := fmt.Sprintf("https://%s.console.aws.amazon.com/codesuite/codepipeline/pipelines/%s/view?region=%[1]s",
		region, pipeline)
	what := fmt.Sprintf("run %s of pipeline %s", aws.ToString(id), pipeline)
	return d.Wait.Until(ctx, what, func(ctx context.Context) (bool, string, error) {
		answer, err := pipelines.GetPipelineExecution(ctx, &codepipeline.GetPipelineExecutionInput{
			PipelineName: &pipeline, PipelineExecutionId: id,
		})
		if err != nil {
			return false, "", err
		}
		switch status := answer.PipelineExecution.Status; status {
		case types.PipelineExecutionStatusSucceeded:
			return true, "", nil
		case types.PipelineExecutionStatusInProgress, types.PipelineExecutionStatusStopping:
			return false, fmt.Sprintf("%s; whether it waits for an approval: %s", status, console), nil
		default:
			return false, "", fmt.Errorf("it ended %s; why: %s", status, console)
		}
	})
}
