package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// lookups make on an emulator what stacks look up and other stacks or people make, so that each can be planned alone:
// zones, secrets, parameters and the role to plan by, by the names that stand in the synthesized JSON. What AWS itself
// has, prefix lists and the like, the emulator has too.
type lookups struct {
	url   string
	made  map[string]bool   // by data source and name
	zones map[string]string // the ids that the emulator gave to zones that are looked up by another one
}

func newLookups(url string) lookups {
	return lookups{url: url, made: map[string]bool{}, zones: map[string]string{}}
}

// lookedUp is a synthesized stack as far as it looks something up.
type lookedUp struct {
	Provider struct {
		AWS []struct {
			Region     string
			AssumeRole []struct {
				ARN string `json:"role_arn"`
			} `json:"assume_role"`
		} `json:"aws"`
	} `json:"provider"`
	Data struct {
		Zones map[string]struct {
			Name string
			ID   string `json:"zone_id"`
		} `json:"aws_route53_zone"`
		Secrets map[string]struct{ Name string } `json:"aws_secretsmanager_secret"`
		Values  map[string]struct {
			SecretID string `json:"secret_id"`
		} `json:"aws_secretsmanager_secret_version"`
		Parameters map[string]struct{ Name string } `json:"aws_ssm_parameter"`
	} `json:"data"`
}

// make makes what a synthesized stack looks up by a name, once, and returns the stack as it finds that: a zone that is
// looked up by its id has another one. What the stack finds by a reference, it makes itself.
func (l lookups) make(ctx context.Context, synthesized []byte) ([]byte, error) {
	var stack lookedUp
	if err := json.Unmarshal(synthesized, &stack); err != nil {
		return nil, fmt.Errorf("reading what a stack looks up: %w", err)
	}
	provider := stack.Provider.AWS[0]
	for _, role := range provider.AssumeRole {
		if err := l.once("role", role.ARN, func() error { return l.role(ctx, role.ARN) }); err != nil {
			return nil, err
		}
	}
	for _, zone := range stack.Data.Zones {
		if err := l.once("zone", zone.Name+zone.ID, func() error { return l.zone(ctx, zone.Name, zone.ID) }); err != nil {
			return nil, err
		}
		if id := l.zones[zone.ID]; id != "" {
			synthesized = bytes.ReplaceAll(synthesized, []byte(zone.ID), []byte(id))
		}
	}
	for _, name := range stack.secrets() {
		if err := l.once("secret in "+provider.Region, name, func() error { return l.secret(ctx, provider.Region, name) }); err != nil {
			return nil, err
		}
	}
	for _, parameter := range stack.Data.Parameters {
		name := parameter.Name
		if strings.HasPrefix(name, "/aws/") { // AWS' own
			continue
		}
		if err := l.once("parameter in "+provider.Region, name, func() error { return l.parameter(ctx, provider.Region, name) }); err != nil {
			return nil, err
		}
	}
	return synthesized, nil
}

// secrets are the names of those that are looked up, for their values or for their ARNs alone.
func (s lookedUp) secrets() []string {
	var names []string
	for _, secret := range s.Data.Secrets {
		names = append(names, secret.Name)
	}
	for _, value := range s.Data.Values {
		names = append(names, value.SecretID)
	}
	return names
}

// once makes a thing of a name that is known, and not yet made.
func (l lookups) once(what, name string, create func() error) error {
	if name == "" || strings.Contains(name, "${") || l.made[what+" "+name] {
		return nil
	}
	l.made[what+" "+name] = true
	if err := create(); err != nil {
		return fmt.Errorf("making %s %q on the emulator: %w", what, name, err)
	}
	return nil
}
