package platformtest

import (
	"strings"
	"testing"
)

func TestLostAddressesAreExplained(t *testing.T) {
	set := func(addresses ...string) map[string]bool {
		all := map[string]bool{}
		for _, address := range addresses {
			all[address] = true
		}
		return all
	}
	for name, c := range map[string]struct {
		frozen, now map[string]bool
		want        string
	}{
		"nothing":    {set("aws_s3_bucket.a"), set("aws_s3_bucket.a"), ""},
		"gone":       {set("aws_s3_bucket.a"), set(), "the next apply would destroy aws_s3_bucket.a with its data. Bring it back; or, where its end is meant, save what is in it and take out the line"},
		"new":        {set(), set("aws_s3_bucket.a"), "aws_s3_bucket.a holds data and is not frozen yet; run: make golden"},
		"other type": {set("aws_kms_key.a"), set("aws_kms_key.a", "aws_s3_bucket.a"), "aws_s3_bucket.a holds data and is not frozen yet; run: make golden"},
		"moved": {set("aws_s3_bucket.a"), set("aws_s3_bucket.b"), `the next apply would destroy aws_s3_bucket.a with its data, and make aws_s3_bucket.b anew. ` +
			`Keep the address (OverrideLogicalId("a") on the construct), or move the data to the new one (MoveFromId("aws_s3_bucket.a")) and the line with it`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(lost(c.frozen, c.now), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
