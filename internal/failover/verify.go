package failover

import (
	"context"
	"fmt"
	"time"

	"github.com/titan-platform/titan/environments"
)

// verify asks from outside, as a user would.
type verify struct {
	*work
	role environments.DRRole
}

// readyPath is what an application answers once it reaches its database (docs/contract.md).
const readyPath = "/readyz"

// How long users may still be led the old way: Route 53 decides in three minutes, its records and CloudFront's
// connections live one, and a cached refusal ten seconds.
const (
	probeFor   = 15 * time.Minute
	probeEvery = 10 * time.Second
)

func (s *verify) about() about {
	return about{title: "check", changes: "nothing", costs: "up to a quarter of an hour"}
}

func (s *verify) done(context.Context) (bool, string, error) { return false, "", nil }

func (s *verify) do(ctx context.Context) error {
	served, remark, err := s.isServed(ctx, s.role)
	if err != nil {
		return err
	}
	if !served {
		return fmt.Errorf("%s does not serve: %s", s.one(s.role).Name, remark)
	}
	s.say("%s", remark)
	_, err = s.complete(ctx, s.one(s.role))
	return err
}

func (s *verify) check(ctx context.Context) error {
	if err := s.probe(ctx); err != nil {
		return err
	}
	s.say("\n%s serves. Commit %s.yaml and %s.yaml.", s.one(s.role).Name, s.primary.Name, s.secondary.Name)
	if s.role == environments.DRPrimary {
		s.say("Scale the application of %s up again: %s", s.secondary.Name, s.scaleCommand(2))
	}
	return nil
}

// probe asks until the application answers.
func (s *verify) probe(ctx context.Context) error {
	url := "https://" + s.primary.DNS.Name + readyPath
	if s.Probe == nil {
		s.say("not asked: %s", url)
		return nil
	}
	until := s.Now().Add(probeFor)
	for {
		err := s.Probe(ctx, url)
		if err == nil {
			s.say("%s answers", url)
			return nil
		}
		if ctx.Err() != nil || s.Now().After(until) {
			return fmt.Errorf("asking %s for %s: %w", url, probeFor, err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(probeEvery):
		}
	}
}
