package delivery

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline/types"
)

func (f *fakeAWS) StartPipelineExecution(
	_ context.Context, in *codepipeline.StartPipelineExecutionInput, _ ...func(*codepipeline.Options),
) (*codepipeline.StartPipelineExecutionOutput, error) {
	f.variables = map[string]string{"pipeline": *in.Name}
	return &codepipeline.StartPipelineExecutionOutput{PipelineExecutionId: aws.String("run-1")}, nil
}

func (f *fakeAWS) GetPipelineExecution(
	_ context.Context, in *codepipeline.GetPipelineExecutionInput, _ ...func(*codepipeline.Options),
) (*codepipeline.GetPipelineExecutionOutput, error) {
	status := types.PipelineExecutionStatusInProgress
	if f.asked++; f.asked > 2 {
		status = f.runEnds
	}
	return &codepipeline.GetPipelineExecutionOutput{PipelineExecution: &types.PipelineExecution{
		PipelineExecutionId: in.PipelineExecutionId, Status: status,
	}}, nil
}

func TestARunOfAPipelineIsWaitedFor(t *testing.T) {
	f := &fakeAWS{runEnds: types.PipelineExecutionStatusSucceeded}
	if err := f.delivery().RunPipeline(t.Context(), region, "titan-prod-dr-deployer"); err != nil || f.asked != 3 {
		t.Errorf("asked %d times: %v", f.asked, err)
	}
	if f.variables["pipeline"] != "titan-prod-dr-deployer" {
		t.Errorf("started %v", f.variables)
	}
	for _, status := range []types.PipelineExecutionStatus{
		types.PipelineExecutionStatusFailed, types.PipelineExecutionStatusSuperseded, types.PipelineExecutionStatusStopped,
	} {
		f := &fakeAWS{runEnds: status}
		err := f.delivery().RunPipeline(t.Context(), region, "titan-prod-dr-deployer")
		if err == nil || !strings.Contains(err.Error(), "ended "+string(status)) ||
			!strings.Contains(err.Error(), "https://eu-central-1.") {
			t.Errorf("of a run that ended %s: %v", status, err)
		}
	}
}
