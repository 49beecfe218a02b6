// Package failover moves an environment of a pair to its second region, and back, one step after another.
//
// Whether a step is done is asked of AWS and of the environment files, and nothing else is remembered: a run that was
// interrupted goes on from what it finds. Only regions that answer are called, and only stacks in such regions
// deployed.
package failover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
)

// Options are what a failover needs. All but RecoveryPoint, Lost, Ask and Probe are required.
type Options struct {
	// Environment is either one of the pair.
	Environment string
	// Back goes back to the primary.
	Back bool
	// Folder holds the environment files, which are edited.
	Folder string
	// RecoveryPoint is the ARN of what the database is restored from in the second region. Default: the newest copy of a
	// backup that has all that the primary had been made of.
	RecoveryPoint string
	// Lost are regions that are not called at all. Others are asked once whether they answer.
	Lost []environments.Region
	// PlatformFromHere deploys the platform from this machine also where cluster.deployer leaves that to CodeBuild.
	PlatformFromHere bool
	// DryRun prints the steps, and how far each is, and changes nothing.
	DryRun bool

	Out io.Writer
	Now func() time.Time
	// Ask asks a person, of whom only a yes goes on. Nil is yes to everything, for rehearsals and tests.
	Ask func(question string) (bool, error)
	// Account reaches the account of the pair.
	Account func(context.Context, environments.Account) (AWS, error)
	// Stacks deploys.
	Stacks Stacks
	// Probe asks a URL, and is an error where it does not answer well. Nil leaves that out.
	Probe func(ctx context.Context, url string) error
}

// Run fails over or goes back. It returns runner.ErrDeclined where somebody said no; what was done before stays done.
func Run(ctx context.Context, options Options) error {
	w := &work{Options: options}
	if err := w.load(); err != nil {
		return err
	}
	var err error
	if w.aws, err = w.Account(ctx, w.primary.Account); err != nil {
		return err
	}
	if w.Back {
		w.say("back from %s (%s) to %s (%s)", w.secondary.Name, w.secondary.Region, w.primary.Name, w.primary.Region)
	} else {
		w.say("failover of %s (%s) to %s (%s)", w.primary.Name, w.primary.Region, w.secondary.Name, w.secondary.Region)
	}
	if err := w.findLost(ctx); err != nil {
		return err
	}
	steps := w.failoverSteps()
	if w.Back {
		steps = w.backSteps()
	}
	if err := w.show(ctx, steps); err != nil || w.DryRun {
		return err
	}
	if err := w.ask("Begin?"); err != nil {
		return err
	}
	return w.walk(ctx, steps)
}

// failoverSteps are in this order because of what each leaves behind if nothing comes after it.
func (w *work) failoverSteps() []step {
	// Without a recovery point there is nothing to fail over to, and no reason to end what still works. From the fence on
	// nobody serves: a primary that comes back can't take writes that the restored copy will never have.
	steps := []step{&choose{w}, &fence{w}}
	if !w.lost[w.primary.Region] {
		steps = append(steps, &stop{w}) // the old writer, when nobody is served by it any more
	}
	// Traffic is let in last, to an application that has its login and its image: until then users get 503, and not errors
	// of a half-made region.
	return append(steps, &promote{w}, &restore{w}, &platform{w, environments.DRSecondary},
		&deliver{w, environments.DRSecondary}, &activate{w}, &verify{w, environments.DRSecondary})
}

// backSteps keep the time short in which nobody can write: what takes long and loses nothing comes before the pause.
// Secrets come first of all, because a plan of the primary would try to replicate them over the promoted ones. The
// primary stays fenced until its database holds what the secondary's holds, and its application runs.
func (w *work) backSteps() []step {
	return []step{&home{w}, &ready{w}, &pause{w}, &snapshot{w}, &restoreHome{w}, &platform{w, environments.DRPrimary},
		&deliver{w, environments.DRPrimary}, &handBack{w}, &verify{w, environments.DRPrimary}}
}

// findLost finds out which regions answer, and refuses what can't be done without one of them.
func (w *work) findLost(ctx context.Context) error {
	w.lost = map[environments.Region]bool{}
	needed := []environments.Region{w.secondary.Region, environments.GlobalRegion, w.primary.Region}
	for _, region := range w.Lost {
		if !slices.Contains(needed, region) {
			return fmt.Errorf("lost region %q is none of those that the pair needs: %v", region, needed)
		}
		w.lose(region, "is lost, as you say")
	}
	for _, region := range needed {
		if w.lost[region] {
			continue
		}
		answers, err := w.aws.Regions.Answers(ctx, region)
		if err != nil {
			return err
		}
		if !answers {
			w.lose(region, "does not answer")
		}
	}
	switch {
	case w.lost[environments.GlobalRegion]:
		return fmt.Errorf("%s is lost, from where DNS and CloudFront are controlled: nobody can change who serves now; "+
			"docs/outages.md says what goes on working", environments.GlobalRegion)
	case w.lost[w.secondary.Region]:
		return fmt.Errorf("%s is lost, where %s is", w.secondary.Region, w.secondary.Name)
	case w.lost[w.primary.Region] && w.Back:
		return fmt.Errorf("%s is lost, where %s is: there is no way back yet", w.primary.Region, w.primary.Name)
	}
	return nil
}

func (w *work) lose(region environments.Region, why string) {
	w.lost[region] = true
	w.aws.Regions.Lose(region)
	w.say("%s %s: it is not called", region, why)
}

// ask goes on with a yes alone.
func (w *work) ask(question string) error {
	if w.Ask == nil {
		return nil
	}
	yes, err := w.Ask(question)
	if err != nil {
		return fmt.Errorf("asking: %w", err)
	}
	if !yes {
		return runner.ErrDeclined
	}
	return nil
}

// errAgain is what to do after a failure.
var errAgain = errors.New("what was done stays done: run the same command again, and it goes on from there")
