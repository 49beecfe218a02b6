package emulator

import (
	"net/http"
	"regexp"
)

// dnssecPath is GetDNSSEC's, which the provider asks before it deletes a zone with what is in it.
var dnssecPath = regexp.MustCompile(`^GET /2013-04-01/hostedzone/[^/]+/dnssec$`)

// unsignedZones answers GetDNSSEC: no zone here is signed.
func unsignedZones(r *Request) *Reply {
	if !dnssecPath.MatchString(r.Action) {
		return nil
	}
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, Body: []byte(
		`<GetDNSSECResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Status><ServeSignature>NOT_SIGNING</ServeSignature></Status><KeySigningKeys/></GetDNSSECResponse>`)}
}
