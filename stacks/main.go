package stacks

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/internal/faststart"
	"github.com/titan-platform/titan/stacks/extension"
)

// EnvironmentsVariable limits a synthesis to some environments: TITAN_ENVIRONMENTS=prod,dev.
const EnvironmentsVariable = "TITAN_ENVIRONMENTS"

// Main is the whole program of a CDKTF project that uses Titan: it synthesizes every environment of environments/ into
// cdktf.out, with what extensions add, and ends the process with 1 where that fails. The cdktf CLI calls it for each of
// its verbs.
func Main(own ...extension.Extension) {
	stderr := os.Stderr // closing the app silences os.Stderr
	if err := synthesize(own); err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		os.Exit(1)
	}
}

func synthesize(own []extension.Extension) error {
	if build, ok := debug.ReadBuildInfo(); ok {
		if err := checkBindings(build.Deps); err != nil {
			return err
		}
	}
	faststart.Enable()
	// Every file is checked before anything is built, so that a bad one leaves cdktf.out as it was.
	all, err := environments.Load(environments.Dir(), os.Getenv(EnvironmentsVariable))
	if err != nil {
		return err
	}
	if !app.IsHelper() {
		for _, warning := range environments.Warnings(all, time.Now()) {
			_, _ = fmt.Fprintln(os.Stderr, "warning:", warning)
		}
	}
	titan, err := app.New("")
	if err != nil {
		return err
	}
	defer titan.Close()
	if !app.IsHelper() {
		if err := share(titan, all); err != nil {
			return err
		}
	}
	if err := Build(titan, all, own...); err != nil {
		return err
	}
	return titan.Write(os.Stdout)
}
