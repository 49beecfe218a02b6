// Package role is the table of the roles that deliver: for each, who assumes it and the smallest policy that works,
// with the source that says so. Nothing here touches a construct, so a test can go through all of it.
package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Role is one role and what it may do.
type Role struct {
	Name        string // titan-prod-deploy; a build's project has the same
	Description string
	Trust       string // the trust policy
	Boundary    string // the ARN of its permissions boundary; empty is none
	Statements  []iampolicy.Statement
}

// Allow is a statement.
func Allow(sid string, resources []string, conditions iampolicy.Conditions, actions ...string) iampolicy.Statement {
	return iampolicy.Statement{
		Sid:       sid,
		Effect:    iampolicy.Allow,
		Action:    actions,
		Resource:  resources,
		Condition: conditions,
	}
}

// everything is for actions that IAM can't limit to a resource, as the Service Authorization Reference has them.
var everything = []string{"*"}

// LogGroup is where CodeBuild writes a project's log by default.
func LogGroup(project string) string { return "/aws/codebuild/" + project }

// Project is the role of a CodeBuild project of the same name. It writes the project's log, which is there
// before the first build.
func Project(t target.Target, name, description string, statements ...iampolicy.Statement) Role {
	log := Allow("WriteLog", []string{t.ARN("logs", "log-group:"+LogGroup(name)+":*")}, nil, "logs:CreateLogStream",
		"logs:PutLogEvents")
	return Role{
		Name: name, Description: description,
		Boundary:   t.Boundary,
		Trust:      trust(t, "CodeBuild", "codebuild.amazonaws.com", t.ARN("codebuild", "project/"+name)),
		Statements: append([]iampolicy.Statement{log}, statements...),
	}
}

// trust lets a service assume a role for one resource of this account alone (CodeBuild User Guide, 'Cross-service
// confused deputy prevention'; CodePipeline User Guide, the same).
func trust(t target.Target, sid, service, sourceARN string) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service(service), Action: []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {t.AccountID}},
			"ArnEquals":    {"aws:SourceArn": {sourceARN}},
		},
	})
}
