package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// Action is what a plan does with a resource.
type Action string

// The actions. A moved or imported resource that is changed too is an update.
const (
	NoOp    Action = "no-op"
	ReadAll Action = "read" // only looked at
	Move    Action = "move"
	Import  Action = "import"
	Create  Action = "create"
	Update  Action = "update"
	Forget  Action = "forget" // Terraform does not manage it any more; it stays
	Replace Action = "replace"
	Delete  Action = "delete"
)

// change is what a plan does with one resource. Action, reason and replacing paths are facts of their own: the reason
// explains, and decides nothing.
type change struct {
	stack               string
	address, previous   string // previous where it is moved
	kind                string
	action              Action
	reason              string // Terraform's word for it
	replacing           []string
	createBeforeDestroy bool
	deposed             bool // what an earlier replacement has left
	imported            bool
	written             map[string]bool // the arguments that the configuration has; nil is not known

	before, after node
}

// ends is whether the object that stands is not managed, or not there, after the apply.
func (c *change) ends() bool { return c.action == Delete || c.action == Replace || c.action == Forget }

// changesOf are the changes of a plan, those that change nothing among them: rules compare with what stays.
func changesOf(plan *tfjson.Plan) ([]change, error) {
	var changes []change
	written := writtenIn(plan)
	for _, planned := range plan.ResourceChanges {
		if planned == nil || planned.Change == nil || planned.Address == "" || planned.Type == "" {
			return nil, errors.New("a resource change has no address, type or change, so it is no whole plan; " + showJSON)
		}
		if planned.Mode == tfjson.DataResourceMode {
			continue // is read, and changes nothing
		}
		action, err := actionOf(planned)
		if err != nil {
			return nil, err
		}
		marks := merged(planned.Change.BeforeSensitive, planned.Change.AfterSensitive)
		c := change{
			address: planned.Address, previous: planned.PreviousAddress, kind: planned.Type, action: action,
			reason:              string(planned.ActionReason),
			createBeforeDestroy: slices.Index(planned.Change.Actions, tfjson.ActionCreate) == 0,
			deposed:             planned.DeposedKey != "", imported: planned.Change.Importing != nil,
			written: written[planned.Type+"."+planned.Name],
			before:  node{value: planned.Change.Before, sensitive: marks},
			after:   node{value: planned.Change.After, sensitive: marks, unknown: planned.Change.AfterUnknown},
		}
		for _, path := range planned.Change.ReplacePaths {
			c.replacing = append(c.replacing, pathText(path))
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// actionOf tells the action. One that is not known is an error: what it would do can't be judged.
func actionOf(planned *tfjson.ResourceChange) (Action, error) {
	has := func(action tfjson.Action) bool { return slices.Contains(planned.Change.Actions, action) }
	for _, action := range planned.Change.Actions {
		switch action {
		case tfjson.ActionNoop, tfjson.ActionCreate, tfjson.ActionRead, tfjson.ActionUpdate, tfjson.ActionDelete,
			tfjson.ActionForget:
		default:
			return "", fmt.Errorf("the plan would %q %s, which titan does not know; update titan", action, planned.Address)
		}
	}
	switch {
	case has(tfjson.ActionDelete) && has(tfjson.ActionCreate):
		return Replace, nil
	case has(tfjson.ActionDelete):
		return Delete, nil
	case has(tfjson.ActionForget): // one that is made anew beside what is forgotten, too
		return Forget, nil
	case has(tfjson.ActionCreate):
		return Create, nil
	case has(tfjson.ActionUpdate):
		return Update, nil
	case planned.Change.Importing != nil:
		return Import, nil
	case planned.PreviousAddress != "" && planned.PreviousAddress != planned.Address:
		return Move, nil
	case has(tfjson.ActionRead):
		return ReadAll, nil
	case has(tfjson.ActionNoop):
		return NoOp, nil
	}
	return "", fmt.Errorf("the plan says nothing of what to do with %s, so it is no whole plan; %s",
		planned.Address, showJSON)
}

// pathText is a path of a plan as an attribute is named: rule[0].lifecycle.
func pathText(path any) string {
	steps, _ := path.([]any)
	var text strings.Builder
	for _, step := range steps {
		switch s := step.(type) {
		case string:
			if text.Len() > 0 {
				text.WriteString(".")
			}
			text.WriteString(s)
		case json.Number:
			text.WriteString("[" + s.String() + "]")
		case float64:
			text.WriteString("[" + strconv.Itoa(int(s)) + "]")
		}
	}
	return text.String()
}

// changedOutputs are the names of the outputs that change. Their values may be anything, and are not shown.
func changedOutputs(plan *tfjson.Plan) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(plan.OutputChanges)) {
		if change := plan.OutputChanges[name]; change != nil && !change.Actions.NoOp() {
			names = append(names, name)
		}
	}
	return names
}

// reasons are Terraform's reasons in words. Source: Terraform's documentation, 'JSON Output Format', 'Change
// Representation'.
var reasons = map[string]string{
	"replace_because_tainted":           "it was left half made",
	"replace_because_cannot_update":     "it can't be changed in place",
	"replace_by_request":                "it was asked for",
	"replace_by_triggers":               "what it depends on is replaced or changed",
	"delete_because_no_resource_config": "its block is gone from the configuration",
	"delete_because_no_module":          "its module is gone from the configuration",
	"delete_because_wrong_repetition":   "its count or for_each is gone from the configuration",
	"delete_because_count_index":        "its count is smaller",
	"delete_because_each_key":           "its key is gone from for_each",
	"delete_because_no_move_target":     "it was moved to where the configuration has nothing",
}

// isUnmade is whether it creates what is not there, or half made, as Terraform marks what an interruption left.
func (c *change) isUnmade() bool {
	return c.action == Create || c.action == Replace && c.reason == "replace_because_tainted"
}

// why is the reason in words, for a person.
func (c *change) why() string {
	switch {
	case c.deposed:
		return "an earlier replacement has left it"
	case reasons[c.reason] != "":
		return reasons[c.reason]
	}
	return strings.ReplaceAll(c.reason, "_", " ")
}
