package delivery

import (
	"encoding/json"
	"fmt"
)

// rule is one rule of a repository's lifecycle policy (ECR User Guide, 'Lifecycle policy parameters').
type rule struct {
	Priority    int       `json:"rulePriority"`
	Description string    `json:"description"`
	Selection   selection `json:"selection"`
	Action      action    `json:"action"`
}

type selection struct {
	TagStatus   string   `json:"tagStatus"`
	TagPrefixes []string `json:"tagPrefixList,omitempty"`
	TagPatterns []string `json:"tagPatternList,omitempty"`
	CountType   string   `json:"countType"`
	CountUnit   string   `json:"countUnit,omitempty"`
	CountNumber int      `json:"countNumber"`
}

type action struct {
	Type string `json:"type"`
}

// imageLifecycle keeps what runs and expires the rest. A deployment marks its image with a tag release-…, and the
// newest hundred of those are kept, however old. An image that a rule's tags match is out of reach of every rule after
// it (same guide, 'Lifecycle policy evaluation rules'), so the last one ends those that were never deployed.
func imageLifecycle() string {
	return lifecycle(
		rule{
			Description: "Keep the last hundred releases, and with them what runs",
			Selection: selection{
				TagStatus:   "tagged",
				TagPrefixes: []string{"release-"},
				CountType:   "imageCountMoreThan",
				CountNumber: 100,
			},
		},
		untagged(),
		rule{
			Description: "Expire what was never deployed",
			Selection:   selection{TagStatus: "any", CountType: "sinceImagePushed", CountUnit: "days", CountNumber: 90},
		},
	)
}

// chartLifecycle keeps the last hundred versions: the one that deployments pin is among the newest.
func chartLifecycle() string {
	return lifecycle(
		rule{
			Description: "Keep the last hundred versions",
			Selection: selection{
				TagStatus:   "tagged",
				TagPatterns: []string{"*"},
				CountType:   "imageCountMoreThan",
				CountNumber: 100,
			},
		},
		untagged(),
	)
}

func untagged() rule {
	return rule{
		Description: "Expire what has lost its tag",
		Selection:   selection{TagStatus: "untagged", CountType: "sinceImagePushed", CountUnit: "days", CountNumber: 7},
	}
}

// lifecycle writes rules in the order of their priority.
func lifecycle(rules ...rule) string {
	for i := range rules {
		rules[i].Priority, rules[i].Action = i+1, action{"expire"}
	}
	text, err := json.Marshal(map[string]any{"rules": rules})
	if err != nil {
		panic(fmt.Sprintf("lifecycle policy: %v", err)) // strings and numbers always encode
	}
	return string(text)
}
