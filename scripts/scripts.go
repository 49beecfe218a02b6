// Package scripts holds the shell scripts that a program has to have with it where it is used as a module.
package scripts

import _ "embed"

// Doctor checks the tools that have to be there. It is run with the repository's root in TITAN_ROOT.
//
//go:embed doctor.sh
var Doctor string
