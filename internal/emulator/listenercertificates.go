package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// listenerCertificates stands in for the certificates of an HTTPS listener beside its first one, which is the
// listener's own and not listed here.
type listenerCertificates struct {
	added *store[string] // ARNs of certificates, by the listener's ARN and theirs
}

func newListenerCertificates() *listenerCertificates {
	return &listenerCertificates{newStore[string]()}
}

func (s *listenerCertificates) answer(r *Request) *Reply {
	listener, certificate := r.Form.Get("ListenerArn"), r.Form.Get("Certificates.member.1.CertificateArn")
	switch r.Action {
	case "AddListenerCertificates":
		s.added.put(listener+"|"+certificate, certificate)
		return certificatesReply(r.Action, []string{certificate})
	case "DescribeListenerCertificates":
		return certificatesReply(r.Action, s.added.below(listener))
	case "RemoveListenerCertificates":
		s.added.remove(listener + "|" + certificate)
		return certificatesReply(r.Action, nil)
	}
	return nil
}

func certificatesReply(action string, certificates []string) *Reply {
	var list strings.Builder
	for _, one := range certificates {
		list.WriteString("<member><CertificateArn>" + escape(one) + "</CertificateArn><IsDefault>false</IsDefault></member>")
	}
	body := fmt.Sprintf(`<%[1]sResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><%[1]sResult><Certificates>%[2]s</Certificates></%[1]sResult>`+
		`<ResponseMetadata><RequestId>titan</RequestId></ResponseMetadata></%[1]sResponse>`, action, &list)
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, Body: []byte(body)}
}
