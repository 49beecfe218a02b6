package preflight

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	ekstypes "github.com/aws/aws-sdk-go-v2/service/eks/types"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	elasticachetypes "github.com/aws/aws-sdk-go-v2/service/elasticache/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

func TestClasses(t *testing.T) {
	for instanceType, want := range map[string]string{
		"m7i.large": "Standard (A, C, D, H, I, M, R, T, Z)", "im4gn.large": "Standard (A, C, D, H, I, M, R, T, Z)",
		"g5.xlarge": "G and VT", "inf2.xlarge": "Inf", "x2idn.16xlarge": "X", "u-6tb1.metal": "High Memory",
		"u7i-12tb.224xlarge": "High Memory", "hpc7g.16xlarge": "HPC", "mac2.metal": "", "quantum1.large": "",
	} {
		if got, _ := classOf(instanceType); got.name != want {
			t.Errorf("%s is of %q, want %q", instanceType, got.name, want)
		}
	}
}

type fakeOffers struct {
	zones   map[string][]string // instance types by zone
	state   map[string]ec2types.AvailabilityZoneState
	refused error
}

func (f fakeOffers) DescribeInstanceTypeOfferings(
	context.Context, *ec2.DescribeInstanceTypeOfferingsInput, ...func(*ec2.Options),
) (*ec2.DescribeInstanceTypeOfferingsOutput, error) {
	answer := &ec2.DescribeInstanceTypeOfferingsOutput{}
	for zone, named := range f.zones {
		for _, one := range named {
			answer.InstanceTypeOfferings = append(answer.InstanceTypeOfferings,
				ec2types.InstanceTypeOffering{Location: &zone, InstanceType: ec2types.InstanceType(one)})
		}
	}
	return answer, f.refused
}

func (f fakeOffers) DescribeAvailabilityZones(
	context.Context, *ec2.DescribeAvailabilityZonesInput, ...func(*ec2.Options),
) (*ec2.DescribeAvailabilityZonesOutput, error) {
	answer := &ec2.DescribeAvailabilityZonesOutput{}
	for _, zone := range []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"} {
		if state, found := f.state[zone]; found {
			answer.AvailabilityZones = append(answer.AvailabilityZones, ec2types.AvailabilityZone{ZoneName: &zone, State: state})
		}
	}
	return answer, f.refused
}

func TestInstanceTypes(t *testing.T) {
	n := &needs.Needs{NodeGroups: []needs.NodeGroup{
		{Region: home, Name: "spot-", InstanceTypes: []string{"m7i.large", "m5.large"}, Zones: []string{"eu-west-1a",
			"eu-west-1b"}},
		{Region: "eu-central-1", Name: "elsewhere", InstanceTypes: []string{"m7i.large"}, Zones: []string{"eu-central-1a"}},
	}}
	const subject = "instance types of node group spot in eu-west-1: "
	both := []string{"m7i.large", "m5.large"}
	for _, c := range []struct {
		offers fakeOffers
		want   string
	}{
		{fakeOffers{zones: map[string][]string{"eu-west-1a": both, "eu-west-1b": both}},
			"good " + subject + "eu-west-1a, eu-west-1b has m7i.large, m5.large"},
		{fakeOffers{zones: map[string][]string{"eu-west-1a": both, "eu-west-1b": {"m5.large"}}},
			"good " + subject + "each zone has one at least; eu-west-1b lacks m7i.large"},
		{fakeOffers{zones: map[string][]string{"eu-west-1a": both}},
			"bad " + subject + "eu-west-1b has none of m7i.large, m5.large " +
				"-> name other types in cluster.node_groups, or other zones in network.availability_zones"},
		{fakeOffers{refused: deniedCall("EC2", "DescribeInstanceTypeOfferings")},
			"unknown instance types in eu-west-1: " + mayNot("EC2 DescribeInstanceTypeOfferings")},
	} {
		expect(t, askInstanceTypes(t.Context(), c.offers, n, home), c.want)
	}
}

func TestAvailabilityZones(t *testing.T) {
	const open, shut = ec2types.AvailabilityZoneStateAvailable, ec2types.AvailabilityZoneStateUnavailable
	states := func(a, b, c ec2types.AvailabilityZoneState) fakeOffers {
		return fakeOffers{state: map[string]ec2types.AvailabilityZoneState{"eu-west-1a": a, "eu-west-1b": b, "eu-west-1c": c}}
	}
	const subject = "Availability Zones in eu-west-1: "
	for _, c := range []struct {
		offers fakeOffers
		want   string
	}{
		{states(open, open, open), "good " + subject + "eu-west-1a, eu-west-1b"},
		{states(open, shut, open), "bad " + subject + "not there: eu-west-1b; the account has eu-west-1a, eu-west-1c " +
			"-> choose among these in network.availability_zones"},
		{fakeOffers{refused: deniedCall("EC2", "DescribeAvailabilityZones")},
			"unknown " + subject + mayNot("EC2 DescribeAvailabilityZones")},
	} {
		expect(t, []Result{askZones(t.Context(), c.offers, home, []string{"eu-west-1a", "eu-west-1b"})}, c.want)
	}
}

func (f fakeOffers) DescribeRegions(
	context.Context, *ec2.DescribeRegionsInput, ...func(*ec2.Options),
) (*ec2.DescribeRegionsOutput, error) {
	at := func(name, status string) ec2types.Region {
		return ec2types.Region{RegionName: &name, OptInStatus: &status}
	}
	return &ec2.DescribeRegionsOutput{Regions: []ec2types.Region{
		at("eu-west-1", "opt-in-not-required"), at("eu-south-1", "opted-in"), at("eu-central-2", "not-opted-in"),
	}}, f.refused
}

func TestRegions(t *testing.T) {
	regions := []environments.Region{"eu-west-1", "eu-south-1", "eu-central-2", "mars-1"}
	expect(t, askRegions(t.Context(), fakeOffers{}, regions),
		"good region eu-west-1: enabled", "good region eu-south-1: enabled",
		"bad region eu-central-2: the account has not enabled it "+
			"-> aws account enable-region --region-name eu-central-2, which takes minutes to hours",
		"bad region mars-1: AWS has none of the name -> choose another")
	expect(t, askRegions(t.Context(), fakeOffers{refused: deniedCall("EC2", "DescribeRegions")}, regions),
		"unknown regions: "+mayNot("EC2 DescribeRegions"))
}

// fakeEKS answers with versions and their status.
type fakeEKS struct {
	versions map[string]ekstypes.VersionStatus
	refused  error
}

func (f fakeEKS) DescribeClusterVersions(
	context.Context, *eks.DescribeClusterVersionsInput, ...func(*eks.Options),
) (*eks.DescribeClusterVersionsOutput, error) {
	end := time.Date(2027, 3, 27, 0, 0, 0, 0, time.UTC)
	answer := &eks.DescribeClusterVersionsOutput{}
	for _, version := range []string{"1.36", "1.35", "1.30"} {
		if status, found := f.versions[version]; found {
			answer.ClusterVersions = append(answer.ClusterVersions, ekstypes.ClusterVersionInformation{
				ClusterVersion: &version, VersionStatus: status, EndOfStandardSupportDate: &end,
			})
		}
	}
	return answer, f.refused
}

func TestKubernetesVersions(t *testing.T) {
	offered := fakeEKS{versions: map[string]ekstypes.VersionStatus{
		"1.36": ekstypes.VersionStatusStandardSupport, "1.35": ekstypes.VersionStatusStandardSupport,
		"1.30": ekstypes.VersionStatusExtendedSupport,
	}}
	const remedy = " -> set cluster.version to one of 1.36, 1.35"
	for _, c := range []struct {
		client   fakeEKS
		version  string
		extended bool
		want     string
	}{
		{offered, "1.35", false, "good EKS 1.35 in eu-west-1: in standard support until 2027-03-27"},
		{offered, "1.30", true, "good EKS 1.30 in eu-west-1: in extended support, which costs more"},
		{offered, "1.30", false,
			"bad EKS 1.30 in eu-west-1: in extended support alone, which the cluster does not take" + remedy},
		{offered, "1.99", false, "bad EKS 1.99 in eu-west-1: EKS does not offer it" + remedy},
		{fakeEKS{refused: deniedCall("EKS", "DescribeClusterVersions")}, "1.35", false,
			"unknown EKS 1.35 in eu-west-1: " + mayNot("EKS DescribeClusterVersions")},
	} {
		cluster := needs.Cluster{Region: home, Version: c.version, Extended: c.extended}
		expect(t, []Result{askVersion(t.Context(), c.client, cluster)}, c.want)
	}
}

type fakeRDS struct {
	zones   []string // in which the class is offered; nil is that it is not
	refused error
}

func (f fakeRDS) DescribeDBEngineVersions(
	context.Context, *rds.DescribeDBEngineVersionsInput, ...func(*rds.Options),
) (*rds.DescribeDBEngineVersionsOutput, error) {
	return &rds.DescribeDBEngineVersionsOutput{DBEngineVersions: []rdstypes.DBEngineVersion{
		{EngineVersion: aws.String("16.13")}, {EngineVersion: aws.String("17.9")},
	}}, nil
}

func (f fakeRDS) DescribeOrderableDBInstanceOptions(
	context.Context, *rds.DescribeOrderableDBInstanceOptionsInput, ...func(*rds.Options),
) (*rds.DescribeOrderableDBInstanceOptionsOutput, error) {
	answer := &rds.DescribeOrderableDBInstanceOptionsOutput{}
	if f.zones != nil {
		option := rdstypes.OrderableDBInstanceOption{}
		for _, zone := range f.zones {
			option.AvailabilityZones = append(option.AvailabilityZones, rdstypes.AvailabilityZone{Name: &zone})
		}
		answer.OrderableDBInstanceOptions = append(answer.OrderableDBInstanceOptions, option)
	}
	return answer, f.refused
}

func TestDatabases(t *testing.T) {
	const subject = "aurora-postgresql 17.9 on db.r8g.large in eu-west-1: "
	for _, c := range []struct {
		client  fakeRDS
		version string
		want    string
	}{
		{fakeRDS{zones: []string{"eu-west-1b", "eu-west-1a"}}, "17.9",
			"good " + subject + "offered in eu-west-1a, eu-west-1b"},
		{fakeRDS{zones: []string{"eu-west-1b"}}, "17.9",
			"bad " + subject + "RDS offers it in eu-west-1b, and not in eu-west-1a " +
				"-> set another database.instance_class, or other zones in network.availability_zones"},
		{fakeRDS{}, "17.9", "bad " + subject + "RDS does not offer db.r8g.large with this version " +
			"-> set database.instance_class to one that `aws rds describe-orderable-db-instance-options` lists"},
		{fakeRDS{}, "17.4", "bad aurora-postgresql 17.4 on db.r8g.large in eu-west-1: RDS does not offer version 17.4 " +
			"-> set database.engine_version to one of 16.13, 17.9"},
		{fakeRDS{refused: deniedCall("RDS", "DescribeOrderableDBInstanceOptions")}, "17.9",
			"unknown " + subject + mayNot("RDS DescribeOrderableDBInstanceOptions")},
	} {
		database := needs.Database{
			Region: home, Engine: "aurora-postgresql", Version: c.version, Class: "db.r8g.large", Zones: []string{"eu-west-1a"},
		}
		expect(t, []Result{askDatabase(t.Context(), c.client, database)}, c.want)
	}
}

type fakeElastiCache struct {
	versions, offers int
	refused          error
}

func (f fakeElastiCache) DescribeCacheEngineVersions(
	context.Context, *elasticache.DescribeCacheEngineVersionsInput, ...func(*elasticache.Options),
) (*elasticache.DescribeCacheEngineVersionsOutput, error) {
	return &elasticache.DescribeCacheEngineVersionsOutput{
		CacheEngineVersions: make([]elasticachetypes.CacheEngineVersion, f.versions),
	}, f.refused
}

func (f fakeElastiCache) DescribeReservedCacheNodesOfferings(
	context.Context, *elasticache.DescribeReservedCacheNodesOfferingsInput, ...func(*elasticache.Options),
) (*elasticache.DescribeReservedCacheNodesOfferingsOutput, error) {
	return &elasticache.DescribeReservedCacheNodesOfferingsOutput{
		ReservedCacheNodesOfferings: make([]elasticachetypes.ReservedCacheNodesOffering, f.offers),
	}, f.refused
}

func TestCaches(t *testing.T) {
	const subject = "redis 7.1 on cache.r7g.large in eu-west-1: "
	for _, c := range []struct {
		client fakeElastiCache
		want   string
	}{
		{fakeElastiCache{versions: 1, offers: 1}, "good " + subject + "version and node type are offered"},
		{fakeElastiCache{offers: 1}, "bad " + subject + "ElastiCache does not offer version 7.1 " +
			"-> look the versions up: aws elasticache describe-cache-engine-versions --engine redis"},
		{fakeElastiCache{versions: 1},
			"unknown " + subject + "the version is offered; the node type can't be reserved in the region, " +
				"and no API says whether it is offered " +
				"-> look the type up in Amazon ElastiCache User Guide, 'Supported node types', " +
				"or set cache.node_type"},
		{fakeElastiCache{refused: deniedCall("ElastiCache", "DescribeCacheEngineVersions")},
			"unknown " + subject + mayNot("ElastiCache DescribeCacheEngineVersions")},
	} {
		cache := needs.Cache{Region: home, Engine: "redis", Version: "7.1", NodeType: "cache.r7g.large"}
		expect(t, []Result{askCache(t.Context(), c.client, cache)}, c.want)
	}
}
