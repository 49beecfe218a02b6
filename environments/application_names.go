package environments

import "strings"

// defaultApplication is the document's application. Its names are the document's own; those of any other are made of
// its name.
const defaultApplication = "birthday-app"

// ShortName is the application's name without -app at its end: birthday.
func (a Application) ShortName() string { return strings.TrimSuffix(a.Name, "-app") }

// identifier is the short name as PostgreSQL takes it without quotes.
func (a Application) identifier() string { return strings.ReplaceAll(a.ShortName(), "-", "_") }

// ServiceName is what the application calls itself in its traces, and X-Ray knows it by: birthday-app-service. X-Ray
// compares names as a whole: the document's "*app-service*", of which it would take the stars literally, would match
// nothing.
func (a Application) ServiceName() string { return a.Name + "-service" }

// DatabaseName is the Aurora cluster's, the document's birthday-db with the environment.
func (e Environment) DatabaseName() string { return e.Application.ShortName() + "-db-" + e.Name }

// SnapshotName is a one-off snapshot's of the database, of a name in database.snapshots.
func (e Environment) SnapshotName(name string) string { return e.DatabaseName() + "-" + name }

// DatabaseUser is the application's role in the database. It is in the secret below, in the policy of a login by IAM,
// and in the chart.
func (e Environment) DatabaseUser() string { return e.Application.identifier() + "_app" }

// DatabaseSecret is the secret with the application's login to Aurora, the document's db-credentials with the
// environment. A secondary reads its primary's, replicated to its region: its database is a copy of the primary's, with
// the same roles.
func (e Environment) DatabaseSecret() string {
	name := "db-credentials-" + e.Name
	if e.DR.Role == DRSecondary {
		name = "db-credentials-" + e.DR.Primary
	}
	if e.Application.Name == defaultApplication {
		return name
	}
	return e.Application.ShortName() + "-" + name
}

// TraceGroupName is the X-Ray group's, the document's app-tracing-group with the environment.
func (e Environment) TraceGroupName() string {
	if e.Application.Name == defaultApplication {
		return "app-tracing-group-" + e.Name
	}
	return e.Application.ShortName() + "-" + e.Name // which has 32 characters at most
}

// ImageRepository is ECR's, of the image. A secondary has its primary's, replicated to its region under the same name.
func (e Environment) ImageRepository() string { return e.registryPrefix() + "/" + e.Application.Name }

// ChartRepository is the chart's.
func (e Environment) ChartRepository() string {
	return e.registryPrefix() + "/charts/" + e.Application.Name
}

func (e Environment) registryPrefix() string {
	if e.DR.Role == DRSecondary {
		return e.PrimaryPrefix()
	}
	return e.Prefix()
}

// ImageParameter is the SSM parameter that says which image runs.
func (e Environment) ImageParameter() string {
	return "/" + e.Prefix() + "/" + e.Application.Name + "/image"
}
