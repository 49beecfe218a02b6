package compare

import (
	"math/big"
	"net/netip"
	"regexp"
	"strings"
	"time"
)

// fillNumbers makes a span of each value: one of them has to fit.
func (p *predicate) fillNumbers(sign string, values []string, parse func(string) (*big.Rat, bool)) bool {
	for _, value := range values {
		n, ok := parse(value)
		if !ok {
			return false
		}
		one := span{from: n, to: n}
		switch sign {
		case "<", "<=":
			one = span{to: n, toOpen: sign == "<"}
		case ">", ">=":
			one = span{from: n, fromOpen: sign == ">"}
		}
		p.numbers = append(p.numbers, one)
	}
	return true
}

var decimal = regexp.MustCompile(`^[+-]?[0-9]{1,30}(\.[0-9]{1,9})?$`)

func parseNumber(value string) (*big.Rat, bool) {
	if !decimal.MatchString(value) {
		return nil, false
	}
	return new(big.Rat).SetString(value)
}

var epochSeconds = regexp.MustCompile(`^[0-9]{9,10}$`)

// parseDate reads a time with its zone, or seconds since 1970. What AWS makes of a date without a time of day, or of
// milliseconds, is not documented.
func parseDate(value string) (*big.Rat, bool) {
	if epochSeconds.MatchString(value) {
		return parseNumber(value)
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, value); err == nil {
			return new(big.Rat).SetFrac(big.NewInt(t.UnixMicro()), big.NewInt(1_000_000)), true
		}
	}
	return nil, false
}

// fillAddresses reads addresses and CIDR blocks. An IPv4 address written as IPv6 is left alone: AWS says nothing of it.
func (p *predicate) fillAddresses(values []string) bool {
	var prefixes []netip.Prefix
	for _, value := range values {
		prefix, err := netip.ParsePrefix(value)
		if err != nil {
			addr, err := netip.ParseAddr(value)
			if err != nil || addr.Zone() != "" {
				return false
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		if prefix.Addr().Is4In6() {
			return false
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	p.addresses = ipSet(prefixes...)
	return true
}

// fillPresence reads Null's value: true asks for the key to be missing, false for it to be there.
func (p *predicate) fillPresence(values []string) bool {
	if len(values) != 1 {
		return false
	}
	switch strings.ToLower(values[0]) {
	case "true":
		p.absent = true
	case "false":
		p.negate = true
	default:
		return false
	}
	return true
}
