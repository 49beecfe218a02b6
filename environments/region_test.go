package environments

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// edited is a file with one of its lines changed.
func edited(t *testing.T, file, old, text string) string {
	t.Helper()
	if !strings.Contains(file, old) {
		t.Fatalf("no %q in\n%s", old, file)
	}
	return strings.Replace(file, old, text, 1)
}

// inRegion is the valid file in another region, its zones by default.
func inRegion(region Region) string {
	second := choose[Region](region == "eu-central-1", "eu-west-1", "eu-central-1")
	return strings.NewReplacer(
		"region: eu-west-1\n", "region: "+string(region)+"\n",
		"region: eu-central-1\n", "region: "+string(second)+"\n",
	).Replace(valid)
}

// reached makes a cluster reachable from outside, which needs no service that a region could lack.
func reached(t *testing.T, file string) string {
	t.Helper()
	return edited(t, file, "cluster:\n", "cluster:\n  deployer: public-cidrs\n  public_cidrs: [203.0.113.7/32]\n")
}

// delivering makes an environment deliver the application.
func delivering(t *testing.T, file string) string {
	t.Helper()
	return edited(t, file, "owner: platform", "owner: platform\ndelivery: {repository: a/b}")
}

func TestRegionsAreAsTheirFactsSay(t *testing.T) {
	for _, region := range Regions() {
		facts := regions[region]
		letters := strings.Split(facts.zones, "")
		if len(letters) != zones || !slices.IsSorted(letters) || len(slices.Compact(letters)) != zones {
			t.Errorf("%s has the zones %q, not three in their order", region, facts.zones)
		}
		if !slices.IsSorted(facts.lacks) {
			t.Errorf("%s lacks %q, which are not in their order", region, facts.lacks)
		}
		if reason := region.refusal(); reason != "" {
			t.Errorf("%s is allowed, and refused because %s", region, reason)
		}
	}
}

// commercial are the regions of the partition `aws` (partitions.json of botocore 1.43.106, November 2026).
var commercial = []Region{
	"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
	"ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
	"ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1",
	"eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1",
	"mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
}

// A region that has left the table would be answered as if there were none of its name.
func TestEachRegionOfAWSIsTakenOrRefusedWithAReason(t *testing.T) {
	for _, region := range commercial {
		if _, taken := regions[region]; !taken && region.refusal() == "" {
			t.Errorf("%s is neither in the table of regions nor refused with a reason", region)
		}
	}
	if got := len(regions) + len(refused); got != len(commercial) {
		t.Errorf("%d regions are taken or refused, and AWS has %d", got, len(commercial))
	}
}

// Eleven regions have pipelines without connections, and one has neither: the CodePipeline User Guide, 'GitHub
// connections', names the former.
func TestRegionsWithoutConnectionsAreThoseOfTheGuide(t *testing.T) {
	want := []Region{
		"af-south-1", "ap-east-1", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ca-west-1",
		"eu-central-2", "eu-south-2", "il-central-1", "me-central-1", "me-south-1",
	}
	got := slices.DeleteFunc(Regions(), func(region Region) bool {
		return !slices.Contains(region.Lacks(), CodeConnections)
	})
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Each region takes an environment that asks for none of the services that some lack, and refuses what it lacks.
func TestEachRegionTakesWhatItHasServicesFor(t *testing.T) {
	for _, region := range Regions() {
		if got := complaints(t, map[string]string{"prod.yaml": reached(t, inRegion(region))}); got != "" {
			t.Errorf("%s refuses an environment without a pipeline:\n%s", region, got)
		}
		got := complaints(t, map[string]string{"prod.yaml": delivering(t, inRegion(region))})
		if refuses := got != ""; refuses != (len(region.Lacks()) > 0) {
			t.Errorf("%s lacks %q, and says of a pipeline: %q", region, region.Lacks(), got)
		}
	}
}

func TestWhatARegionLacksIsRefused(t *testing.T) {
	const elsewhere = ", or choose another region (docs/regions.md)"
	const outside = "; set it to public-cidrs and list your addresses in public_cidrs" + elsewhere
	for name, c := range map[string]struct{ file, want string }{
		"a deployer without connections, by default": {inRegion("eu-central-2"),
			`prod.yaml:10:1: cluster.deployer is "codebuild", and eu-central-2 has no CodeConnections` + outside},
		"a deployer without anything": {edited(t, inRegion("ca-west-1"), "cluster:\n", "cluster:\n  deployer: codebuild\n"),
			`prod.yaml:11:3: cluster.deployer is "codebuild", and ca-west-1 has no CodeBuild, CodeConnections, CodePipeline` +
				outside},
		"a pipeline": {delivering(t, reached(t, inRegion("il-central-1"))),
			`prod.yaml:3:12: delivery.repository is "a/b", and il-central-1 has no CodeConnections; ` +
				"take the line out and deliver by other means" + elsewhere},
		"a pipeline in Milan, which has all": {delivering(t, inRegion("eu-south-1")), ""},
		"a second region, which needs none":  {edited(t, valid, "eu-central-1", "eu-central-2"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := complaints(t, map[string]string{"prod.yaml": c.file}); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A secondary is delivered to by its primary's pipeline: it needs builds in its own region, and no connection.
func TestASecondaryNeedsBuildsAlone(t *testing.T) {
	pair := func(second Region) map[string]string {
		primary := edited(t, inRegion("eu-west-1"), "tier: production", "tier: production\ndr: {role: primary}")
		secondary := strings.NewReplacer(
			"dr: {role: primary}", "dr: {primary: prod}", ", owner: true", "", ", create_zone: true", "",
			"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
			"10.30.0.0", "10.40.0.0").Replace(primary) + "database: {restored_from: birthday-db-prod-standby}\n"
		elsewhere := strings.NewReplacer("eu-central-1", string(second))
		return map[string]string{
			"prod.yaml":    elsewhere.Replace(delivering(t, primary)),
			"prod-dr.yaml": elsewhere.Replace(delivering(t, reached(t, secondary))),
		}
	}
	for second, want := range map[Region]string{
		"eu-central-2": "",
		"ca-west-1": `prod-dr.yaml:4:12: delivery.repository is "a/b", and ca-west-1 has no CodeBuild; ` +
			`take the line out here and in prod, or choose another region (docs/regions.md)`,
	} {
		if got := complaints(t, pair(second)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", second, got, want)
		}
	}
}

func TestWhatIsNoRegionHereIsRefusedWithTheReason(t *testing.T) {
	elsewhere := func(partition string) string {
		return "it is in " + partition + ", with accounts, endpoints and names of its own, and the distribution, " +
			"its certificate and its web ACL are in us-east-1, where nothing of another partition can use them"
	}
	for region, reason := range map[string]string{
		"us-gov-west-1":  elsewhere("AWS GovCloud (US)"),
		"cn-north-1":     elsewhere("AWS China"),
		"us-isob-east-1": elsewhere("one of AWS' isolated partitions"),
		"eu-isoe-west-1": elsewhere("one of AWS' isolated partitions"),
		"eusc-de-east-1": elsewhere("the AWS European Sovereign Cloud"),
		"us-west-1": "a new account gets two Availability Zones there, and three are needed, " +
			"for instance those of us-west-2",
		"mx-central-1": "its zones, services and RDS's certificate authorities have not been looked up; " +
			"docs/regions.md says what it takes to add it",
	} {
		for _, place := range []struct{ setting, was, at string }{
			{"region", "region: eu-west-1\n", "5:1"}, {"second_region", "second_region: eu-central-1\n", "6:1"},
		} {
			file := edited(t, valid, place.was, place.setting+": "+region+"\n")
			want := fmt.Sprintf("prod.yaml:%s: %s is %q, which is not allowed: %s; allowed: %s",
				place.at, place.setting, region, reason, strings.Join(words(Regions()...), ", "))
			if got := complaints(t, map[string]string{"prod.yaml": file}); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		}
	}
}

// Another closed set of words has nothing to do with regions.
func TestARegionElsewhereIsAMistakeOfItsOwn(t *testing.T) {
	want := `prod.yaml:1:1: tier is "us-west-1", which is not allowed; allowed: development, staging, production`
	file := edited(t, valid, "tier: production", "tier: us-west-1")
	if got := complaints(t, map[string]string{"prod.yaml": file}); got != want {
		t.Errorf("got %s", got)
	}
}

func TestWarningsOfRegions(t *testing.T) {
	all := []Environment{
		{Name: "near", Region: "eu-west-1", SecondRegion: "eu-south-1"},
		{Name: "gulf", Region: "me-south-1"},
	}
	for i := range all {
		all[i].DNS.Delegated, all[i].Cluster.Version = true, "1.36"
	}
	const enable = "which is off until the account enables it: `aws account enable-region --region-name "
	want := []string{
		"near: second_region is eu-south-1, " + enable + "eu-south-1`, which takes minutes, sometimes hours",
		"gulf: region is me-south-1, " + enable + "me-south-1`, which takes minutes, sometimes hours; is me-south-1, " +
			"which was damaged in March 2026; on 2026-04-30 AWS advised its customers to leave it, " +
			"and expected months of repairs: ask AWS before anything is built there",
	}
	if got := Warnings(all, date(2026, time.November, 23)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
