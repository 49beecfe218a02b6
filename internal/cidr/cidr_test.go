package cidr

import (
	"fmt"
	"strings"
	"testing"
)

func TestAdded(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"nothing":                     {"", "", ""},
		"a block":                     {"", "10.0.0.0/16", "10.0.0.0/16"},
		"a block less":                {"10.0.0.0/16 10.1.0.0/16", "10.1.0.0/16", ""},
		"a block within another":      {"10.0.0.0/8", "10.1.0.0/16", ""},
		"two halves of a block":       {"10.0.0.0/16", "10.0.0.0/17 10.0.128.0/17", ""},
		"a block by its halves":       {"10.0.0.0/17 10.0.128.0/17", "10.0.0.0/16", ""},
		"one bit wider":               {"10.0.0.0/16", "10.0.0.0/15", "10.1.0.0/16"},
		"everyone":                    {"128.0.0.0/1", "0.0.0.0/0", "0.0.0.0/1"},
		"IPv6 beside IPv4":            {"0.0.0.0/0", "0.0.0.0/0 ::/0", "::/0"},
		"an address":                  {"10.0.0.1/32", "10.0.0.1 10.0.0.2", "10.0.0.2/32"},
		"neighbours become one block": {"", "10.0.0.0/25 10.0.0.128/25 2001:db8::/32", "10.0.0.0/24 2001:db8::/32"},
		"bits behind the length":      {"10.0.0.0/16", "10.0.3.4/16", ""},
		"another block":               {"10.0.0.0/16", "10.2.0.0/16", "10.2.0.0/16"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Added(strings.Fields(c.before), strings.Fields(c.after))
			if err != nil || strings.Trim(fmt.Sprint(got), "[]") != c.want {
				t.Errorf("got %v, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestABlockThatCantBeReadIsAnError(t *testing.T) {
	for block, want := range map[string]string{
		"10.0.0.0/33":         `"10.0.0.0/33" is no CIDR block`,
		"pl-12345":            `"pl-12345" is no CIDR block`,
		"":                    `"" is no CIDR block`,
		"fe80::1%eth0":        `is no CIDR block`,
		"::ffff:10.0.0.0/104": `is an IPv4 block written as IPv6: write 10.0.0.0`,
	} {
		_, err := Added(nil, []string{block})
		if err == nil || !strings.Contains(err.Error(), "after the change: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", block, err)
		}
		if _, err := Added([]string{block}, nil); err == nil || !strings.Contains(err.Error(), "before the change: ") {
			t.Errorf("%q: %v", block, err)
		}
	}
}
