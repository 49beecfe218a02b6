// Package recoverypoints finds what a cluster can be restored from in a vault of AWS Backup. A vault is asked, and not
// RDS, whose lists mix the snapshots of every cluster, automated and final ones among them.
package recoverypoints

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// API is what of AWS Backup is used.
type API interface {
	ListRecoveryPointsByBackupVault(
		context.Context, *backup.ListRecoveryPointsByBackupVaultInput, ...func(*backup.Options),
	) (*backup.ListRecoveryPointsByBackupVaultOutput, error)
}

// RecoveryPoints are the recovery points of an account.
type RecoveryPoints struct {
	In func(environments.Region) API
}

// Of are the recovery points of an account.
func Of(account *awsops.Account) RecoveryPoints {
	return RecoveryPoints{In: func(region environments.Region) API { return backup.NewFromConfig(account.In(region)) }}
}

// RecoveryPoint is one that a cluster can be restored from.
type RecoveryPoint struct {
	ARN string // of Aurora also the snapshot's: arn:aws:rds:…:cluster-snapshot:awsbackup:…
	// Taken is when the backup began, or was made where AWS says no more. What was written later is not in it.
	Taken time.Time
}

// Completed are the completed recovery points of a cluster in a vault, the newest first. Those of other clusters, and
// what is still on its way, are left out.
func (r RecoveryPoints) Completed(
	ctx context.Context, region environments.Region, vault, clusterARN string,
) ([]RecoveryPoint, error) {
	var points []RecoveryPoint
	asked := &backup.ListRecoveryPointsByBackupVaultInput{BackupVaultName: &vault, ByResourceArn: &clusterARN}
	pages := backup.NewListRecoveryPointsByBackupVaultPaginator(r.In(region), asked)
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the recovery points of %s in %s: %w", vault, region, err)
		}
		for _, point := range page.RecoveryPoints {
			// The filter is asked once more: what a standby was restored from must never be its own backup.
			if point.Status == types.RecoveryPointStatusCompleted && aws.ToString(point.ResourceArn) == clusterARN &&
				aws.ToString(point.ResourceType) == "Aurora" {
				points = append(points, RecoveryPoint{ARN: aws.ToString(point.RecoveryPointArn), Taken: taken(point)})
			}
		}
	}
	slices.SortStableFunc(points, func(a, b RecoveryPoint) int { return b.Taken.Compare(a.Taken) })
	return points, nil
}

// taken is the older of the two times that AWS gives, because a copy may have a later one than what it is a copy of.
func taken(point types.RecoveryPointByBackupVault) time.Time {
	created := aws.ToTime(point.CreationDate)
	if began := aws.ToTime(point.InitiationDate); !began.IsZero() && began.Before(created) {
		return began
	}
	return created
}
