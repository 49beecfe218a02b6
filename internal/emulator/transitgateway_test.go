package emulator

import (
	"strings"
	"testing"
)

func TestAnAttachmentOfATransitGateway(t *testing.T) {
	proxy := nowhere(t)
	ec2 := func(form string) (int, string) { return call(t, proxy, "POST", "/", "ec2", query, form) }
	_, made := ec2("Action=CreateTransitGatewayVpcAttachment&TransitGatewayId=tgw-1&VpcId=vpc-1&SubnetIds.1=subnet-1&SubnetIds.2=subnet-2&TagSpecifications.1.Tag.1.Key=Name&TagSpecifications.1.Tag.1.Value=one&Options.DnsSupport=disable")
	_, rest, _ := strings.Cut(made, "<transitGatewayAttachmentId>")
	id, _, found := strings.Cut(rest, "<")
	for _, want := range []string{"<item>subnet-1</item><item>subnet-2</item>", "<key>Name</key><value>one</value>", "<dnsSupport>disable<", "<ipv6Support>disable<"} {
		if !found || !strings.Contains(made, want) {
			t.Fatalf("made %s, want %s", made, want)
		}
	}
	describe := "Action=DescribeTransitGatewayVpcAttachments&TransitGatewayAttachmentIds.1=" + id
	if status, body := ec2(describe); status != 200 || !strings.Contains(body, "<transitGatewayId>tgw-1</transitGatewayId>") || !strings.Contains(body, "<state>available</state>") {
		t.Errorf("described as %d %s", status, body)
	}
	if _, body := ec2("Action=DescribeTransitGateways&TransitGatewayIds.1=tgw-1"); !strings.Contains(body, "<ownerId>"+sharedBy+"</ownerId>") {
		t.Errorf("the gateway is %s", body)
	}
	if status, _ := ec2("Action=DeleteTransitGatewayVpcAttachment&TransitGatewayAttachmentId=" + id); status != 200 {
		t.Errorf("deleted with %d", status)
	}
	if _, body := ec2(describe); !strings.Contains(body, "<state>deleted</state>") {
		t.Errorf("after it is deleted: %s", body)
	}
	if status, body := ec2(strings.Replace(describe, id, "tgw-attach-0", 1)); status != 400 || !strings.Contains(body, "InvalidTransitGatewayAttachmentID.NotFound") {
		t.Errorf("one that nobody made: %d %s", status, body)
	}
}
