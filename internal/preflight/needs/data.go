package needs

import (
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// Database is an Aurora cluster.
type Database struct {
	Region    environments.Region
	Name      string
	Engine    string
	Version   string
	Class     string   // of its instances
	Zones     []string // of its instances
	Instances []string // names of those that the stacks declare
	// Most is how many instances there are once autoscaling has added all readers that it may.
	Most int
}

// Cache is an ElastiCache cluster or replication group.
type Cache struct {
	Region   environments.Region
	Name     string
	Engine   string
	Version  string
	NodeType string
	Nodes    int
}

// Bucket is an S3 bucket.
type Bucket struct {
	Region environments.Region
	Name   string
	Stack  string
}

func (n *Needs) readData() {
	for _, node := range n.graph.Resources("aws_rds_cluster") {
		n.Databases = append(n.Databases, n.database(node))
	}
	for _, node := range n.graph.Resources("aws_elasticache_replication_group") {
		n.Caches = append(n.Caches, n.cache(node, "num_cache_clusters"))
	}
	for _, node := range n.graph.Resources("aws_elasticache_cluster") {
		n.Caches = append(n.Caches, n.cache(node, "num_cache_nodes"))
	}
	for _, node := range n.graph.Resources("aws_s3_bucket") {
		if nameOf(node) != "" {
			n.Buckets = append(n.Buckets, Bucket{Region: n.region(node), Name: nameOf(node), Stack: node.Stack})
		}
	}
}

func (n *Needs) database(node *graph.Node) Database {
	d := Database{
		Region: n.region(node), Name: nameOf(node),
		Engine: literal(node, "engine"), Version: literal(node, "engine_version"),
	}
	for _, edge := range node.Referrers() {
		from := edge.From
		switch {
		case from.Type == "aws_rds_cluster_instance" && edge.Argument == "cluster_identifier":
			d.Instances = append(d.Instances, literal(from, "identifier"))
			d.Class = literal(from, "instance_class")
			d.Zones = once(d.Zones, literal(from, "availability_zone"))
		case from.Type == "aws_appautoscaling_target" && edge.Argument == "resource_id":
			d.Most = 1 + number(from, "max_capacity") // the writer, and the readers that it counts
		}
	}
	slices.Sort(d.Zones)
	slices.Sort(d.Instances)
	d.Most = max(d.Most, len(d.Instances))
	return d
}

func (n *Needs) cache(node *graph.Node, nodes string) Cache {
	return Cache{
		Region: n.region(node), Name: nameOf(node), NodeType: literal(node, "node_type"),
		Engine: literal(node, "engine"), Version: literal(node, "engine_version"), Nodes: number(node, nodes),
	}
}

// BucketsIn are the buckets of a region.
func (n *Needs) BucketsIn(region environments.Region) []Bucket {
	var buckets []Bucket
	for _, bucket := range n.Buckets {
		if bucket.Region == region {
			buckets = append(buckets, bucket)
		}
	}
	return buckets
}

// HostedZone is a public zone of Route 53.
type HostedZone struct {
	Name  string
	ID    string // where the file says which one
	Stack string // that makes it, empty where it is only looked up
}

func (n *Needs) readNames() {
	for _, node := range n.graph.Resources("aws_route53_zone") {
		if node.At("vpc") == nil {
			n.Zones = append(n.Zones, HostedZone{Name: literal(node, "name"), Stack: node.Stack})
		}
	}
	for _, node := range n.graph.Data("aws_route53_zone") {
		n.lookUp(HostedZone{Name: strings.TrimSuffix(literal(node, "name"), "."), ID: literal(node, "zone_id")})
	}
	for _, node := range n.graph.Resources("aws_acm_certificate") {
		n.Certificates = once(n.Certificates, literal(node, "domain_name"))
		n.Certificates = once(n.Certificates, texts(node, "subject_alternative_names")...)
	}
}

// lookUp adds a zone that is looked up, unless it is known.
func (n *Needs) lookUp(zone HostedZone) {
	for _, known := range n.Zones {
		if known.ID == zone.ID && known.Name == zone.Name {
			return
		}
	}
	if zone.Name != "" || zone.ID != "" {
		n.Zones = append(n.Zones, zone)
	}
}
