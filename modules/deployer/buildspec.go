package deployer

import _ "embed"

// buildspec is what a build does. The commit is the caller's choice: `aws codebuild start-build --source-version`, else the repository's
// default branch. Its variables have no braces: Terraform would take them for its own.
//
//go:embed buildspec.yml
var buildspec string

// terraformVersion is the release that the deployer runs, the one that this project is tested with.
const terraformVersion = "1.11.4"
