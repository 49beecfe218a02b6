package limits

import (
	"fmt"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func backupRules() []Rule {
	return []Rule{{"backup plans", "AWS Backup API, BackupRule and Lifecycle; developer guide, 'Continuous backups'",
		[]string{"backup CreateBackupPlan", "backup UpdateBackupPlan"}, backupPlans}}
}

// retention is when a recovery point moves to cold storage and when it goes, in days.
type retention struct{ MoveToColdStorageAfterDays, DeleteAfterDays *int }

const (
	leastStart = 60 // minutes in which a job has to begin, and in which it has to end after that
	leastCold  = 90 // days
)

func backupPlans(call *protocol.Call, report *Report) {
	var input struct {
		BackupPlan struct {
			Rules []struct {
				StartWindowMinutes, CompletionWindowMinutes *int
				EnableContinuousBackup                      bool
				Lifecycle                                   retention
				CopyActions                                 []struct{ Lifecycle retention }
			}
		}
	}
	call.Into(&input)
	for i, one := range input.BackupPlan.Rules {
		at := fmt.Sprintf(".BackupPlan.Rules[%d]", i)
		if start, end := one.StartWindowMinutes, one.CompletionWindowMinutes; start != nil {
			if *start < leastStart || end != nil && *end < *start+leastStart {
				report.Breaks(at+".StartWindowMinutes", *start, "60 minutes to start, and 60 more to complete")
			}
		}
		retentions := []retention{one.Lifecycle}
		for _, copied := range one.CopyActions {
			retentions = append(retentions, copied.Lifecycle)
		}
		for _, kept := range retentions {
			if kept.MoveToColdStorageAfterDays != nil && kept.DeleteAfterDays != nil &&
				*kept.DeleteAfterDays < *kept.MoveToColdStorageAfterDays+leastCold {
				report.Breaks(at+".Lifecycle", *kept.DeleteAfterDays, "90 days in cold storage")
			}
		}
		days := one.Lifecycle.DeleteAfterDays
		if one.EnableContinuousBackup && (days == nil || *days < 1 || *days > 35) {
			report.Breaks(at+".Lifecycle", "continuous backup", "1 to 35 days for a continuous backup")
		}
	}
}
