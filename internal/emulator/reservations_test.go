package emulator

import (
	"strings"
	"testing"
)

func TestAReservationIsBoughtOnce(t *testing.T) {
	proxy := nowhere(t)
	for _, step := range []struct {
		form   string
		status int
		says   string
	}{
		{"Action=DescribeReservedDBInstancesOfferings&DBInstanceClass=db.r8g.large&OfferingType=No+Upfront", 200, "<DBInstanceClass>db.r8g.large<"},
		{"Action=DescribeReservedDBInstances&ReservedDBInstanceId=one", 404, "ReservedDBInstanceNotFound"},
		{"Action=PurchaseReservedDBInstancesOffering&ReservedDBInstanceId=one&DBInstanceCount=3&Tags.Tag.1.Key=a&Tags.Tag.1.Value=b", 200, "<State>active<"},
		{"Action=PurchaseReservedDBInstancesOffering&ReservedDBInstanceId=one&DBInstanceCount=3", 400, "ReservedDBInstanceAlreadyExists"},
		{"Action=DescribeReservedDBInstances&ReservedDBInstanceId=one", 200, "<DBInstanceCount>3<"},
		{"Action=ListTagsForResource&ResourceName=arn%3Aaws%3Ards%3Aeu-west-1%3A000000000000%3Ari%3Aone", 200, "<Key>a</Key><Value>b</Value>"},
	} {
		if status, body := call(t, proxy, "POST", "/", "rds", query, step.form); status != step.status || !strings.Contains(body, step.says) {
			t.Errorf("%s: %d %s, want %d with %s", step.form, status, body, step.status, step.says)
		}
	}
}
