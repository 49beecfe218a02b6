package preflight

import (
	"slices"
	"strings"
)

// class is a group of instance families that share a quota of vCPUs.
type class struct {
	name           string
	families       string // beginnings of their types, in front of the first digit
	onDemand, spot string // quota codes, empty where there is none
}

// classes are those of the Amazon EC2 User Guide, 'On-Demand Instance quotas' and 'Spot Instance quotas'.
var classes = []class{
	{"Standard (A, C, D, H, I, M, R, T, Z)", "a c d h i im is m r t z", "L-1216C47A", "L-34B43A08"},
	{"G and VT", "g gr vt", "L-DB2E81BA", "L-3819A6DF"},
	{"P", "p", "L-417A185B", "L-7212CCBC"},
	{"X", "x", "L-7295265B", "L-E3A00192"},
	{"F", "f", "L-74FC7D96", "L-88CF9481"},
	{"Inf", "inf", "L-1945791B", "L-B5D1601B"},
	{"Trn", "trn", "L-2C3B7624", "L-6B0D517C"},
	{"DL", "dl", "L-6E869C2A", "L-85EED4F7"},
	{"HPC", "hpc", "L-F7808C92", ""},
	{"High Memory", "u", "L-43DA4232", ""},
}

// classOf is the class of an instance type: m7i.large is Standard.
func classOf(instanceType string) (class, bool) {
	begin, _, _ := strings.Cut(instanceType, ".")
	if i := strings.IndexAny(begin, "0123456789-"); i >= 0 {
		begin = begin[:i]
	}
	for _, c := range classes {
		if slices.Contains(strings.Fields(c.families), begin) {
			return c, true
		}
	}
	return class{}, false
}

func (c class) quota(spot bool) quota {
	if spot {
		return quota{"ec2", c.spot, "Spot vCPUs of " + c.name}
	}
	return quota{"ec2", c.onDemand, "on-demand vCPUs of " + c.name}
}
