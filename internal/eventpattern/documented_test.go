package eventpattern_test

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/eventpattern"
)

// documentedCase is a pattern that a guide of AWS shows, by page and section, with events that the guide says match,
// and events that it says, or from which it follows, do not.
type documentedCase struct {
	page, section, pattern string
	matches, misses        []string
}

// syntax is what the EventBridge User Guide documents beside the operators.
var syntax = []documentedCase{
	{
		page: "Creating Amazon EventBridge event patterns", section: "introduction",
		pattern: `{"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"],
			"detail": {"state": ["terminated"]}}`,
		matches: []string{`{
			"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
			"detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
			"account": "111122223333", "time": "2017-12-22T18:43:48Z", "region": "us-west-1",
			"resources": ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
			"detail": {"instance-id": "i-1234567890abcdef0", "state": "terminated"}
		}`},
		misses: []string{
			`{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "detail": {"state": "running"}}`,
			`{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "state": "terminated"}`,
			`{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification"}`,
			`{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "detail": "terminated"}`,
			`{"source": "aws.ec2", "detail": {"state": "terminated"}}`,
		},
	},
	{
		page: "Event pattern syntax", section: "Matching event values",
		pattern: `{"source": ["aws.ec2", "aws.fargate"]}`,
		matches: []string{`{"source": "aws.ec2"}`, `{"source": "aws.fargate"}`},
		misses: []string{
			`{"source": "aws.ecs"}`,
			`{"source": "AWS.EC2"}`,
			`{"source": "aws.ec2 "}`,
			`{"source": {"aws.ec2": true}}`,
			`{}`,
		},
	},
	{
		page: "Event pattern syntax", section: "Considerations: JSON's keywords",
		pattern: `{"detail": {"a": [true], "b": [false], "c": [null]}}`,
		matches: []string{`{"detail": {"a": true, "b": false, "c": null}}`},
		misses: []string{
			`{"detail": {"a": "true", "b": false, "c": null}}`,
			`{"detail": {"a": true, "b": false}}`,
			`{"detail": {"a": true, "b": false, "c": ""}}`,
		},
	},
	{
		page: "Event pattern syntax", section: "Considerations: numbers by their string representation",
		pattern: `{"detail": {"n": [300]}}`,
		matches: []string{`{"detail": {"n": 300}}`},
		misses:  []string{`{"detail": {"n": 300.0}}`, `{"detail": {"n": 3.0e2}}`, `{"detail": {"n": "300"}}`},
	},
	{
		page: "Matching on multiple values for an event field", section: "introduction",
		pattern: `{"resources": [
			"arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f",
			"arn:aws:ec2:us-east-1:111122223333:instance/i-b188560f",
			"arn:aws:ec2:us-east-1:444455556666:instance/i-b188560f"]}`,
		matches: []string{`{"resources": [
			"arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:eb56d16b:autoScalingGroupName/ASGTerminate",
			"arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f"]}`},
		misses: []string{`{"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-other"]}`, `{"resources": []}`},
	},
	{
		page: "Matching events on null values and empty strings", section: "eventVersion",
		pattern: `{"detail": {"eventVersion": [""]}}`,
		matches: []string{`{"detail": {"eventVersion": "", "responseElements": null}}`},
		misses:  []string{`{"detail": {"eventVersion": null}}`, `{"detail": {"eventVersion": "1"}}`, `{"detail": {}}`},
	},
	{
		page: "Matching events on null values and empty strings", section: "responseElements",
		pattern: `{"detail": {"responseElements": [null]}}`,
		matches: []string{`{"detail": {"eventVersion": "", "responseElements": null}}`},
		misses: []string{
			`{"detail": {"responseElements": ""}}`,
			`{"detail": {}}`,
			`{"detail": {"responseElements": "null"}}`,
		},
	},
	{
		page: "Matching events on event field values", section: "Value matching",
		pattern: `{"source": ["aws.macie"], "detail": {"severity": {"score": [1]}, "count": [2]}}`,
		matches: []string{
			`{"source": "aws.macie", "detail": {"severity": {"score": 1, "description": "Low"}, "count": 2}}`,
		},
		misses: []string{
			`{"source": "aws.macie", "detail": {"severity": {"score": 2, "description": "Low"}, "count": 2}}`,
			`{"source": "aws.macie", "detail": {"severity": 1, "count": 2}}`,
		},
	},
	{
		page: "Restore testing validation (AWS Backup Developer Guide)", section: "Add an EventBridge rule",
		pattern: `{"source": ["aws.backup"], "detail-type": ["Restore Job State Change"],
			"detail": {"resourceType": ["Aurora"], "restoreTestingPlanArn": ["arn:aws:backup:x"], "status": ["COMPLETED"]}}`,
		matches: []string{`{"source": "aws.backup", "detail-type": "Restore Job State Change",
			"detail": {"resourceType": "Aurora", "restoreTestingPlanArn": "arn:aws:backup:x", "status": "COMPLETED"}}`},
		misses: []string{
			`{"source": "aws.backup", "detail-type": "Restore Job State Change",
				"detail": {"resourceType": "Aurora", "status": "COMPLETED"}}`,
		},
	},
	{
		page: "README of EventBridge's matcher, event-ruler", section: "JSON Array Matching",
		pattern: `{"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}}`,
		matches: []string{
			`{"employees": [{"firstName": "John", "lastName": "Doe"}, {"firstName": "Anna", "lastName": "Smith"}]}`,
		},
		misses: []string{
			`{"employees": [{"firstName": "Anna", "lastName": "Doe"}, {"firstName": "John", "lastName": "Smith"}]}`,
			`{"employees": []}`,
		},
	},
}

func TestWhatTheGuideDocuments(t *testing.T) {
	for _, c := range slices.Concat(syntax, operators) {
		t.Run(c.page+"/"+c.section, func(t *testing.T) {
			pattern, err := eventpattern.Parse([]byte(c.pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, event := range c.matches {
				check(t, pattern, event, true)
			}
			for _, event := range c.misses {
				check(t, pattern, event, false)
			}
		})
	}
}

func check(t *testing.T, pattern eventpattern.Pattern, event string, want bool) {
	t.Helper()
	got, err := pattern.Matches([]byte(event))
	if err != nil {
		t.Error(err)
	}
	if got != want {
		t.Errorf("matches is %v, want %v: %s", got, want, event)
	}
}
