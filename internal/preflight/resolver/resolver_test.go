package resolver

import (
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// serve answers on this machine from a zone file, and with a code of its own for names that are not in it.
func serve(t *testing.T, zone string, otherwise int) string {
	t.Helper()
	var records []dns.RR
	parser := dns.NewZoneParser(strings.NewReader(zone), ".", "")
	for record, more := parser.Next(); more; record, more = parser.Next() {
		records = append(records, record)
	}
	if err := parser.Err(); err != nil {
		t.Fatal(err)
	}
	listener, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: listener, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, asked *dns.Msg) {
		answer := new(dns.Msg).SetReply(asked)
		known := false
		for _, record := range records {
			if record.Header().Name == asked.Question[0].Name {
				known = true
				if record.Header().Rrtype == asked.Question[0].Qtype {
					answer.Answer = append(answer.Answer, record)
				}
			}
		}
		if !known {
			answer.Rcode = otherwise
		}
		_ = w.WriteMsg(answer) // a client that is gone fails its test
	})}
	go func() { _ = server.ActivateAndServe() }() // ends by Shutdown
	t.Cleanup(func() { _ = server.Shutdown() })
	return listener.LocalAddr().String()
}

const zone = `
example.com. 60 IN NS NS-2.awsdns.org.
example.com. 60 IN NS ns-1.awsdns.com.
example.com. 60 IN CAA 0 issue "amazon.com; validationmethods=dns-01"
example.com. 60 IN CAA 0 IssueWild ";"
`

func TestSystem(t *testing.T) {
	system := at(serve(t, zone, dns.RcodeNameError))
	servers, err := system.NameServers(t.Context(), "example.com")
	if want := []string{"ns-2.awsdns.org", "ns-1.awsdns.com"}; err != nil || !slices.Equal(servers, want) {
		t.Errorf("name servers %v, %v; want %v", servers, err, want)
	}
	records, err := system.CAA(t.Context(), "example.com")
	want := []CAA{{"issue", "amazon.com; validationmethods=dns-01"}, {"issuewild", ";"}}
	if err != nil || !slices.Equal(records, want) {
		t.Errorf("CAA records %v, %v; want %v", records, err, want)
	}
	if none, err := system.NameServers(t.Context(), "gone.example.com"); err != nil || none != nil {
		t.Errorf("a name that does not exist: %v, %v; want none", none, err)
	}
}

func TestTheNextResolverIsAsked(t *testing.T) {
	ill := serve(t, "", dns.RcodeServerFailure)
	if servers, err := at(ill, serve(t, zone, dns.RcodeNameError)).NameServers(t.Context(),
		"example.com"); len(servers) != 2 {
		t.Errorf("got %v, %v", servers, err)
	}
	_, err := at(ill).CAA(t.Context(), "example.com")
	want := `asking DNS for CAA records of "example.com": resolver ` + ill + " answers SERVFAIL"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := at().NameServers(t.Context(), "example.com"); err == nil || !strings.Contains(err.Error(),
		"no resolver") {
		t.Errorf("got %v", err)
	}
}
