package delivery

import (
	"slices"
	"strconv"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/build"
	"github.com/titan-platform/titan/modules/delivery/role"
)

// Source is an environment that images are promoted from, in whichever account.
type Source struct {
	Environment string // staging
	Target      target.Target
	Delivery    role.Delivery
}

// promoteMinutes is how long a promotion waits for the other environment's pipeline, which the same commit has started.
// It ends sooner where the commit's run there has ended.
const promoteMinutes = 90

// imageProject declares the project that says which image is deployed: it builds one, or
// promotes another environment's.
func (c PipelineConfig) imageProject(scope constructs.Construct) build.Output {
	if c.Source != nil {
		return c.promoteProject(scope)
	}
	variables := []build.Variable{
		{Name: "TRIVY_URL", Value: trivy[c.Architecture].url},
		{Name: "TRIVY_SHA256", Value: trivy[c.Architecture].sha256},
		{Name: "ARCHITECTURE", Value: string(c.Architecture)},
		{Name: "REPOSITORY", Value: c.ImageURL()},
		{Name: "REPOSITORY_NAME", Value: c.Delivery.Image},
	}
	if c.Settings.IgnoreUnfixed {
		// Trivy reads each of its flags from the environment as well (trivy.dev, 'Configuration', environment variables).
		variables = append(variables, build.Variable{Name: "TRIVY_IGNORE_UNFIXED", Value: "true"})
	}
	return build.New(scope, "build", c.project(role.Build(c.Target, c.Delivery), buildSpec, 60, true, variables...))
}

func (c PipelineConfig) promoteProject(scope constructs.Construct) build.Output {
	from := c.Source
	there := RegistryHost(from.Target.AccountID, from.Target.Region)
	promotion := from.Target.RoleARN(role.PromotionName(from.Target.Name))
	return build.New(scope, "promote",
		c.project(role.Promote(c.Target, c.Delivery, promotion), promoteSpec, promoteMinutes+15, true,
			build.Variable{Name: "REPOSITORY", Value: c.ImageURL()},
			build.Variable{Name: "REPOSITORY_NAME", Value: c.Delivery.Image},
			build.Variable{Name: "SOURCE_ENVIRONMENT", Value: from.Environment},
			build.Variable{Name: "SOURCE_ROLE", Value: promotion},
			build.Variable{Name: "SOURCE_REGION", Value: from.Target.Region},
			build.Variable{Name: "SOURCE_REGISTRY", Value: there},
			build.Variable{Name: "SOURCE_REPOSITORY", Value: there + "/" + from.Delivery.Image},
			build.Variable{Name: "SOURCE_REPOSITORY_NAME", Value: from.Delivery.Image},
			build.Variable{Name: "SOURCE_PIPELINE", Value: PipelineName(from.Target, c.Application)},
			build.Variable{Name: "SOURCE_PARAMETER", Value: from.Delivery.Parameter},
			build.Variable{Name: "WAIT_SECONDS", Value: strconv.Itoa(promoteMinutes * 60)},
			build.Variable{Name: "POLL_SECONDS", Value: "30"},
		))
}

// publishProject declares the project that publishes the chart.
func (c PipelineConfig) publishProject(scope constructs.Construct) build.Output {
	return build.New(scope, "publish", c.project(role.Publish(c.Target, c.Delivery), publishSpec, 15, false,
		build.Variable{Name: "HELM_URL", Value: helm.url},
		build.Variable{Name: "HELM_SHA256", Value: helm.sha256},
		build.Variable{Name: "CHART", Value: c.ChartURL()},
		build.Variable{Name: "CHART_REPOSITORY_NAME", Value: c.Delivery.Chart},
		build.Variable{Name: "CHART_FOLDER", Value: c.ChartFolder},
	))
}

func (c PipelineConfig) project(
	acting role.Role, buildspec string, minutes int, docker bool, variables ...build.Variable,
) build.Config {
	config := build.Config{
		Role:       acting,
		Buildspec:  buildspec,
		Variables:  append([]build.Variable{{Name: "REGISTRY", Value: c.registry()}}, variables...),
		Docker:     docker,
		Medium:     docker,
		Minutes:    minutes,
		LogDays:    c.LogDays,
		LogKeyARN:  c.LogKeyARN,
		DataKeyARN: c.DataKeyARN,
	}
	if c.Source == nil && docker {
		config.Architecture = c.Architecture // an image is built on a machine of its own kind, without emulation
	}
	return config
}

// NewPromotion declares the role by which other environments read which image of the application
// runs here, and copy it.
func NewPromotion(scope constructs.Construct, id string, config Common, application string, promoters []target.Target) {
	var accounts, roles []string
	for _, p := range promoters {
		accounts, roles = append(accounts, p.AccountID), append(roles, p.RoleARN(role.PromoteName(p.Name)))
	}
	slices.Sort(accounts)
	accounts = slices.Compact(accounts)
	build.NewRole(constructs.NewConstruct(scope, jsii.String(id)),
		role.Promotion(config.Target, config.Delivery, PipelineName(config.Target, application), accounts, roles))
}
