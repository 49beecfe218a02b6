package review

import (
	"fmt"
	"slices"
	"strings"
)

// Allowance acknowledges what a verdict finds at an address, for one review.
type Allowance struct {
	Verdict Verdict
	Address string // aws_s3_bucket.logs, or prod.second:aws_s3_bucket.logs of one stack alone
}

// ParseAllowance reads VERDICT=ADDRESS.
func ParseAllowance(text string) (Allowance, error) {
	verdict, address, _ := strings.Cut(text, "=")
	if !slices.Contains(Verdicts, Verdict(verdict)) || address == "" {
		var names []string
		for _, known := range Verdicts {
			names = append(names, string(known))
		}
		return Allowance{}, fmt.Errorf("%q is no VERDICT=ADDRESS, such as data-loss=aws_s3_bucket.logs; verdicts are %s",
			text, strings.Join(names, ", "))
	}
	return Allowance{Verdict(verdict), address}, nil
}

// String is the allowance as it is given: VERDICT=ADDRESS.
func (a Allowance) String() string { return string(a.Verdict) + "=" + a.Address }

func (a Allowance) covers(f Finding) bool {
	return a.Verdict == f.Verdict && (a.Address == f.Address || a.Address == f.Stack+":"+f.Address)
}
