package limits

import (
	"regexp"
	"slices"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func databaseRules() []Rule {
	clusters := []string{"rds CreateDBCluster", "rds ModifyDBCluster", "rds RestoreDBClusterFromSnapshot",
		"rds CreateDBInstance"}
	return []Rule{
		{"database windows", "Aurora user guide, 'Maintaining an Amazon Aurora DB cluster'", clusters, databaseWindows},
		{"databases", "RDS API, CreateDBCluster", clusters, databases},
		{"database insights", "Aurora user guide, 'Pricing and data retention for Performance Insights'",
			clusters, databaseInsights},
		{"master passwords", "RDS API, CreateDBCluster", clusters, masterPasswords},
		{"database parameters", "RDS API, ModifyDBClusterParameterGroup", []string{"rds ModifyDBClusterParameterGroup"},
			databaseParameters},
	}
}

func databaseWindows(call *protocol.Call, report *Report) {
	daily, weekly := text(call.Input, "PreferredBackupWindow"), text(call.Input, "PreferredMaintenanceWindow")
	checkWindows(".PreferredMaintenanceWindow", daily, weekly, 30, 30, report)
}

func databases(call *protocol.Call, report *Report) {
	var input struct {
		BackupRetentionPeriod            *int
		ServerlessV2ScalingConfiguration struct{ MinCapacity, MaxCapacity *float64 }
		MonitoringInterval               *int
		MonitoringRoleARN                string
	}
	call.Into(&input)
	if days := input.BackupRetentionPeriod; days != nil && (*days < 1 || *days > 35) {
		report.Breaks(".BackupRetentionPeriod", *days, "1 to 35 days for Aurora")
	}
	scaling := input.ServerlessV2ScalingConfiguration
	for _, capacity := range []*float64{scaling.MinCapacity, scaling.MaxCapacity} {
		if capacity != nil && *capacity*2 != float64(int(*capacity*2)) {
			report.Breaks(".ServerlessV2ScalingConfiguration", *capacity, "steps of 0.5")
		}
	}
	interval := 0
	if input.MonitoringInterval != nil {
		interval = *input.MonitoringInterval
	}
	if !slices.Contains([]int{0, 1, 5, 10, 15, 30, 60}, interval) {
		report.Breaks(".MonitoringInterval", interval, "0, 1, 5, 10, 15, 30 or 60 seconds")
	}
	if (interval > 0) != (input.MonitoringRoleARN != "") {
		report.Breaks(".MonitoringRoleArn", input.MonitoringRoleARN, "a role with an interval, and only there")
	}
}

func databaseInsights(call *protocol.Call, report *Report) {
	var input struct {
		PerformanceInsightsRetentionPeriod *int
		DatabaseInsightsMode               string
	}
	call.Into(&input)
	days := 0
	if input.PerformanceInsightsRetentionPeriod != nil {
		days = *input.PerformanceInsightsRetentionPeriod
		isMonths := days > 0 && days%31 == 0 && days <= 23*31
		if days != 7 && days != 731 && !isMonths {
			report.Breaks(".PerformanceInsightsRetentionPeriod", days, "7, a multiple of 31 up to 713, or 731 days")
		}
	}
	if input.DatabaseInsightsMode == "advanced" && days < 465 {
		report.Breaks(".DatabaseInsightsMode", days, "465 days of Performance Insights or more for the advanced mode")
	}
}

var passwordOutsiders = regexp.MustCompile(`[/"@ ]|[^ -~]`)

func masterPasswords(call *protocol.Call, report *Report) {
	password, given := call.Input["MasterUserPassword"].(string)
	if !given {
		return
	}
	if len(password) < 8 || len(password) > 99 || passwordOutsiders.MatchString(password) {
		report.Breaks(".MasterUserPassword", secret, `8 to 99 printable characters without / " @ and space`)
	}
	if call.Input["ManageMasterUserPassword"] == true {
		report.Breaks(".MasterUserPassword", secret, "none with ManageMasterUserPassword")
	}
}

// secret is shown for what nobody may see.
const secret = "(sensitive)"

func databaseParameters(call *protocol.Call, report *Report) {
	parameters, _ := call.Input["Parameters"].([]any) // required, the model says
	report.AtMost(".Parameters", "database parameters a call", len(parameters), 20)
}
