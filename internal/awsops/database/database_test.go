package database

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

const (
	region  = environments.Region("eu-west-1")
	cluster = "birthday-db-prod"
)

// fakeRDS is RDS with one cluster. A state on the way to another one lasts for a description.
type fakeRDS struct {
	API
	status    string            // of the cluster; empty is no cluster
	next      map[string]string // the states that follow by themselves
	instances map[string]string // their states; absent is no instance
	order     []string
	calls     []string
}

func (f *fakeRDS) DescribeDBClusters(
	context.Context, *rds.DescribeDBClustersInput, ...func(*rds.Options),
) (*rds.DescribeDBClustersOutput, error) {
	if f.status == "" {
		return nil, &types.DBClusterNotFoundFault{}
	}
	status := f.status
	if next, ok := f.next[f.status]; ok {
		f.status = next
	}
	found := types.DBCluster{Status: &status, IAMDatabaseAuthenticationEnabled: aws.Bool(true)}
	for _, id := range f.order {
		found.DBClusterMembers = append(found.DBClusterMembers, types.DBClusterMember{DBInstanceIdentifier: &id})
	}
	return &rds.DescribeDBClustersOutput{DBClusters: []types.DBCluster{found}}, nil
}

func (f *fakeRDS) DescribeDBInstances(
	_ context.Context, in *rds.DescribeDBInstancesInput, _ ...func(*rds.Options),
) (*rds.DescribeDBInstancesOutput, error) {
	status, ok := f.instances[*in.DBInstanceIdentifier]
	if !ok {
		return nil, &types.DBInstanceNotFoundFault{}
	}
	switch status {
	case "starting":
		f.instances[*in.DBInstanceIdentifier] = Available
	case "deleting":
		delete(f.instances, *in.DBInstanceIdentifier)
	}
	return &rds.DescribeDBInstancesOutput{DBInstances: []types.DBInstance{{DBInstanceStatus: &status}}}, nil
}

func (f *fakeRDS) StartDBCluster(
	context.Context, *rds.StartDBClusterInput, ...func(*rds.Options),
) (*rds.StartDBClusterOutput, error) {
	f.calls, f.status = append(f.calls, "start"), Starting
	return &rds.StartDBClusterOutput{}, nil
}

func (f *fakeRDS) StopDBCluster(
	context.Context, *rds.StopDBClusterInput, ...func(*rds.Options),
) (*rds.StopDBClusterOutput, error) {
	f.calls, f.status = append(f.calls, "stop"), Stopping
	return &rds.StopDBClusterOutput{}, nil
}

func (f *fakeRDS) DeleteDBInstance(
	_ context.Context, in *rds.DeleteDBInstanceInput, _ ...func(*rds.Options),
) (*rds.DeleteDBInstanceOutput, error) {
	if f.instances[*in.DBInstanceIdentifier] == "deleting" {
		return nil, &types.InvalidDBInstanceStateFault{}
	}
	f.calls = append(f.calls, "delete "+*in.DBInstanceIdentifier)
	f.instances[*in.DBInstanceIdentifier] = "deleting"
	return &rds.DeleteDBInstanceOutput{}, nil
}

func in(f *fakeRDS) Databases {
	return Databases{
		In:   func(environments.Region) API { return f },
		Wait: awsops.Wait{Every: time.Microsecond, Most: 30 * time.Millisecond},
	}
}

func TestAStoppedClusterIsStartedOnceAndWaitedForWithItsInstances(t *testing.T) {
	for _, status := range []string{Stopped, Stopping} {
		f := &fakeRDS{
			status: status, next: map[string]string{Stopping: Stopped, Starting: Available},
			order: []string{"a"}, instances: map[string]string{"a": "starting"},
		}
		if err := in(f).Start(t.Context(), region, cluster); err != nil {
			t.Errorf("%s: %v", status, err)
		}
		if got := strings.Join(f.calls, " "); got != "start" || f.instances["a"] != Available {
			t.Errorf("%s: calls %q, instances %v", status, got, f.instances)
		}
	}
	f := &fakeRDS{status: "migration-failed"}
	err := in(f).Start(t.Context(), region, cluster)
	if err == nil || !strings.Contains(err.Error(), "it was migration-failed") {
		t.Errorf("a cluster that never starts: %v", err)
	}
	err = in(&fakeRDS{}).Start(t.Context(), region, cluster)
	if err == nil || !strings.Contains(err.Error(), "no cluster") {
		t.Errorf("no cluster: %v", err)
	}
}

func TestAClusterOnItsWayDownIsDown(t *testing.T) {
	f := &fakeRDS{status: Available, next: map[string]string{Stopping: Stopped}}
	if err := in(f).Stop(t.Context(), region, cluster); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{Stopping, Stopped} {
		got, err := in(f).Cluster(t.Context(), region, cluster)
		if err != nil || got.Status != want || !got.IsDown() {
			t.Errorf("got %+v, %v; want it %s", got, err, want)
		}
	}
}

func TestOnlyReadersOfAutoscalingAreRemoved(t *testing.T) {
	f := &fakeRDS{
		status: Available, order: []string{"birthday-db-prod-0", "application-autoscaling-1", "application-autoscaling-2"},
		instances: map[string]string{
			"birthday-db-prod-0": Available, "application-autoscaling-1": Available, "application-autoscaling-2": "deleting",
		},
	}
	removed, err := in(f).RemoveAutoscaledReaders(t.Context(), region, cluster)
	if err != nil || !slices.Equal(removed, f.order[1:]) {
		t.Errorf("removed %v: %v", removed, err)
	}
	if len(f.instances) != 1 || strings.Join(f.calls, ", ") != "delete application-autoscaling-1" {
		t.Errorf("calls %v, left %v", f.calls, f.instances)
	}
}

func TestARestoredClusterIsNotCompleteWithoutInsights(t *testing.T) {
	got, err := in(&fakeRDS{status: Available}).Cluster(t.Context(), region, cluster)
	if err != nil || !got.Found || got.Complete || got.IsDown() {
		t.Errorf("got %+v, %v", got, err)
	}
}
