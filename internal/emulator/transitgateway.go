package emulator

import (
	"cmp"
	"fmt"
	"strings"
	"sync/atomic"
)

// transitAttachments stands in for the attachments of VPCs to transit gateways. Every gateway exists here, and is another
// account's, shared: who owns a gateway also owns its route tables, which nobody here has.
type transitAttachments struct {
	made    *store[*Request] // by id, the call that made it
	deleted *store[bool]     // by id; EC2 still shows a deleted one for a while, which is what the provider waits for
	next    atomic.Int64
}

func newTransitAttachments() *transitAttachments {
	return &transitAttachments{made: newStore[*Request](), deleted: newStore[bool]()}
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
			"<state>available</state><options><amazonSideAsn>64512</amazonSideAsn></options></item></transitGatewaySet>", escape(id), sharedBy))
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
		a.deleted.put(id, true)
		return xmlReply(r.Action, "<transitGatewayVpcAttachment>"+a.item(id, made)+"</transitGatewayVpcAttachment>")
	}
	return nil
}

// attachmentOptions are an attachment's, with EC2's own defaults (API Reference,
// CreateTransitGatewayVpcAttachmentRequestOptions).
var attachmentOptions = []struct{ name, element, unset string }{
	{"DnsSupport", "dnsSupport", "enable"},
	{"SecurityGroupReferencingSupport", "securityGroupReferencingSupport", "enable"},
	{"Ipv6Support", "ipv6Support", "disable"},
	{"ApplianceModeSupport", "applianceModeSupport", "disable"},
}

// item is an attachment as it was asked for.
func (a *transitAttachments) item(id string, made *Request) string {
	each := func(format string, item func(field string) string) string {
		var items strings.Builder
		for i := 1; ; i++ {
			field := fmt.Sprintf(format, i)
			one := item(field)
			if one == "" {
				return items.String()
			}
			items.WriteString("<item>" + one + "</item>")
		}
	}
	value := func(field string) string { return escape(made.Form.Get(field)) }
	tags := each("TagSpecifications.1.Tag.%d.", func(field string) string {
		if value(field+"Key") == "" {
			return ""
		}
		return "<key>" + value(field+"Key") + "</key><value>" + value(field+"Value") + "</value>"
	})
	state, options := "available", ""
	if gone, _ := a.deleted.get(id); gone {
		state = "deleted"
	}
	for _, option := range attachmentOptions {
		options += fmt.Sprintf("<%s>%s</%[1]s>", option.element, cmp.Or(value("Options."+option.name), option.unset))
	}
	return fmt.Sprintf("<transitGatewayAttachmentId>%s</transitGatewayAttachmentId><transitGatewayId>%s</transitGatewayId><vpcId>%s</vpcId>"+
		"<vpcOwnerId>000000000000</vpcOwnerId><state>%s</state><subnetIds>%s</subnetIds><options>%s</options><tagSet>%s</tagSet>",
		id, value("TransitGatewayId"), value("VpcId"), state, each("SubnetIds.%d", value), options, tags)
}
