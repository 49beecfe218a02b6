package preflight

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// hostedZones is what of Route 53 is used.
type hostedZones interface {
	ListHostedZonesByName(
		context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
	) (*route53.ListHostedZonesByNameOutput, error)
	GetHostedZone(
		context.Context, *route53.GetHostedZoneInput, ...func(*route53.Options),
	) (*route53.GetHostedZoneOutput, error)
	ListTagsForResource(
		context.Context, *route53.ListTagsForResourceInput, ...func(*route53.Options),
	) (*route53.ListTagsForResourceOutput, error)
}

// zoneCheck is the check of a zone and its delegation.
type zoneCheck struct {
	zone     needs.HostedZone
	maker    string // the stack that makes it, of this environment or another of the account; empty is nobody's
	client   hostedZones
	resolver Resolver
}

func (c zoneCheck) ask(ctx context.Context) []Result {
	subject := "zone " + c.zone.Name
	if c.zone.ID != "" {
		subject = "zone " + c.zone.ID
	}
	found, err := c.find(ctx)
	if err != nil {
		return []Result{unanswered(subject, err)}
	}
	result := c.judge(ctx, subject, found)
	if len(found) != 1 || result.Severity == Bad {
		return []Result{result}
	}
	return append([]Result{result}, c.askDelegation(ctx, found[0]))
}

// find are the account's public zones that may be meant.
func (c zoneCheck) find(ctx context.Context) ([]types.HostedZone, error) {
	if c.zone.ID != "" {
		answer, err := c.client.GetHostedZone(ctx, &route53.GetHostedZoneInput{Id: &c.zone.ID})
		var none *types.NoSuchHostedZone
		if errors.As(err, &none) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return []types.HostedZone{*answer.HostedZone}, nil
	}
	// The list begins at the name, and goes on with those after it.
	answer, err := c.client.ListHostedZonesByName(ctx, &route53.ListHostedZonesByNameInput{DNSName: &c.zone.Name})
	if err != nil {
		return nil, err
	}
	var found []types.HostedZone
	for _, zone := range answer.HostedZones {
		private := zone.Config != nil && zone.Config.PrivateZone
		if !private && strings.TrimSuffix(aws.ToString(zone.Name), ".") == c.zone.Name {
			found = append(found, zone)
		}
	}
	return found, nil
}

func (c zoneCheck) judge(ctx context.Context, subject string, found []types.HostedZone) Result {
	switch {
	case len(found) > 1:
		return bad(subject, "set dns.zone_id to the one that the domain is delegated to, or delete the other",
			"the account has %d of the name: %s", len(found), strings.Join(each(found, zoneID), ", "))
	case len(found) == 0 && c.zone.ID != "":
		return bad(subject, "correct dns.zone_id, or leave it out", "the account has no zone of that id")
	case len(found) == 0 && c.maker == "":
		return bad(subject, "set dns.create_zone: true in the file of one environment, or log in to the account that has it",
			"the account has none of the name, and no stack makes it")
	case len(found) == 0:
		return good(subject,
			"not there yet: %s makes it, and its output name_servers is what the parent domain delegates to", c.maker)
	case c.zone.Stack == "":
		return good(subject, "the account has it: %s", *zoneID(found[0]))
	}
	return c.judgeMade(ctx, subject, found[0])
}

// judgeMade tells a zone that a stack made from one that was there before, such as the one that Route 53 makes for a
// domain that is registered there: a second one of the name would not be asked by anybody.
func (c zoneCheck) judgeMade(ctx context.Context, subject string, zone types.HostedZone) Result {
	tags, err := c.client.ListTagsForResource(ctx, &route53.ListTagsForResourceInput{
		ResourceType: types.TagResourceTypeHostedzone, ResourceId: zoneID(zone),
	})
	if err != nil {
		reason, remedy := reasonOf(err)
		return unknown(subject, remedy, "the account has it, and whether %s made it is unknown: %s", c.zone.Stack, reason)
	}
	if tags.ResourceTagSet != nil {
		for _, tag := range tags.ResourceTagSet.Tags {
			if aws.ToString(tag.Key) == "stack" && aws.ToString(tag.Value) == c.zone.Stack {
				return good(subject, "%s made it: %s", c.zone.Stack, *zoneID(zone))
			}
		}
	}
	return bad(subject, "take that one, without dns.create_zone, or delete it",
		"%s is there, and %s would make a second one of the name", *zoneID(zone), c.zone.Stack)
}

// zoneID is a zone's id without its path: /hostedzone/Z1 is Z1.
func zoneID(zone types.HostedZone) *string {
	id := aws.ToString(zone.Id)
	return aws.String(id[strings.LastIndex(id, "/")+1:])
}

// askDelegation compares the zone's name servers with those that the world is sent to.
func (c zoneCheck) askDelegation(ctx context.Context, zone types.HostedZone) Result {
	name := strings.TrimSuffix(aws.ToString(zone.Name), ".")
	subject := "delegation of " + name
	if c.resolver == nil {
		return unknown(subject, "", "an emulator's zones are not in the DNS that the world asks")
	}
	answer, err := c.client.GetHostedZone(ctx, &route53.GetHostedZoneInput{Id: zone.Id})
	if err != nil {
		return unanswered(subject, err)
	}
	if answer.DelegationSet == nil || len(answer.DelegationSet.NameServers) == 0 {
		return unknown(subject, "", "Route 53 names no servers of the zone")
	}
	want := servers(answer.DelegationSet.NameServers)
	found, err := c.resolver.NameServers(ctx, name)
	if err != nil {
		return unanswered(subject, err)
	}
	remedy := fmt.Sprintf("make %s the NS record of %s in its parent domain, or at its registrar", want, name)
	switch got := servers(found); {
	case len(found) == 0:
		return bad(subject, remedy, "nobody is sent to the zone, and no certificate in it can be validated")
	case got != want:
		return bad(subject, remedy, "it leads to %s, and not to the zone's servers", got)
	}
	return good(subject, "it leads to the zone's servers")
}
