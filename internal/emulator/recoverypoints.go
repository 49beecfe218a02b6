package emulator

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// recoveryPoints stands in for the contents of backup vaults. The emulator's vaults hold nothing, whatever its backup
// jobs say.
type recoveryPoints struct {
	proxy     *Proxy
	snapshots *rdsSnapshots

	mutex  sync.Mutex
	number int                       // of ids given out
	points map[string]*RecoveryPoint // by ARN
	jobs   map[string]*backupJob     // by id
}

func newRecoveryPoints(proxy *Proxy, snapshots *rdsSnapshots) *recoveryPoints {
	return &recoveryPoints{
		proxy: proxy, snapshots: snapshots, points: map[string]*RecoveryPoint{}, jobs: map[string]*backupJob{},
	}
}

// answer answers the calls about recovery points and about the jobs that make them.
func (b *recoveryPoints) answer(r *Request) *Reply {
	address, err := url.Parse(r.Path)
	if err != nil {
		return nil
	}
	steps := strings.SplitN(strings.Trim(address.Path, "/"), "/", 4)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch {
	case steps[0] == "backup-jobs" || steps[0] == "copy-jobs":
		return b.job(r, steps)
	case steps[0] != "backup-vaults" || len(steps) < 2:
		return nil
	case len(steps) == 2 && r.Method == http.MethodDelete && len(b.in(r.Region, steps[1])) > 0:
		const message = "Backup vault cannot be deleted because it contains recovery points."
		return r.badRequest("InvalidRequestException", message)
	case len(steps) == 3 && steps[2] == "recovery-points":
		return b.list(r, steps[1], address.Query())
	case len(steps) == 4 && steps[2] == "recovery-points":
		return b.one(r, steps[1], steps[3])
	}
	return nil
}

// in are the recovery points in a vault, oldest first. AWS promises no order.
func (b *recoveryPoints) in(region, vault string) []*RecoveryPoint {
	var points []*RecoveryPoint
	for _, point := range b.points {
		if point.Vault == vault && strings.Split(point.ARN, ":")[3] == region {
			points = append(points, point)
		}
	}
	slices.SortFunc(points, func(a, b *RecoveryPoint) int {
		return cmp.Or(a.Created.Compare(b.Created), strings.Compare(a.ARN, b.ARN))
	})
	return points
}

// pageSize is the number of recovery points on a page without maxResults. It is small to find out callers that read
// one page.
const pageSize = 2

// list answers ListRecoveryPointsByBackupVault. Empty and missing vaults are the emulator's.
func (b *recoveryPoints) list(r *Request, vault string, asked url.Values) *Reply {
	points := b.in(r.Region, vault)
	if len(points) == 0 {
		return nil
	}
	of, after, before := asked.Get("resourceArn"), asked.Get("createdAfter"), asked.Get("createdBefore")
	points = slices.DeleteFunc(points, func(point *RecoveryPoint) bool {
		return of != "" && point.Cluster != of || !within(point.Created, after, before)
	})
	start, _ := strconv.Atoi(asked.Get("nextToken")) // the first page has none
	size, err := strconv.Atoi(asked.Get("maxResults"))
	if err != nil || size < 1 {
		size = pageSize
	}
	page := []any{}
	for _, point := range points[min(start, len(points)):min(start+size, len(points))] {
		page = append(page, point.described())
	}
	answer := object{"RecoveryPoints": page}
	if start+size < len(points) {
		answer["NextToken"] = strconv.Itoa(start + size)
	}
	return jsonReply(answer)
}

// within is whether a time lies between two others, which the query may leave out.
func within(at time.Time, after, before string) bool {
	if bound, err := time.Parse(time.RFC3339, after); err == nil && !at.After(bound) {
		return false
	}
	bound, err := time.Parse(time.RFC3339, before)
	return err != nil || at.Before(bound)
}

// one answers DescribeRecoveryPoint and DeleteRecoveryPoint.
func (b *recoveryPoints) one(r *Request, vault, arn string) *Reply {
	point, ok := b.points[arn]
	switch {
	case !ok || point.Vault != vault:
		return nil
	case r.Method == http.MethodDelete:
		delete(b.points, arn)
		b.snapshots.removeBackup(arn)
		return &Reply{Status: http.StatusNoContent, Header: http.Header{}}
	}
	return jsonReply(point.described())
}
