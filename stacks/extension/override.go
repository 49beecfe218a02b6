package extension

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/stacks/order"
)

// Override changes an attribute that the platform generates. It is a promise to look again at every new version: what
// is at a path is documented by the golden files alone.
type Override struct {
	Stack     order.Kind // of which of the environment's stacks
	Path      string     // of the construct, as docs and plans have it: database/aurora
	Attribute string     // as Terraform has it, dotted: backup_retention_period, rule.0.id
	Value     any
	Reason    string // stands beside it in the list
}

// String is how the list has it.
func (o Override) String() string {
	value, err := json.Marshal(o.Value)
	if err != nil {
		value = fmt.Append(nil, o.Value)
	}
	return fmt.Sprintf("%s.%s = %s (%s)", o.Path, o.Attribute, value, o.Reason)
}

// Apply changes the attribute in a stack. It is an error where nothing is at the path, or no reason is given.
func (o Override) Apply(stack cdktf.TerraformStack) error {
	if o.Reason == "" {
		return fmt.Errorf("overriding %s.%s: say why, in Reason", o.Path, o.Attribute)
	}
	construct := constructs.Construct(stack)
	for step := range strings.SplitSeq(o.Path, "/") {
		child := construct.Node().TryFindChild(jsii.String(step))
		if child == nil {
			return fmt.Errorf("overriding %s.%s: %s has no %q, it has %s", o.Path, o.Attribute, *construct.Node().Path(), step,
				strings.Join(children(construct), ", "))
		}
		construct = child.(constructs.Construct)
	}
	element, ok := construct.(cdktf.TerraformElement)
	if !ok {
		return fmt.Errorf("overriding %s.%s: that is no resource; below it are %s", o.Path, o.Attribute,
			strings.Join(children(construct), ", "))
	}
	element.AddOverride(jsii.String(o.Attribute), o.Value)
	return nil
}

func children(construct constructs.Construct) []string {
	var ids []string
	for _, child := range *construct.Node().Children() {
		ids = append(ids, *child.Node().Id())
	}
	slices.Sort(ids)
	return ids
}
