package recoverypoints

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/titan-platform/titan/environments"
)

const cluster = "arn:aws:rds:eu-west-1:1:cluster:birthday-db-prod"

// vault answers with a recovery point a page, whatever is asked for.
type vault []types.RecoveryPointByBackupVault

func (v vault) ListRecoveryPointsByBackupVault(
	_ context.Context, in *backup.ListRecoveryPointsByBackupVaultInput, _ ...func(*backup.Options),
) (*backup.ListRecoveryPointsByBackupVaultOutput, error) {
	at := 0
	if in.NextToken != nil {
		at = int((*in.NextToken)[0] - '0')
	}
	answer := &backup.ListRecoveryPointsByBackupVaultOutput{RecoveryPoints: v[at : at+1]}
	if at+1 < len(v) {
		answer.NextToken = aws.String(string(rune('0' + at + 1)))
	}
	return answer, nil
}

func point(arn, of, kind string, status types.RecoveryPointStatus, hour int) types.RecoveryPointByBackupVault {
	return types.RecoveryPointByBackupVault{
		RecoveryPointArn: &arn, ResourceArn: &of, ResourceType: &kind, Status: status, CreationDate: at(hour),
	}
}

func at(hour int) *time.Time { return aws.Time(time.Date(2026, 2, 3, hour, 0, 0, 0, time.UTC)) }

func TestOnlyWhatTheClusterCanBeRestoredFromIsFoundTheNewestFirst(t *testing.T) {
	copied := point("copied late", cluster, "Aurora", "COMPLETED", 9)
	copied.InitiationDate = at(1)
	all := RecoveryPoints{In: func(environments.Region) API {
		return vault{
			point("first", cluster, "Aurora", "COMPLETED", 2),
			point("half", cluster, "Aurora", "PARTIAL", 8),
			point("standby's", "arn:aws:rds:eu-central-1:1:cluster:birthday-db-prod-dr", "Aurora", "COMPLETED", 8),
			point("bucket", cluster, "S3", "COMPLETED", 8),
			copied,
			point("last", cluster, "Aurora", "COMPLETED", 3),
		}
	}}
	got, err := all.Completed(t.Context(), "eu-central-1", "titan-prod-second", cluster)
	if err != nil || len(got) != 3 || got[0].ARN != "last" || got[1].ARN != "first" || got[2].ARN != "copied late" {
		t.Errorf("got %v, %v", got, err)
	}
}
