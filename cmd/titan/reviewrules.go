package main

import (
	"github.com/spf13/pflag"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/stacks/order"
)

// addAllow adds the flag by which findings are acknowledged.
func addAllow(flags *pflag.FlagSet, allow *[]string) {
	flags.StringArrayVar(allow, "allow", nil, "acknowledge a finding: `VERDICT=ADDRESS`, or VERDICT=STACK:ADDRESS")
}

// allowances are what that flag was given.
func allowances(texts []string) ([]review.Allowance, error) {
	var all []review.Allowance
	for _, text := range texts {
		allowance, err := review.ParseAllowance(text)
		if err != nil {
			return nil, wrongUsage("--allow: %v", err)
		}
		all = append(all, allowance)
	}
	return all, nil
}

// reviewRules are what plans are held to by the environments' files.
func reviewRules(all []environments.Environment, allow []review.Allowance) review.Rules {
	return review.Rules{Allow: allow, Restored: restored(all), Unprotected: unprotected(all), Sent: sent(all)}
}

// sent are the secrets with the origin headers that distributions send. A secondary's are its primary's.
func sent(all []environments.Environment) map[string]string {
	secrets := map[string]string{}
	for _, environment := range all {
		if environment.HasEdge() && environment.DR.Role != environments.DRSecondary {
			secrets[order.Name(environment, order.Environment)] =
				environments.OriginSecretName(environment.Prefix(), environment.LoadBalancer.OriginSecret)
		}
	}
	return secrets
}

// unprotected are the stacks whose file acknowledges that protection is off.
func unprotected(all []environments.Environment) []string {
	var names []string
	for _, environment := range all {
		if environment.Protected() || !environment.Acknowledges(environments.AcknowledgeProtectionOff) {
			continue
		}
		for _, stack := range order.Of(environment) {
			if !stack.Shared() {
				names = append(names, stack.Name)
			}
		}
	}
	return names
}

// restored are the stacks whose database is a copy, which a failover restores anew.
func restored(all []environments.Environment) []string {
	var names []string
	for _, environment := range all {
		if environment.Standby() {
			names = append(names, order.Name(environment, order.Environment))
		}
	}
	return names
}
