package fresh

import (
	"net/http"
	"regexp"

	"github.com/titan-platform/titan/internal/emulator"
)

// role is the key of a role or user, permissions that of the policies of a role, by its name.
func role(arn string) string        { return key("principal", arn) }
func permissions(arn string) string { return key("permissions-of", last(arn)) }

// serviceLinked is the key of a service's own role.
func serviceLinked(service string) string { return key("service-linked-role", service) }

// namesRole needs the role in a field of a JSON body.
func namesRole(path ...string) func(*emulator.Request, *memory) []string {
	return needsOf(role, path...)
}

// usesRole needs the permissions of the role in a field of a JSON body.
func usesRole(path ...string) func(*emulator.Request, *memory) []string {
	return needsOf(permissions, path...)
}

func needsOf(key func(string) string, path ...string) func(*emulator.Request, *memory) []string {
	return func(r *emulator.Request, _ *memory) []string {
		if arn := text(r.Body, path...); arn != "" {
			return []string{key(arn)}
		}
		return nil
	}
}

// formNamesRole and formUsesRole are the same for a field of a form.
func formNamesRole(field string) func(*emulator.Request, *memory) []string {
	return formNeedsOf(role, field)
}

func formUsesRole(field string) func(*emulator.Request, *memory) []string {
	return formNeedsOf(permissions, field)
}

func formNeedsOf(key func(string) string, field string) func(*emulator.Request, *memory) []string {
	return func(r *emulator.Request, _ *memory) []string {
		if arn := r.Form.Get(field); arn != "" {
			return []string{key(arn)}
		}
		return nil
	}
}

// iamNotes are the calls that change what IAM has.
var iamNotes = []note{
	{service: "iam", actions: []string{"CreateRole", "CreateServiceLinkedRole"}, made: madeRole},
	{service: "iam", actions: []string{"PutRolePolicy", "AttachRolePolicy"}, made: changedPermissions},
}

func madeRole(_ *emulator.Request, reply *emulator.Reply, _ *memory) []string {
	return keysOfRole(element(reply.Body, "Arn"))
}

var linked = regexp.MustCompile(`:role/aws-service-role/([^/]+)/`)

// keysOfRole are a role's, and that of the service to which it is linked.
func keysOfRole(arn string) []string {
	keys := []string{role(arn)}
	if service := linked.FindStringSubmatch(arn); service != nil {
		keys = append(keys, serviceLinked(service[1]))
	}
	return keys
}

func changedPermissions(r *emulator.Request, _ *emulator.Reply, _ *memory) []string {
	return []string{permissions(r.Form.Get("RoleName"))}
}

// roleRefusals are of calls that name a role which their service can't assume yet.
var roleRefusals = []refusal{
	{
		kind: RoleUnseen, service: "eks", actions: []string{"POST /clusters"}, needs: namesRole("roleArn"),
		code: "InvalidParameterException", message: "roleArn, %s, does not exist",
		source: "terraform-provider-aws, internal/service/eks/cluster.go",
	},
	{
		kind: RoleUnseen, service: "eks", actions: []string{"POST /clusters/*/access-entries"},
		needs: namesRole("principalArn"),
		code:  "InvalidParameterException", message: "The specified principalArn is invalid: invalid principal.",
		source: "terraform-provider-aws, internal/service/eks/access_entry.go",
	},
	{
		kind: RoleUnseen, service: "codebuild", actions: []string{"CreateProject"}, needs: namesRole("serviceRole"),
		code: "InvalidInputException", message: "CodeBuild is not authorized to perform: sts:AssumeRole on %s",
		source: "terraform-provider-aws, internal/service/codebuild/project.go",
	},
	{
		kind: RoleUnseen, service: "codepipeline", actions: []string{"CreatePipeline"},
		needs: namesRole("pipeline", "roleArn"),
		code:  "InvalidStructureException", message: "CodePipeline is not authorized to perform AssumeRole on role %s",
		source: "terraform#19264",
	},
	{
		kind: RoleUnseen, service: "firehose", actions: []string{"CreateDeliveryStream"},
		needs:   namesRole("ExtendedS3DestinationConfiguration", "RoleARN"),
		code:    "InvalidArgumentException",
		message: "Firehose is unable to assume role %s. Please check the role provided.",
		source:  "terraform-provider-aws, internal/service/firehose/delivery_stream.go",
	},
	{
		kind: RoleUnseen, service: "logs", actions: []string{"PutSubscriptionFilter"}, needs: namesRole("roleArn"),
		code:    "ValidationException",
		message: "Make sure you have given CloudWatch Logs permission to assume the provided role.",
		source:  "terraform-provider-aws#48088; 5.100.0 does not try again",
	},
	{
		kind: RoleUnseen, service: "ec2", actions: []string{"CreateFlowLogs"},
		needs: formNamesRole("DeliverLogsPermissionArn"),
		code:  "InvalidParameter", message: "Unable to assume given IAM role",
		source: "terraform-provider-aws, internal/service/ec2/vpc_flow_log.go",
	},
	{
		kind: RoleUnseen, service: "backup",
		actions: []string{"PUT /backup/plans/*/selections", "PUT /backup/plans/*/selections/"},
		needs:   namesRole("BackupSelection", "IamRoleArn"),
		code:    "InvalidParameterValueException", message: "IAM Role %s cannot be assumed by AWS Backup",
		source: "terraform-provider-aws, internal/service/backup/selection.go",
	},
	{
		kind: RoleUnseen, service: "rds", actions: []string{"StartExportTask"}, needs: formNamesRole("IamRoleArn"),
		status: http.StatusNotFound, code: "IamRoleNotFound",
		message: "The IAM role is missing for exporting to an Amazon S3 bucket.",
		source:  "RDS API Reference, StartExportTask",
	},
	{
		kind: RoleUnseen, service: "cloudtrail", actions: []string{"CreateTrail", "UpdateTrail"},
		needs:   namesRole("CloudWatchLogsRoleArn"),
		code:    "InvalidCloudWatchLogsRoleArnException",
		message: "Access denied. Check the trust relationships for your role.",
		source:  "terraform-aws-cloudtrail-cloudwatch-alarms#2",
	},
}
