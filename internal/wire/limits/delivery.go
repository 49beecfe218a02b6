package limits

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func deliveryRules() []Rule {
	return []Rule{
		{"pipelines", "CodePipeline user guide, 'Pipeline structure reference'",
			[]string{"codepipeline CreatePipeline", "codepipeline UpdatePipeline"}, pipelines},
		{"lifecycles of images", "ECR user guide, 'Lifecycle policy properties'", []string{"ecr PutLifecyclePolicy"},
			imageLifecycles},
		{"prefixes of delivery streams", "Data Firehose developer guide, 'Custom prefixes for Amazon S3 objects'",
			[]string{"firehose CreateDeliveryStream", "firehose UpdateDestination"}, deliveryPrefixes},
	}
}

type artifact struct{ Name string }

func pipelines(call *protocol.Call, report *Report) {
	var input struct {
		Pipeline struct {
			Stages []struct {
				Name    string
				Actions []struct {
					Name                            string
					ActionTypeID                    struct{ Category string }
					InputArtifacts, OutputArtifacts []artifact
				}
			}
		}
	}
	call.Into(&input)
	stages, made := input.Pipeline.Stages, map[string]bool{}
	if len(stages) < 2 {
		report.Breaks(".pipeline.stages", len(stages), "two stages or more")
	}
	for i, stage := range stages {
		for _, one := range stage.Actions {
			at := fmt.Sprintf(".pipeline.stages[%d].actions", i)
			if (one.ActionTypeID.Category == "Source") != (i == 0) {
				report.Breaks(at, stage.Name+"/"+one.Name, "sources in the first stage, and nothing else there")
			}
			for _, needed := range one.InputArtifacts {
				if !made[needed.Name] {
					report.Breaks(at+".inputArtifacts", needed.Name, "an artifact of an action before")
				}
			}
			for _, output := range one.OutputArtifacts {
				if made[output.Name] {
					report.Breaks(at+".outputArtifacts", output.Name, "a name that no other artifact has")
				}
				made[output.Name] = true
			}
		}
	}
}

func imageLifecycles(call *protocol.Call, report *Report) {
	var policy struct {
		Rules []struct {
			RulePriority int
			Selection    struct {
				TagStatus, CountType, CountUnit string
				TagPrefixList, TagPatternList   []string
			}
		}
	}
	const at = ".lifecyclePolicyText"
	if err := json.Unmarshal([]byte(text(call.Input, "lifecyclePolicyText")), &policy); err != nil {
		report.Breaks(at, err.Error(), "the JSON of a lifecycle policy")
		return
	}
	last, priorities := 0, map[int]bool{}
	for _, one := range policy.Rules {
		last = max(last, one.RulePriority)
		if priorities[one.RulePriority] {
			report.Breaks(at, one.RulePriority, "a priority that no other rule has")
		}
		priorities[one.RulePriority] = true
	}
	for _, one := range policy.Rules {
		selection := one.Selection
		if selection.TagStatus == "any" && one.RulePriority != last {
			report.Breaks(at, one.RulePriority, "the highest priority for tagStatus any, so that it comes last")
		}
		hasTags := len(selection.TagPrefixList)+len(selection.TagPatternList) > 0
		if (selection.TagStatus == "tagged") != hasTags {
			report.Breaks(at, selection.TagStatus, "prefixes or patterns with tagStatus tagged, and only there")
		}
		if (selection.CountType == "sinceImagePushed") != (selection.CountUnit != "") {
			report.Breaks(at, selection.CountType, "countUnit with sinceImagePushed, and only there")
		}
	}
}

func deliveryPrefixes(call *protocol.Call, report *Report) {
	const errorType = "!{firehose:error-output-type}"
	prefix := text(call.Input, "ExtendedS3DestinationConfiguration.Prefix")
	errors := text(call.Input, "ExtendedS3DestinationConfiguration.ErrorOutputPrefix")
	if strings.Contains(prefix, "!{") && errors == "" {
		report.Breaks(".ErrorOutputPrefix", prefix, "given where Prefix has expressions")
	}
	if strings.Contains(errors, "!{") && !strings.Contains(errors, errorType) {
		report.Breaks(".ErrorOutputPrefix", errors, errorType+" where it has expressions")
	}
	if strings.Contains(prefix, errorType) {
		report.Breaks(".Prefix", prefix, "no "+errorType)
	}
}
