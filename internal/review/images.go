package review

import (
	"encoding/json"
	"fmt"
)

// imageRule is a rule of an ECR lifecycle policy. Source: Amazon ECR User Guide, 'Lifecycle policy properties'.
type imageRule struct {
	Selection struct {
		TagStatus      string
		TagPatternList []string
		TagPrefixList  []string
		CountType      string
		CountUnit      string
		CountNumber    json.Number
	}
}

// lifecyclePolicy finds images that are deleted earlier, or at all.
func (r *reviewer) lifecyclePolicy(c *change) {
	if c.kind != "aws_ecr_lifecycle_policy" || c.action != Update && c.action != Replace {
		return
	}
	before, after := c.before.field("policy"), c.after.field("policy")
	if same(before.value, after.value) {
		return
	}
	f := Finding{Verdict: DataLoss, Rule: "images", Remedy: remedyKeep,
		Detail: r.difference(c, pair{"policy", before, after})}
	was, err := imageRules(before.text())
	is, err2 := imageRules(after.text())
	if err != nil || err2 != nil || after.isUnknown() {
		f.Summary = "policy changes, and can't be compared: images may be deleted earlier"
		r.find(c, f)
		return
	}
	for selection, number := range is {
		kept, known := was[selection]
		if !known || number < kept {
			f.Summary = "policy deletes images earlier: " + selection
			r.find(c, f)
		}
	}
}

// imageRules are how many images, or days of them, each selection keeps.
func imageRules(text string) (map[string]float64, error) {
	var policy struct{ Rules []imageRule }
	if err := json.Unmarshal([]byte(text), &policy); err != nil {
		return nil, withoutValues(err, len(text))
	}
	kept := map[string]float64{}
	for _, rule := range policy.Rules {
		s := rule.Selection
		number, ok := number(s.CountNumber)
		if !ok {
			return nil, fmt.Errorf("%q is no number", s.CountNumber)
		}
		kept[fmt.Sprint(s.TagStatus, " ", s.TagPatternList, s.TagPrefixList, " ", s.CountType)] = number
	}
	return kept, nil
}
