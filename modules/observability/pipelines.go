package observability

// pipelineStates are what of a pipeline's run is told, by EventBridge (CodePipeline User Guide, 'Monitoring
// CodePipeline events'). The first notification rule of the Developer Tools in an account fails until its
// service-linked role is there, up to 15 minutes later, and the provider does not try again (aws-cdk#34406).
var pipelineStates = []struct{ id, description, state, message string }{
	{"pipeline-failed", "A pipeline failed", "FAILED", "pipeline <pipeline> failed."},
	{"pipeline-succeeded", "A pipeline succeeded", "SUCCEEDED", "pipeline <pipeline> succeeded."},
}

// approvalStates are what of an approval is told. A rejection is a failed action (same page, the pattern for rejected
// approvals).
var approvalStates = []struct{ id, description, state, message string }{
	{
		"approval-needed",
		"A pipeline waits for an approval",
		"STARTED",
		"pipeline <pipeline> waits for an approval in its stage <stage>.",
	},
	{"approval-rejected", "An approval was rejected, or not given in time", "FAILED",
		"the approval in stage <stage> of pipeline <pipeline> was rejected, or not given in time."},
}

// pipelineEvents tells of the runs of the environment's pipelines, and of those that wait for a person.
func (o *observability) pipelineEvents() {
	if len(o.Pipelines) == 0 {
		return
	}
	const seeRun = " Run <run>: https://<region>.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/view" +
		"?region=<region>"
	paths := map[string]string{"pipeline": "$.detail.pipeline", "run": "$.detail.execution-id", "region": "$.region"}
	for _, s := range pipelineStates {
		o.tell(event{
			id: s.id, description: s.description,
			pattern: object{
				"source":      []string{"aws.codepipeline"},
				"detail-type": []string{"CodePipeline Pipeline Execution State Change"},
				"detail":      object{"pipeline": o.Pipelines, "state": []string{s.state}},
			},
			paths: paths, message: s.message + seeRun,
		})
	}
	paths = map[string]string{
		"pipeline": "$.detail.pipeline",
		"run":      "$.detail.execution-id",
		"region":   "$.region",
		"stage":    "$.detail.stage",
	}
	for _, s := range approvalStates {
		o.tell(event{
			id: s.id, description: s.description,
			pattern: object{
				"source":      []string{"aws.codepipeline"},
				"detail-type": []string{"CodePipeline Action Execution State Change"},
				"detail": object{
					"pipeline": o.Pipelines,
					"state":    []string{s.state},
					"type":     object{"category": []string{"Approval"}},
				},
			},
			paths: paths, message: s.message + seeRun,
		})
	}
}
