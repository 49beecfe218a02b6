// Package resolver asks the DNS that everybody uses, by the machine's own resolvers, for what Go's net does not: which
// name servers a name is delegated to, and who may issue certificates for it.
package resolver

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/miekg/dns"
)

// CAA is a record that says who may issue certificates (RFC 8659).
type CAA struct {
	Tag   string // issue, issuewild, iodef
	Value string // amazon.com; validationmethods=dns-01
}

// System asks the resolvers of the machine.
type System struct {
	servers []string // host:port
	none    error    // why there are none
	client  *dns.Client
}

// configuration names the machine's resolvers (resolv.conf(5)).
const configuration = "/etc/resolv.conf"

// New reads which resolvers the machine has. Where it names none, each question ends in the reason.
func New() *System {
	config, err := dns.ClientConfigFromFile(configuration)
	if err != nil {
		return &System{none: fmt.Errorf("finding the machine's resolvers: %w", err)}
	}
	var servers []string
	for _, server := range config.Servers {
		if strings.Contains(server, ":") {
			server = "[" + server + "]"
		}
		servers = append(servers, server+":"+config.Port)
	}
	return at(servers...)
}

func at(servers ...string) *System {
	return &System{servers: servers, none: errors.New("the machine has no resolver"), client: &dns.Client{}}
}

// NameServers are those that a name is delegated to, without a point at their end; none is no delegation.
func (s *System) NameServers(ctx context.Context, name string) ([]string, error) {
	answer, err := s.ask(ctx, name, dns.TypeNS)
	if err != nil {
		return nil, err
	}
	var servers []string
	for _, record := range answer {
		if ns, ok := record.(*dns.NS); ok {
			servers = append(servers, strings.TrimSuffix(strings.ToLower(ns.Ns), "."))
		}
	}
	return servers, nil
}

// CAA are the records at a name itself; none is none there.
func (s *System) CAA(ctx context.Context, name string) ([]CAA, error) {
	answer, err := s.ask(ctx, name, dns.TypeCAA)
	if err != nil {
		return nil, err
	}
	var records []CAA
	for _, record := range answer {
		if caa, ok := record.(*dns.CAA); ok {
			records = append(records, CAA{Tag: strings.ToLower(caa.Tag), Value: caa.Value})
		}
	}
	return records, nil
}

// ask asks one resolver after another until one answers. That a name does not exist is an answer.
func (s *System) ask(ctx context.Context, name string, kind uint16) ([]dns.RR, error) {
	question := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
	question.SetEdns0(dns.DefaultMsgSize, false)
	last := s.none
	for _, server := range s.servers {
		answer, _, err := s.client.ExchangeContext(ctx, question, server)
		if err == nil && answer.Truncated {
			overTCP := dns.Client{Net: "tcp"}
			answer, _, err = overTCP.ExchangeContext(ctx, question, server)
		}
		switch {
		case err != nil:
			last = err
		case answer.Rcode == dns.RcodeSuccess, answer.Rcode == dns.RcodeNameError:
			return answer.Answer, nil
		default:
			last = fmt.Errorf("resolver %s answers %s", server, dns.RcodeToString[answer.Rcode])
		}
	}
	return nil, fmt.Errorf("asking DNS for %s records of %q: %w", dns.TypeToString[kind], name, last)
}
