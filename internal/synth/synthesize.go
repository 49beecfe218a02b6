package synth

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/stacks"
	"github.com/titan-platform/titan/stacks/extension"
	"github.com/titan-platform/titan/stacks/order"
)

// Environments builds the stacks of environments and returns what Testing.synth says of each, validations included, in
// the order of the table. The caller has enabled fast start, and closes jsii.
func Environments(all []environments.Environment, own ...extension.Extension) ([]Stack, error) {
	outdir, err := os.MkdirTemp("", "titan-synth-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(outdir) }()
	titan, err := app.New(outdir)
	if err != nil {
		return nil, err
	}
	if err := stacks.Build(titan, all, own...); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, child := range *titan.Root().Node().Children() {
		if stack, ok := child.(cdktf.TerraformStack); ok {
			texts[*stack.Node().Id()] = *cdktf.Testing_Synth(stack, jsii.Bool(true))
		}
	}
	return placed(all, texts)
}

// placed are the stacks of a table, parsed.
func placed(all []environments.Environment, texts map[string]string) ([]Stack, error) {
	accounts := map[string]string{}
	for _, environment := range all {
		accounts[environment.Name] = environment.Account.ID
	}
	var made []Stack
	for _, place := range order.All(all) {
		one := Stack{Name: place.Name, Text: texts[place.Name], Place: place, AccountID: accounts[place.Environment]}
		if err := json.Unmarshal([]byte(one.Text), &one.Root); err != nil {
			return nil, fmt.Errorf("parsing stack %q: %w", one.Name, err)
		}
		made = append(made, one)
	}
	return made, nil
}
