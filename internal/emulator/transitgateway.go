package emulator

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// transitAttachments stands in for the attachments of VPCs to transit gateways. Every gateway exists here, and is another
// account's, shared: who owns a gateway also owns its route tables, which nobody here has.
type transitAttachments struct {
	made *store[*Request] // by id, the call that made it
	next atomic.Int64
}

func newTransitAttachments() *transitAttachments {
	return &transitAttachments{made: newStore[*Request]()}
}

// sharedBy is who owns the gateways.
const sharedBy = "999999999999"

const attachmentField = "TransitGatewayAttachmentId"

func (a *transitAttachments) answer(r *Request) *Reply {
	switch r.Action {
	case "DescribeTransitGateways":
		id := r.Form.Get("TransitGatewayIds.1")
		if id == "" {
			return nil
		}
		return xmlReply(r.Action, fmt.Sprintf("<transitGatewaySet><item><transitGatewayId>%s</transitGatewayId><ownerId>%s</ownerId>"+
			"<state>available</state></item></transitGatewaySet>", escape(id), sharedBy))
	case "CreateTransitGatewayVpcAttachment":
		id := fmt.Sprintf("tgw-attach-%017x", a.next.Add(1))
		a.made.put(id, r)
		return xmlReply(r.Action, "<transitGatewayVpcAttachment>"+a.item(id, r)+"</transitGatewayVpcAttachment>")
	case "DescribeTransitGatewayVpcAttachments":
		id := r.Form.Get("TransitGatewayAttachmentIds.1")
		made, ok := a.made.get(id)
		if !ok {
			return r.failure(400, "InvalidTransitGatewayAttachmentID.NotFound")
		}
		return xmlReply(r.Action, "<transitGatewayVpcAttachments><item>"+a.item(id, made)+"</item></transitGatewayVpcAttachments>")
	case "DeleteTransitGatewayVpcAttachment":
		id := r.Form.Get(attachmentField)
		made, ok := a.made.get(id)
		if !ok {
			return r.failure(400, "InvalidTransitGatewayAttachmentID.NotFound")
		}
		a.made.remove(id)
		return xmlReply(r.Action, "<transitGatewayVpcAttachment>"+a.item(id, made)+"</transitGatewayVpcAttachment>")
	}
	return nil
}

// item is an attachment with EC2's own defaults (API Reference, CreateTransitGatewayVpcAttachmentRequestOptions).
func (a *transitAttachments) item(id string, made *Request) string {
	var subnets strings.Builder
	for i := 1; ; i++ {
		subnet := made.Form.Get(fmt.Sprintf("SubnetIds.%d", i))
		if subnet == "" {
			break
		}
		subnets.WriteString("<item>" + escape(subnet) + "</item>")
	}
	return fmt.Sprintf("<transitGatewayAttachmentId>%s</transitGatewayAttachmentId><transitGatewayId>%s</transitGatewayId><vpcId>%s</vpcId>"+
		"<vpcOwnerId>000000000000</vpcOwnerId><state>available</state><subnetIds>%s</subnetIds><options><dnsSupport>enable</dnsSupport>"+
		"<securityGroupReferencingSupport>enable</securityGroupReferencingSupport><ipv6Support>disable</ipv6Support>"+
		"<applianceModeSupport>disable</applianceModeSupport></options><tagSet>%s</tagSet>",
		id, escape(made.Form.Get("TransitGatewayId")), escape(made.Form.Get("VpcId")), subnets.String(), tagItems(made.Form))
}
