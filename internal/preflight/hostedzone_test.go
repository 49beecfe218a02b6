package preflight

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
	"github.com/titan-platform/titan/internal/preflight/resolver"
)

// fakeRoute53 has zones by id, with their names; `stack` is the tag of all.
type fakeRoute53 struct {
	zones map[string]string
	stack string
	err   error
	tags  error
}

func (f fakeRoute53) ListHostedZonesByName(
	context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
) (*route53.ListHostedZonesByNameOutput, error) {
	answer := &route53.ListHostedZonesByNameOutput{}
	for _, id := range []string{"Z1", "Z2", "private"} {
		if name, found := f.zones[id]; found {
			answer.HostedZones = append(answer.HostedZones, types.HostedZone{
				Id: aws.String("/hostedzone/" + id), Name: aws.String(name + "."),
				Config: &types.HostedZoneConfig{PrivateZone: id == "private"},
			})
		}
	}
	return answer, f.err
}

func (f fakeRoute53) GetHostedZone(
	_ context.Context, in *route53.GetHostedZoneInput, _ ...func(*route53.Options),
) (*route53.GetHostedZoneOutput, error) {
	return &route53.GetHostedZoneOutput{
		HostedZone:    &types.HostedZone{Id: in.Id, Name: aws.String("example.com.")},
		DelegationSet: &types.DelegationSet{NameServers: []string{"ns-2.awsdns.org", "ns-1.awsdns.com"}},
	}, f.err
}

func (f fakeRoute53) ListTagsForResource(
	context.Context, *route53.ListTagsForResourceInput, ...func(*route53.Options),
) (*route53.ListTagsForResourceOutput, error) {
	return &route53.ListTagsForResourceOutput{ResourceTagSet: &types.ResourceTagSet{
		Tags: []types.Tag{{Key: aws.String("stack"), Value: &f.stack}},
	}}, f.tags
}

// fakeDNS has name servers, and CAA records by name.
type fakeDNS struct {
	servers []string
	caa     map[string][]resolver.CAA
	err     error
}

func (f fakeDNS) NameServers(context.Context, string) ([]string, error) { return f.servers, f.err }

func (f fakeDNS) CAA(_ context.Context, name string) ([]resolver.CAA, error) {
	return f.caa[name], f.err
}

func TestZones(t *testing.T) {
	one, two := map[string]string{"Z1": "example.com"}, map[string]string{"Z1": "example.com", "Z2": "example.com"}
	others := map[string]string{"Z1": "www.example.com", "private": "example.com"}
	made := needs.HostedZone{Name: "example.com", Stack: "prod.zone"}
	lookedUp := needs.HostedZone{Name: "example.com"}
	delegated := fakeDNS{servers: []string{"NS-1.awsdns.com", "ns-2.awsdns.org"}}
	const good, remedy = "good delegation of example.com: it leads to the zone's servers",
		" -> make ns-1.awsdns.com, ns-2.awsdns.org the NS record of example.com in its parent domain, or at its registrar"
	for name, c := range map[string]struct {
		zone     needs.HostedZone
		maker    string
		client   fakeRoute53
		resolver Resolver
		want     []string
	}{
		"ours": {made, "prod.zone", fakeRoute53{zones: one, stack: "prod.zone"}, delegated,
			[]string{"good zone example.com: prod.zone made it: Z1", good}},
		"none yet": {made, "prod.zone", fakeRoute53{zones: others}, delegated,
			[]string{"good zone example.com: not there yet: " +
				"prod.zone makes it, and its output name_servers is what the parent domain delegates to"}},
		"there before": {made, "prod.zone", fakeRoute53{zones: one, stack: "other"}, delegated,
			[]string{"bad zone example.com: " +
				"Z1 is there, and prod.zone would make a second one of the name " +
				"-> take that one, without dns.create_zone, or delete it"}},
		"who made it is hidden": {made, "prod.zone", fakeRoute53{zones: one, tags: deniedCall("Route 53",
			"ListTagsForResource")}, delegated,
			[]string{"unknown zone example.com: the account has it, and whether prod.zone made it is unknown: " +
				mayNot("Route 53 ListTagsForResource"), good}},
		"two": {made, "prod.zone", fakeRoute53{zones: two}, delegated,
			[]string{"bad zone example.com: the account has 2 of the name: Z1, Z2 " +
				"-> set dns.zone_id to the one that the domain is delegated to, or delete the other"}},
		"looked up": {lookedUp, "", fakeRoute53{zones: one}, delegated,
			[]string{"good zone example.com: the account has it: Z1", good}},
		"looked up, of another environment": {lookedUp, "dev.zone", fakeRoute53{}, delegated,
			[]string{"good zone example.com: " +
				"not there yet: dev.zone makes it, and its output name_servers is what the parent domain delegates to"}},
		"looked up, and nobody's": {lookedUp, "", fakeRoute53{}, delegated, []string{"bad zone example.com: " +
			"the account has none of the name, and no stack makes it " +
			"-> set dns.create_zone: true in the file of one environment, or log in to the account that has it"}},
		"by its id": {needs.HostedZone{ID: "Z2"}, "", fakeRoute53{zones: two}, delegated,
			[]string{"good zone Z2: the account has it: Z2", good}},
		"by an id that is not there": {needs.HostedZone{ID: "Z9"}, "", fakeRoute53{err: &types.NoSuchHostedZone{}}, delegated,
			[]string{"bad zone Z9: the account has no zone of that id -> correct dns.zone_id, or leave it out"}},
		"nobody is sent there": {lookedUp, "", fakeRoute53{zones: one}, fakeDNS{},
			[]string{"good zone example.com: the account has it: Z1",
				"bad delegation of example.com: nobody is sent to the zone, and no certificate in it can be validated" + remedy}},
		"elsewhere": {lookedUp, "", fakeRoute53{zones: one}, fakeDNS{servers: []string{"ns.registrar.net"}}, []string{
			"good zone example.com: the account has it: Z1",
			"bad delegation of example.com: it leads to ns.registrar.net, and not to the zone's servers" + remedy}},
		"DNS does not answer": {lookedUp, "", fakeRoute53{zones: one},
			fakeDNS{err: errors.New("resolver answers SERVFAIL")}, []string{
				"good zone example.com: the account has it: Z1", "unknown delegation of example.com: resolver answers SERVFAIL"}},
		"emulator": {lookedUp, "", fakeRoute53{zones: one}, nil, []string{"good zone example.com: the account has it: Z1",
			"unknown delegation of example.com: an emulator's zones are not in the DNS that the world asks"}},
		"denied": {lookedUp, "", fakeRoute53{err: deniedCall("Route 53", "ListHostedZonesByName")}, delegated, []string{
			"unknown zone example.com: " + mayNot("Route 53 ListHostedZonesByName")}},
	} {
		t.Run(name, func(t *testing.T) {
			check := zoneCheck{zone: c.zone, maker: c.maker, client: c.client, resolver: c.resolver}
			expect(t, check.ask(t.Context()), c.want...)
		})
	}
}

func TestCAA(t *testing.T) {
	issue := func(value string) resolver.CAA { return resolver.CAA{Tag: "issue", Value: value} }
	wild := func(value string) resolver.CAA { return resolver.CAA{Tag: "issuewild", Value: value} }
	for name, c := range map[string]struct {
		certificate string
		records     map[string][]resolver.CAA
		want        string
	}{
		"none": {"api.example.com", nil, "good certificate of api.example.com: no CAA record limits who issues it"},
		"Amazon's": {"api.example.com", map[string][]resolver.CAA{"example.com": {issue("pki.goog"),
			issue("amazon.com; x=y")}},
			"good certificate of api.example.com: the CAA records of example.com allow Amazon"},
		"another's": {"api.example.com", map[string][]resolver.CAA{"example.com": {issue("letsencrypt.org")}},
			"bad certificate of api.example.com: the CAA records of example.com allow letsencrypt.org alone " +
				`-> add example.com CAA 0 issue "amazon.com"`},
		"the nearest holds": {"api.example.com", map[string][]resolver.CAA{
			"api.example.com": {issue("amazontrust.com")}, "example.com": {issue("letsencrypt.org")},
		}, "good certificate of api.example.com: the CAA records of api.example.com allow Amazon"},
		"no limit": {"api.example.com", map[string][]resolver.CAA{"example.com": {{Tag: "iodef", Value: "mailto:a@b.c"}}},
			"good certificate of api.example.com: no CAA record limits who issues it"},
		"wildcard": {"*.example.com", map[string][]resolver.CAA{"example.com": {issue("amazon.com"),
			wild("letsencrypt.org")}},
			"bad certificate of *.example.com: the CAA records of example.com allow letsencrypt.org alone " +
				`-> add example.com CAA 0 issue "amazon.com"`},
		"issuewild is for wildcards": {"example.com", map[string][]resolver.CAA{"example.com": {issue("amazon.com"),
			wild("letsencrypt.org")}},
			"good certificate of example.com: the CAA records of example.com allow Amazon"},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, []Result{askCAA(t.Context(), fakeDNS{caa: c.records}, c.certificate)}, c.want)
		})
	}
	expect(t, []Result{askCAA(t.Context(), fakeDNS{err: errors.New("SERVFAIL")}, "a.b"), askCAA(t.Context(), nil, "a.b")},
		"unknown certificate of a.b: SERVFAIL",
		"unknown certificate of a.b: an emulator's zones are not in the DNS that the world asks")
}
