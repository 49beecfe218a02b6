package leftovers

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/stateful/kinds"
)

// AWS lists for hours what is deleted: what a look does not find is not named.
func TestWhatIsGoneIsNotNamed(t *testing.T) {
	c := newCloud(t)
	const balancer = "arn:aws:elasticloadbalancing:eu-west-1:" + id + ":loadbalancer/app/titan-dev/1"
	const instance = "arn:aws:ec2:eu-west-1:" + id + ":instance/i-1"
	c.tags(`"dev"`, of(topic, "dev"), of(bucket, "dev"), of(group, "dev"), of(nat, "dev"), of(balancer, "dev"),
		of(instance, "dev"))
	c.refuses("sns GetTopicAttributes", http.StatusNotFound,
		`<ErrorResponse><Error><Code>NotFound</Code></Error></ErrorResponse>`)
	c.refuses("s3 HEAD /titan-dev-logs", http.StatusNotFound, "")
	c.refuses("elasticloadbalancing DescribeLoadBalancers", http.StatusBadRequest,
		`<ErrorResponse><Error><Code>LoadBalancerNotFound</Code></Error></ErrorResponse>`)
	c.says("ec2 DescribeTags", tagOf("nat-1", "i-1")) // whose states say more
	c.says("ec2 DescribeNatGateways",
		`<DescribeNatGatewaysResponse><natGatewaySet><item><natGatewayId>nat-1</natGatewayId>`+
			`<state>deleted</state></item></natGatewaySet></DescribeNatGatewaysResponse>`)
	c.says("ec2 DescribeInstances", `<DescribeInstancesResponse><reservationSet><item><instancesSet><item>`+
		`<instanceId>i-1</instanceId></item></instancesSet></item></reservationSet></DescribeInstancesResponse>`)
	if report := c.search().Run(t.Context()); len(report.Leftovers)+len(report.Unknown) > 0 {
		t.Errorf("%+v", report)
	}
}

// What nobody looks at, or may look at, may be gone already.
func TestWhatIsNotLookedAtMayBeGone(t *testing.T) {
	c := newCloud(t)
	c.tags(`"dev"`, of(topic, "dev"), of(queue, "dev"))
	c.refuses("sns GetTopicAttributes", http.StatusForbidden,
		`<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>`)
	notes := map[string]string{}
	for _, l := range c.search().Run(t.Context()).Leftovers {
		notes[l.ARN] = l.Note
	}
	want := map[string]string{
		topic: mayBeGone + " (not looked at: the caller may not call SNS GetTopicAttributes)", queue: mayBeGone,
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Error(diff)
	}
}

func TestWhatStaysByDesignIsToldApart(t *testing.T) {
	c := newCloud(t)
	const (
		key      = "arn:aws:kms:eu-west-1:" + id + ":key/11111111-2222-3333-4444-555555555555"
		used     = "arn:aws:kms:eu-west-1:" + id + ":key/66666666-2222-3333-4444-555555555555"
		secret   = "arn:aws:secretsmanager:eu-west-1:" + id + ":secret:db-credentials-dev-AbCdEf"
		snapshot = "arn:aws:rds:eu-west-1:" + id + ":cluster-snapshot:birthday-db-dev-last"
		point    = "arn:aws:backup:eu-west-1:" + id + ":recovery-point:1"
		rule     = "arn:aws:elasticloadbalancing:eu-west-1:" + id + ":listener/app/titan-dev/1/2"
	)
	c.tags(`"dev"`, of(key, "dev"), of(used, "dev"), of(secret, "dev"), of(snapshot, "dev"), of(point, "dev"),
		of(rule, "dev"))
	c.does("kms DescribeKey", func(one call) string {
		if strings.Contains(one.body, "1111") {
			return `{"KeyMetadata":{"KeyId":"1","KeyState":"PendingDeletion","DeletionDate":1796515200}}`
		}
		return `{"KeyMetadata":{"KeyId":"6","KeyState":"Enabled"}}`
	})
	c.says("secretsmanager DescribeSecret", `{"ARN":"`+secret+`","DeletedDate":1796515200}`)
	c.says("rds DescribeDBClusterSnapshots", `<DescribeDBClusterSnapshotsResponse><DescribeDBClusterSnapshotsResult>`+
		`<DBClusterSnapshots/></DescribeDBClusterSnapshotsResult></DescribeDBClusterSnapshotsResponse>`)
	s := c.search()
	if diff := cmp.Diff([]string{rule, snapshot, point, key, secret}, arns(t.Context(), s, Expected)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{used}, arns(t.Context(), s, Data)); diff != "" {
		t.Error("a key in use:", diff)
	}
	for _, l := range s.Run(t.Context()).Leftovers {
		if l.ARN == key && !strings.HasPrefix(l.Note, "AWS deletes it on 2026-12-06") {
			t.Errorf("a key that is about to go: %s", l.Note)
		}
	}
}

// The end of a cluster leaves what it made itself: that blocks the VPC's end.
func TestWhatAClusterLeavesIsNamed(t *testing.T) {
	c := newCloud(t)
	const volume = "arn:aws:ec2:eu-west-1:" + id + ":volume/vol-1"
	owned := func(arn string) string {
		return `{"ResourceARN":"` + arn + `","Tags":[{"Key":"kubernetes.io/cluster/titan-dev-cluster","Value":"owned"}]}`
	}
	c.tags("kubernetes.io/cluster/titan-dev-cluster", owned(group), owned(volume))
	c.says("ec2 DescribeTags", tagOf("sg-1", "vol-1"))
	c.says("ec2 DescribeNetworkInterfaces", `<DescribeNetworkInterfacesResponse><networkInterfaceSet>`+
		`<item><networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-1</vpcId><status>available</status>`+
		`<description>aws-K8S-i-1</description><interfaceType>interface</interfaceType></item>`+
		`<item><networkInterfaceId>eni-2</networkInterfaceId><vpcId>vpc-1</vpcId><status>in-use</status>`+
		`<description>AWS Lambda VPC ENI-x</description><interfaceType>lambda</interfaceType></item>`+
		`<item><networkInterfaceId>eni-3</networkInterfaceId><vpcId>vpc-1</vpcId><status>in-use</status>`+
		`<interfaceType>nat_gateway</interfaceType></item></networkInterfaceSet></DescribeNetworkInterfacesResponse>`)
	const logs = "arn:aws:logs:eu-west-1:" + id + ":log-group:/aws/eks/titan-dev-cluster/cluster"
	c.does("logs DescribeLogGroups", func(one call) string {
		if !strings.Contains(one.body, "/aws/eks/titan-dev-cluster/") {
			return empty["logs DescribeLogGroups"]
		}
		return `{"logGroups":[{"logGroupName":"/aws/eks/titan-dev-cluster/cluster","arn":"` + logs + `:*"}]}`
	})
	s := c.search(states.Resource{Type: "aws_vpc", ID: "vpc-1"}) // whose end has failed
	notes := map[string]string{}
	for _, l := range s.Run(t.Context()).Leftovers {
		notes[l.ARN] = l.Note
		if removable := strings.HasSuffix(l.ARN, "/sg-1") || strings.HasSuffix(l.ARN, "/eni-1"); l.Removable() != removable {
			t.Errorf("%s can be deleted: %v", l.ARN, l.Removable())
		}
	}
	const made = "made by the cluster titan-dev-cluster, which is gone"
	const eni = "arn:aws:ec2:eu-west-1:" + id + ":network-interface/eni-"
	want := map[string]string{
		group: made, volume: made,
		eni + "1": `it blocks the end of vpc-1; "aws-K8S-i-1"`,
		eni + "2": `it blocks the end of vpc-1; "AWS Lambda VPC ENI-x"; still in-use: wait until its service lets it go`,
		logs: "a service made it again after its end; the next deployment fails because of its name, " +
			"unless it is imported or deleted",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Error(diff)
	}
	// While it stands, all of that is its own.
	s.Held = append(s.Held, states.Resource{Type: "aws_eks_cluster", ID: "titan-dev-cluster"})
	if report := s.Run(t.Context()); len(report.Leftovers) > 0 {
		t.Errorf("of a cluster that stands: %+v", report.Leftovers)
	}
}

// The rule of internal/stateful decides, whatever the table says.
func TestNothingThatHoldsDataIsRemoved(t *testing.T) {
	for _, k := range table {
		if k.remove != nil && kinds.MayHoldData(k.terraform) {
			t.Errorf("%s may hold data, and can be deleted", k.terraform)
		}
		if k.terraform == "" && k.remove != nil {
			t.Errorf("%s of %s has no type, and can be deleted", k.resource, k.service)
		}
	}
	c := newCloud(t)
	forged := Leftover{ARN: queue, Region: home, Group: Loose, kind: kind{terraform: "aws_sqs_queue", remove: removeTopic}}
	if err := c.search().Remove(t.Context(), forged); err == nil || c.calls != nil {
		t.Errorf("a queue was deleted: %v, %v", err, c.calls)
	}
}

func TestRemovalGoesInTheOrderOfUse(t *testing.T) {
	c := newCloud(t)
	const vpc = "arn:aws:ec2:eu-west-1:" + id + ":vpc/vpc-1"
	c.tags(`"dev"`, of(vpc, "dev"), of(topic, "dev"), of(group, "dev"), of(queue, "dev"))
	c.says("ec2 DescribeTags", tagOf("sg-1", "vpc-1"))
	c.says("sns GetTopicAttributes", attributes)
	c.says("ec2 DeleteSecurityGroup", `<DeleteSecurityGroupResponse><return>true</return></DeleteSecurityGroupResponse>`)
	c.refuses("ec2 DeleteVpc", http.StatusBadRequest, `<Response><Errors><Error><Code>DependencyViolation</Code>`+
		`<Message>The vpc 'vpc-1' has dependencies and cannot be deleted.</Message></Error></Errors></Response>`)
	s := c.search()
	report := s.Run(t.Context())
	var removed []string
	for _, l := range report.Removable() {
		removed = append(removed, l.ARN)
		err := s.Remove(t.Context(), l)
		if failed := l.ARN != group; failed != (err != nil) {
			t.Errorf("%s: %v", l.ARN, err)
		}
	}
	if diff := cmp.Diff([]string{group, vpc, topic}, removed); diff != "" {
		t.Error(diff)
	}
	if got := strings.Join(c.made("ec2"), " "); !strings.HasSuffix(got, "DeleteSecurityGroup DeleteVpc") {
		t.Errorf("called %s", got)
	}
}
