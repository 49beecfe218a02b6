package emulator

import (
	"strings"
	"testing"
)

// Two stacks of an account's regions each see to its service-linked roles: the second one has to find them.
func TestServiceLinkedRolesHaveTheirServicesSpelling(t *testing.T) {
	proxy := started(t)
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	for _, s := range []struct {
		body   string
		status int
		want   string
	}{
		{"Action=GetRole&RoleName=AWSServiceRoleForRDS", 404, "NoSuchEntity"},
		{"Action=CreateServiceLinkedRole&AWSServiceName=rds.amazonaws.com", 200, "<RoleName>AWSServiceRoleForRDS</RoleName>"},
		{"Action=GetRole&RoleName=AWSServiceRoleForRDS", 200, "/AWSServiceRoleForRDS</Arn>"},
		{"Action=CreateServiceLinkedRole&AWSServiceName=rds.amazonaws.com", 400, "InvalidInput"},
		{"Action=GetRole&RoleName=AWSServiceRoleForElastiCache", 404, "NoSuchEntity"},
	} {
		status, body := call(t, proxy, "POST", "/", "iam", form, s.body)
		if status != s.status || !strings.Contains(body, s.want) {
			t.Errorf("%s: %d %s, want %d %s", s.body, status, body, s.status, s.want)
		}
	}
}
