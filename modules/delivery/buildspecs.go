package delivery

import _ "embed"

// What the projects do. Each is a file for itself, which a test runs with stand-ins of its tools.
var (
	//go:embed buildspec/build.yml
	buildSpec string
	//go:embed buildspec/promote.yml
	promoteSpec string
	//go:embed buildspec/publish.yml
	publishSpec string
	//go:embed buildspec/deploy.yml
	deploySpec string
)
