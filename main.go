// Titan turns one short file per environment into Terraform JSON for a whole AWS platform.
//
// `go run .` synthesizes every environment of environments/ into cdktf.out; the cdktf CLI calls it for each of its verbs.
// TITAN_ENVIRONMENTS=prod,dev limits it to those.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/stacks"
)

func main() {
	stderr := os.Stderr // closing the app silences os.Stderr
	if err := synthesize(); err != nil {
		fmt.Fprintln(stderr, err)
		os.Exit(1)
	}
}

func synthesize() error {
	faststart.Enable()
	// Every file is checked before anything is built, so that a bad one leaves cdktf.out as it was.
	all, err := environments.Load(environments.Dir(), os.Getenv("TITAN_ENVIRONMENTS"))
	if err != nil {
		return err
	}
	for _, warning := range environments.Warnings(all, time.Now()) {
		fmt.Fprintln(os.Stderr, "warning:", warning)
	}
	app, err := app.New("")
	if err != nil {
		return err
	}
	defer app.Close()
	if err := stacks.Build(app, all); err != nil {
		return err
	}
	return app.Write(os.Stdout)
}
