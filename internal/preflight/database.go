package preflight

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// orderableAPI is what of RDS is asked for what it offers.
type orderableAPI interface {
	rds.DescribeDBEngineVersionsAPIClient
	rds.DescribeOrderableDBInstanceOptionsAPIClient
}

// askDatabase asks whether the engine's version is offered, and the class with it, in each zone of an instance.
func askDatabase(ctx context.Context, client orderableAPI, database needs.Database) Result {
	subject := database.Engine + " " + database.Version + " on " + database.Class + " in " + string(database.Region)
	versions, err := engineVersions(ctx, client, database.Engine)
	if err != nil {
		return unanswered(subject, err)
	}
	if !slices.Contains(versions, database.Version) {
		return bad(subject, "set database.engine_version to one of "+strings.Join(versions, ", "),
			"RDS does not offer version %s", database.Version)
	}
	zones, offered, err := orderableZones(ctx, client, database)
	switch {
	case err != nil:
		return unanswered(subject, err)
	case !offered:
		return bad(subject, "set database.instance_class to one that `aws rds describe-orderable-db-instance-options` lists",
			"RDS does not offer %s with this version", database.Class)
	}
	for _, zone := range database.Zones {
		if !slices.Contains(zones, zone) {
			return bad(subject, "set another database.instance_class, or other zones in network.availability_zones",
				"RDS offers it in %s, and not in %s", strings.Join(zones, ", "), zone)
		}
	}
	return good(subject, "offered in %s", strings.Join(zones, ", "))
}

func engineVersions(ctx context.Context, client orderableAPI, engine string) ([]string, error) {
	input := &rds.DescribeDBEngineVersionsInput{Engine: &engine}
	return collect(ctx, rds.NewDescribeDBEngineVersionsPaginator(client, input),
		func(page *rds.DescribeDBEngineVersionsOutput) []string {
			var versions []string
			for _, version := range page.DBEngineVersions {
				versions = append(versions, aws.ToString(version.EngineVersion))
			}
			return versions
		})
}

// orderableZones are the zones in which a database's class and version are offered, and whether they are at all.
func orderableZones(
	ctx context.Context, client orderableAPI, database needs.Database,
) (zones []string, offered bool, err error) {
	zones, err = collect(ctx, rds.NewDescribeOrderableDBInstanceOptionsPaginator(client,
		&rds.DescribeOrderableDBInstanceOptionsInput{
			Engine: &database.Engine, EngineVersion: &database.Version, DBInstanceClass: &database.Class,
		}),
		func(page *rds.DescribeOrderableDBInstanceOptionsOutput) []string {
			var names []string
			for _, option := range page.OrderableDBInstanceOptions {
				offered = true
				for _, zone := range option.AvailabilityZones {
					names = append(names, aws.ToString(zone.Name))
				}
			}
			return names
		})
	slices.Sort(zones)
	return slices.Compact(zones), offered, err
}
