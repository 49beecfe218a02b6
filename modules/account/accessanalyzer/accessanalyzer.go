// Package accessanalyzer provides IAM Access Analyzer in a region of an account: it says which buckets, keys, roles,
// secrets, topics and images somebody outside the account may use. It costs nothing. Its findings are told by package
// observability.
package accessanalyzer

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	analyzers "github.com/cdktf/cdktf-provider-aws-go/aws/v19/accessanalyzeranalyzer"
	archive "github.com/cdktf/cdktf-provider-aws-go/aws/v19/accessanalyzerarchiverule"

	"github.com/titan-platform/titan/internal/target"
)

// Config is what the analyzer needs from the rest of the system.
type Config struct {
	target.Target
}

// Output is what other modules may use.
type Output struct{ AnalyzerARN string }

// New declares the analyzer of the stack's region under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	analyzer := analyzers.NewAccessanalyzerAnalyzer(
		this,
		jsii.String("analyzer"),
		&analyzers.AccessanalyzerAnalyzerConfig{
			AnalyzerName: jsii.String(config.Name + "-external-access"),
			Type:         jsii.String("ACCOUNT"),
		},
	)
	// A federated principal is outside the zone of trust, so that each role of a service account would be a finding
	// (IAM User Guide, 'IAM Access Analyzer filter keys', principal.Federated). Identity providers of the account's
	// own EKS clusters are trusted; others are told of.
	archive.NewAccessanalyzerArchiveRule(
		this,
		jsii.String("service-accounts"),
		&archive.AccessanalyzerArchiveRuleConfig{
			AnalyzerName: analyzer.AnalyzerName(),
			RuleName:     jsii.String("service-accounts"),
			Filter: []archive.AccessanalyzerArchiveRuleFilter{
				{
					Criteria: jsii.String("principal.Federated"),
					Contains: jsii.Strings(
						fmt.Sprintf("arn:%s:iam::%s:oidc-provider/oidc.eks.", config.Partition, config.AccountID),
					),
				},
			},
		},
	)
	return Output{AnalyzerARN: *analyzer.Arn()}
}
