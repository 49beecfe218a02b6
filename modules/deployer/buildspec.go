package deployer

import _ "embed"

// What the projects do. Their variables have no braces: Terraform would take them for its own.
var (
	//go:embed buildspec/plan.yml
	planSpec string
	//go:embed buildspec/apply.yml
	applySpec string
)

// terraformVersion is the release that the deployer runs, the one that this project is tested with.
const terraformVersion = "1.11.4"
