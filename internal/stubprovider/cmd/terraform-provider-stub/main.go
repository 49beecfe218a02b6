// Command terraform-provider-stub stands in for a Terraform provider in tests. Which one, its file's name says:
// terraform-provider-helm_v2.17.0_x5 is helm.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/internal/stubprovider/server"
)

func main() {
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	provider, _, _ := strings.Cut(name, "_")
	if err := server.Serve(provider); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
