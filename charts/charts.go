// Package charts holds the Helm charts of this repository, so that a program that uses Titan as a module has them.
package charts

import "embed"

// Files are the charts, a folder each. `all:` keeps what begins with a point or an underscore:
// .helmignore, _helpers.tpl.
//
//go:embed all:birthday-app all:secret-store all:target-group-binding
var Files embed.FS
