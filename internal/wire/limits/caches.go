package limits

import (
	"github.com/titan-platform/titan/internal/wire/protocol"
)

func cacheRules() []Rule {
	caches := []string{"elasticache CreateReplicationGroup", "elasticache ModifyReplicationGroup",
		"elasticache CreateCacheCluster"}
	return []Rule{
		{"cache windows", "ElastiCache API, CreateReplicationGroup", caches, cacheWindows},
		{"replication groups", "ElastiCache API, CreateReplicationGroup", caches, replicationGroups},
		{"cache users", "ElastiCache user guide, 'Authenticating with IAM' and 'Role-based access control'",
			[]string{"elasticache CreateUser", "elasticache ModifyUser"}, cacheUsers},
	}
}

func cacheWindows(call *protocol.Call, report *Report) {
	daily, weekly := text(call.Input, "SnapshotWindow"), text(call.Input, "PreferredMaintenanceWindow")
	checkWindows(".PreferredMaintenanceWindow", daily, weekly, 60, 60, report)
}

func replicationGroups(call *protocol.Call, report *Report) {
	var input struct {
		AutomaticFailoverEnabled bool
		NumCacheClusters         int
		UserGroupIDs             []string
		TransitEncryptionEnabled bool
	}
	call.Into(&input)
	if input.AutomaticFailoverEnabled && input.NumCacheClusters == 1 {
		report.Breaks(".NumCacheClusters", 1, "two nodes or more for automatic failover")
	}
	isNew := call.Operation.Name != "ModifyReplicationGroup"
	if isNew && len(input.UserGroupIDs) > 0 && !input.TransitEncryptionEnabled {
		report.Breaks(".UserGroupIds", input.UserGroupIDs, "encryption in transit with user groups")
	}
}

func cacheUsers(call *protocol.Call, report *Report) {
	var input struct {
		UserID, UserName   string
		Passwords          []string
		AuthenticationMode struct {
			Type      string
			Passwords []string
		}
	}
	call.Into(&input)
	for _, password := range append(input.Passwords, input.AuthenticationMode.Passwords...) {
		if len(password) < 16 || len(password) > 128 {
			report.Breaks(".Passwords", secret, "16 to 128 characters")
		}
	}
	if input.AuthenticationMode.Type == "iam" && input.UserName != "" && input.UserID != input.UserName {
		report.Breaks(".UserName", input.UserName, "the same as UserId with IAM, "+input.UserID)
	}
}
