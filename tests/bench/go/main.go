// Command go is the bench's program: stacks of 48 resources that load all three providers. ../ts is the same in TypeScript, and
// the bench checks that both write the same JSON.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/faststart"
)

func main() {
	stacks := flag.Int("stacks", 1, "how many stacks")
	out := flag.String("out", "cdktf.out", "folder to write to")
	flag.Parse()
	if flag.NArg() > 0 || *stacks < 1 {
		fmt.Fprintln(os.Stderr, "usage: go [-stacks N] [-out DIR], N at least 1")
		os.Exit(2)
	}

	faststart.Enable()
	defer jsii.Close()
	app := cdktf.NewApp(&cdktf.AppConfig{Outdir: out})
	for i := range *stacks {
		newStack(app, fmt.Sprintf("bench-%d", i+1))
	}
	app.Synth()
}
