package main

import (
	"bytes"
	"testing"

	"github.com/titan-platform/titan/internal/scan"
)

// A suppression that matches nothing is a failure where all was looked at, and nowhere else.
func TestScansReport(t *testing.T) {
	found := scan.Finding{
		Environment: "dev", Stack: "dev.zone", Check: "CKV2_AWS_39", Resource: "aws_route53_zone.dns_1", Name: "no query log",
	}
	zone := scan.Suppression{Check: "CKV2_AWS_39", Resource: "aws_route53_zone.dns_*"}
	idle := scan.Suppression{Check: "CKV_K8S_11", Resource: "Deployment.*.gone"}
	for name, c := range map[string]struct {
		findings          []scan.Finding
		suppressions, own []scan.Suppression
		whole, fails      bool
		want              string
	}{
		"it stands": {
			[]scan.Finding{found}, nil, nil, true, true,
			"dev.zone: CKV2_AWS_39 aws_route53_zone.dns_1: no query log\n1 findings stand, 0 are suppressed by 0 suppressions\n",
		},
		"it is suppressed": {
			[]scan.Finding{found}, []scan.Suppression{zone}, nil, true, false,
			"0 findings stand, 1 are suppressed by 1 suppressions\n",
		},
		"one is idle": {
			nil, []scan.Suppression{idle}, nil, true, true,
			"suppression of CKV_K8S_11 for Deployment.*.gone matches nothing; remove it\n" +
				"0 findings stand, 0 are suppressed by 1 suppressions\n",
		},
		"one is for what no committed environment asks for": {
			nil, []scan.Suppression{{Check: idle.Check, Resource: idle.Resource, OnRequest: "network.endpoints"}}, nil, true, false,
			"0 findings stand, 0 are suppressed by 1 suppressions\n",
		},
		"it is suppressed by the files' owner": {
			[]scan.Finding{found}, nil, []scan.Suppression{zone}, true, false,
			"0 findings stand, 1 are suppressed by 1 suppressions\n",
		},
		"the owner's is idle": {
			nil, nil, []scan.Suppression{idle}, true, true,
			"suppression of CKV_K8S_11 for Deployment.*.gone matches nothing; remove it\n" +
				"0 findings stand, 0 are suppressed by 1 suppressions\n",
		},
		"one is for what was not looked at": {
			nil, []scan.Suppression{idle}, nil, false, false, "0 findings stand, 0 are suppressed by 1 suppressions\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := scanOptions{terminal: &terminal{out: &out}}.report(c.findings, suppressions{list: c.suppressions, own: c.own, whole: c.whole, ownWhole: c.whole})
			if (err != nil) != c.fails || out.String() != c.want {
				t.Errorf("%v\n%swant %v\n%s", err, &out, c.fails, c.want)
			}
		})
	}
}
