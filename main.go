// Titan turns one short file per environment into Terraform JSON for a whole AWS platform.
//
// `go run .` synthesizes every environment of environments/ into cdktf.out; the cdktf CLI calls it for each of
// its verbs. TITAN_ENVIRONMENTS=prod,dev limits it to those. A repository of your own has the same program:
// `titan init` writes it.
package main

import "github.com/titan-platform/titan/stacks"

func main() { stacks.Main() }
