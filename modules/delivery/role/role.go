// Package role is the table of the roles that deliver: for each, who assumes it and the smallest policy that works, with the source that says
// so. Nothing here touches a construct, so a test can go through all of it.
package role

import (
	"fmt"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// Place is where the roles of an environment act.
type Place struct {
	Partition string // aws
	AccountID string // 12 digits
	Region    string
	Name      string // begins every role's name: titan-prod
}

// Role is one role and what it may do.
type Role struct {
	Name        string // titan-prod-deploy; a build's project has the same
	Description string
	Trust       string // the trust policy
	Statements  []iampolicy.Statement
}

// Allow is a statement.
func Allow(sid string, resources []string, conditions iampolicy.Conditions, actions ...string) iampolicy.Statement {
	return iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Action: actions, Resource: resources, Condition: conditions}
}

// everything is for actions that IAM can't limit to a resource, as the Service Authorization Reference has them.
var everything = []string{"*"}

// ARN is the ARN of something of this account and region.
func (p Place) ARN(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", p.Partition, service, p.Region, p.AccountID, resource)
}

// RoleARN is the ARN of a role of this account.
func (p Place) RoleARN(name string) string {
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", p.Partition, p.AccountID, name)
}

// LogGroup is where CodeBuild writes a project's log by default.
func LogGroup(project string) string { return "/aws/codebuild/" + project }

// Project is the role of a CodeBuild project of the same name. It writes the project's log, which is there before the first build.
func (p Place) Project(name, description string, statements ...iampolicy.Statement) Role {
	log := Allow("WriteLog", []string{p.ARN("logs", "log-group:"+LogGroup(name)+":*")}, nil, "logs:CreateLogStream", "logs:PutLogEvents")
	return Role{
		Name: name, Description: description,
		Trust:      p.trust("CodeBuild", "codebuild.amazonaws.com", p.ARN("codebuild", "project/"+name)),
		Statements: append([]iampolicy.Statement{log}, statements...),
	}
}

// trust lets a service assume a role for one resource of this account alone (CodeBuild User Guide, 'Cross-service confused deputy prevention';
// CodePipeline User Guide, the same).
func (p Place) trust(sid, service, sourceARN string) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service(service), Action: []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {p.AccountID}},
			"ArnEquals":    {"aws:SourceArn": {sourceARN}},
		},
	})
}
