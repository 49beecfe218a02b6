package emulator

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// signedZones stands in for the signing of zones. Each zone has the keys that it was given, and is signed while one of
// them is active and somebody has asked for it; in which order both may begin and end is as Route 53 has it (API
// Reference, EnableHostedZoneDNSSEC, DeleteKeySigningKey).
type signedZones struct {
	mutex sync.Mutex
	zones map[string]*signedZone // by id
}

type signedZone struct {
	signing bool
	keys    []*signingKey
}

// signingKey is a key-signing key as Route 53 shows it.
type signingKey struct {
	XMLName                 xml.Name `xml:"member"`
	Name                    string
	KmsArn                  string `xml:"KmsArn"`
	Flag                    int
	SigningAlgorithmType    int
	DigestAlgorithmMnemonic string
	DigestAlgorithmType     int
	KeyTag                  int
	DSRecord                string
	Status                  string
}

func newSignedZones() *signedZones { return &signedZones{zones: map[string]*signedZone{}} }

var (
	zonePath = regexp.MustCompile(`^(GET|POST) /2013-04-01/hostedzone/([^/]+)/(dnssec|enable-dnssec|disable-dnssec)$`)
	keyPath  = regexp.MustCompile(`^(POST|DELETE) /2013-04-01/keysigningkey(?:/([^/]+)/([^/]+?)(?:/(activate|deactivate))?)?$`)
)

// answer answers the calls of DNSSEC. The provider also asks of a zone that is not signed, before it deletes it.
func (s *signedZones) answer(r *Request) *Reply {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if path := zonePath.FindStringSubmatch(r.Action); path != nil {
		return s.answerZone(r, s.zone(path[2]), path[3])
	}
	path := keyPath.FindStringSubmatch(r.Action)
	switch {
	case path == nil:
		return nil
	case path[2] == "":
		return s.makeKey(r)
	}
	return s.answerKey(r, s.zone(path[2]), path)
}

func (s *signedZones) zone(id string) *signedZone {
	if s.zones[id] == nil {
		s.zones[id] = &signedZone{}
	}
	return s.zones[id]
}

func (s *signedZones) answerZone(r *Request, zone *signedZone, verb string) *Reply {
	switch verb {
	case "enable-dnssec":
		if !zone.hasActiveKey() {
			return r.badRequest("KeySigningKeyWithActiveStatusNotFound", "the hosted zone has no key-signing key in ACTIVE status")
		}
		zone.signing = true
		return dnssecReply("EnableHostedZoneDNSSEC", "")
	case "disable-dnssec":
		zone.signing = false
		return dnssecReply("DisableHostedZoneDNSSEC", "")
	}
	status := "NOT_SIGNING"
	if zone.signing {
		status = "SIGNING"
	}
	var keys strings.Builder
	for _, key := range zone.keys {
		text, err := xml.Marshal(key)
		if err != nil {
			panic(fmt.Sprintf("a key that is no XML: %v", err)) // it is strings and numbers
		}
		keys.Write(text)
	}
	return dnssecReply("GetDNSSEC", "<Status><ServeSignature>"+status+"</ServeSignature></Status><KeySigningKeys>"+keys.String()+"</KeySigningKeys>")
}

func (s *signedZones) makeKey(r *Request) *Reply {
	var given struct {
		HostedZoneID string `xml:"HostedZoneId"`
		KeyARN       string `xml:"KeyManagementServiceArn"`
		Name, Status string
	}
	if err := xml.Unmarshal(r.Body, &given); err != nil {
		return r.badRequest("InvalidInput", err.Error())
	}
	if !strings.Contains(given.KeyARN, ":"+northVirginia+":") {
		return r.badRequest("InvalidKMSArn", "the key is not in "+northVirginia)
	}
	zone := s.zone(given.HostedZoneID)
	zone.keys = append(zone.keys, &signingKey{
		Name: given.Name, KmsArn: given.KeyARN, Flag: 257, SigningAlgorithmType: 13, DigestAlgorithmMnemonic: "SHA-256", DigestAlgorithmType: 2,
		KeyTag: 12345, DSRecord: "12345 13 2 " + strings.Repeat("AB", 32), Status: given.Status,
	})
	return dnssecReply("CreateKeySigningKey", "")
}

func (s *signedZones) answerKey(r *Request, zone *signedZone, path []string) *Reply {
	method, name, verb := path[1], path[3], path[4]
	for i, key := range zone.keys {
		switch {
		case key.Name != name:
			continue
		case verb == "activate":
			key.Status = "ACTIVE"
			return dnssecReply("ActivateKeySigningKey", "")
		case zone.signing:
			return r.badRequest("KeySigningKeyInUse", "the zone is signed with it")
		case verb == "deactivate":
			key.Status = "INACTIVE"
			return dnssecReply("DeactivateKeySigningKey", "")
		case method == http.MethodDelete && key.Status == "ACTIVE":
			return r.badRequest("InvalidKeySigningKeyStatus", "it is not INACTIVE")
		}
		zone.keys = append(zone.keys[:i], zone.keys[i+1:]...)
		return dnssecReply("DeleteKeySigningKey", "")
	}
	return r.badRequest("NoSuchKeySigningKey", "the zone has no key of that name")
}

func (z *signedZone) hasActiveKey() bool {
	for _, key := range z.keys {
		if key.Status == "ACTIVE" {
			return true
		}
	}
	return false
}

func dnssecReply(action, content string) *Reply {
	return &Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, Body: fmt.Appendf(nil,
		`<%sResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">%s</%[1]sResponse>`, action, content)}
}
